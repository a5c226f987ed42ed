import { DeskError } from '../../../shared/domain/errors.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { boxKey, newBoxKey, type Opener } from './box-key.ts';
import { ensureDeskSecret, readDeskSecret } from './desk-secret.ts';
import { type BoxHead, openBox, readBox, sealBox } from './key-box.ts';
import { lockedKey, lostKey, passphraseNeeded, wrongPassphrase } from './key-faults.ts';

const NONCE_BYTES = 12;

/**
 * The private part of an own key, 32 bytes, for the ring alone; `reseal`: its keyring asks for it to be sealed anew.
 * UNAUTHORIZED: `locked` without its passphrase or with another, `lost` when what protects it does not open it.
 */
export async function openPrivatePart(
  context: FeatureContext,
  key: StoredOwnKey,
  passphrase?: string,
): Promise<{ seed: Uint8Array; reseal: boolean }> {
  const box = key.sealed === null ? null : readBox(key.sealed);
  if (box === null || box.public_hex !== key.public_hex || box.purpose !== key.purpose) throw lostKey(key.key_id);
  const opener = await openerOf(context, key, passphrase);
  const opened = await boxKey(box.opened_by, opener).catch((cause: unknown) => {
    context.log(`a key’s keyring did not open it: ${reasonOf(cause)}`);
    return null;
  });
  if (opened === null) throw lostKey(key.key_id);
  const seed = openBox(box, opened.key);
  opened.key.fill(0);
  if (seed !== null) return { seed, reseal: opened.reseal };
  throw opener.kind === 'passphrase' ? wrongPassphrase(key.key_id) : lostKey(key.key_id);
}

/** A private key encrypted for what opens it, as it lies on disk (docs/formats/keys.md). */
export async function sealPrivatePart(
  context: FeatureContext,
  seed: Uint8Array,
  { purpose, public_hex, label }: Omit<BoxHead, 'opened_by'>,
  opener: Opener,
): Promise<Uint8Array> {
  const random = (n: number) => context.ids.bytes(n);
  const { key, openedBy } = await newBoxKey(opener, random);
  try {
    return sealBox(seed, { purpose, public_hex, label, opened_by: openedBy }, key, random(NONCE_BYTES));
  } finally {
    key.fill(0);
  }
}

/** How a reviewer's new key is kept: under the passphrase given, else by the keyring. INVALID_INPUT without either. */
export function openerForNew(context: FeatureContext, passphrase: string | undefined): Opener {
  if (passphrase !== undefined) return { kind: 'passphrase', passphrase };
  if (context.keyring !== null) return { kind: 'keyring', keyring: context.keyring };
  throw passphraseNeeded();
}

/** How the desk's own key is kept, for every host of this account alike: nobody is there to be asked for a passphrase. */
export async function openerForDesk(context: FeatureContext): Promise<Opener> {
  return { kind: 'file', secret: await ensureDeskSecret(context.home, (n) => context.ids.bytes(n)) };
}

async function openerOf(context: FeatureContext, key: StoredOwnKey, passphrase?: string): Promise<Opener> {
  if (key.protection === 'passphrase') {
    if (passphrase === undefined) throw lockedKey(key.key_id);
    return { kind: 'passphrase', passphrase };
  }
  if (key.protection === 'keyring') {
    if (context.keyring === null) throw lostKey(key.key_id);
    return { kind: 'keyring', keyring: context.keyring };
  }
  const secret = await readDeskSecret(context.home);
  if (secret === null) throw lostKey(key.key_id);
  return { kind: 'file', secret };
}

/** Its code alone: what a keyring says may hold more than belongs into a log. */
function reasonOf(cause: unknown): string {
  return cause instanceof DeskError ? cause.code : 'it failed';
}
