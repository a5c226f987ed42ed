import type { OwnKey } from '../../../shared/contract/keys.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { StoredOwnKey, Write } from '../../store/ledger-store.ts';
import type { FeatureContext, StagedFile } from '../context.ts';
import { stagedBytes } from '../staged-bytes.ts';
import { tenantWrite } from '../writing.ts';
import { boxKey, type Opener } from './box-key.ts';
import { type KeyBox, openBox, readBox } from './key-box.ts';
import { keyRingOf } from './key-ring.ts';
import { keepKey } from './new-key.ts';
import { onceHere } from './once-here.ts';
import { shownKey, verifyAgain } from './overview.ts';
import { keyInUse, ownKeyOf } from './own-key.ts';
import { openerForNew, sealPrivatePart } from './private-part.ts';
import { ensurePinned, standingOf } from './trust-store.ts';
import { writeTarget } from './write-target.ts';

const MAX_FILE_BYTES = 64 * 1024;
const NEW_LINE = 0x0a;

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
}

/**
 * Writes the caller's private key to a file, encrypted under a passphrase of its own (docs/formats/keys.md). NOT_FOUND,
 * FORBIDDEN, ALREADY_EXISTS; UNAUTHORIZED (`locked`, `lost`).
 */
export async function save(
  context: FeatureContext,
  { passphrase, ...input }: Acting & { key_id: string; passphrase: string; target: string },
): Promise<OwnKey> {
  const key = keyInUse(await context.store.ownKeys(), input.by, input.key_id);
  const target = context.staging.target(input.target);
  const write = tenantWrite(context, 'keys.save_recovery', input);
  await onceHere(context, write, async () => {
    const head = { ...key, label: { name: key.name, made_at: key.made_at } };
    const box = await keyRingOf(context).withPrivatePart(key, (seed) =>
      sealPrivatePart(context, seed, head, { kind: 'passphrase', passphrase }),
    );
    await writeTarget(target, `${Buffer.from(box).toString('utf8')}\n`);
    await context.store.updateOwnKey(write, key.key_id, { backedUpAt: instantText(write.now) });
  });
  return shownKey(context, keyInUse(await context.store.ownKeys(), input.by, key.key_id));
}

interface RecoverInput extends Acting {
  readonly staged: string;
  readonly passphrase: string;
  readonly new_passphrase?: string | undefined;
}

/**
 * Brings a key back from its recovery file, protects it as a new one is, and leaves it unlocked. One that this desk does
 * not know becomes the caller's. NOT_FOUND; INTEGRITY_FAILED for what is no recovery file; UNAUTHORIZED for a passphrase
 * that does not open it; FORBIDDEN for another person's key; INVALID_INPUT for one that was rotated or revoked.
 */
export async function recover(
  context: FeatureContext,
  { passphrase, new_passphrase: newPassphrase, ...input }: RecoverInput,
): Promise<OwnKey> {
  const write = tenantWrite(context, 'keys.recover', input);
  const keyId = await onceHere(context, write, async () => {
    const { box, label, seed } = await openRecoveryFile(context.staging.source(input.staged), passphrase);
    try {
      const known = await keyToRecover(context, input, box);
      const opener = openerForNew(context, newPassphrase);
      const backedUpAt = instantText(write.now);
      if (known !== null) return await protectAnew(context, write, known, { seed, opener, backedUpAt });
      const material = { seed, name: label.name, madeAt: label.made_at, backedUpAt };
      return (await keepKey(context, write, material, opener)).key_id;
    } catch (error) {
      seed.fill(0);
      throw error;
    }
  });
  context.staging.release(input.staged);
  await verifyAgain(context, input.tenant);
  return shownKey(context, ownKeyOf(await context.store.ownKeys(), input.by, keyId));
}

async function protectAnew(
  context: FeatureContext,
  write: Write,
  key: StoredOwnKey,
  { seed, opener, backedUpAt }: { seed: Uint8Array; opener: Opener; backedUpAt: string },
): Promise<string> {
  const sealed = await sealPrivatePart(context, seed, key, opener);
  await context.store.updateOwnKey(write, key.key_id, { sealed, protection: opener.kind, backedUpAt });
  keyRingOf(context).hold(key.key_id, seed);
  const { entries } = await context.store.trust(write.tenant);
  if (standingOf(entries, key, write.now) === 'absent') {
    await ensurePinned(context, write.tenant, write.by, key.key_id);
  }
  return key.key_id;
}

/** The own key that the file is of, as far as the caller may bring it back; null where this desk does not know it. */
async function keyToRecover(context: FeatureContext, input: Acting, box: KeyBox): Promise<StoredOwnKey | null> {
  const keys = await context.store.ownKeys();
  const known = keys.find(({ public_hex }) => public_hex === box.public_hex);
  const { entries } = await context.store.trust(input.tenant);
  const revoked = entries.some(
    ({ status, entry }) => status === 'revoked' && entry.purpose !== 'pcrs' && entry.public_hex === box.public_hex,
  );
  if (known !== undefined) return keyInUse(keys, input.by, known.key_id);
  if (!revoked) return null;
  const message = 'This key was revoked in this tenant, and stays so. Nothing was recovered. Make a new one.';
  throw new DeskError('INVALID_INPUT', message, { status: 'revoked' });
}

interface OpenedFile {
  readonly box: KeyBox;
  readonly label: NonNullable<KeyBox['label']>;
  readonly seed: Uint8Array;
}

async function openRecoveryFile(file: StagedFile, passphrase: string): Promise<OpenedFile> {
  const bytes = await stagedBytes(file, MAX_FILE_BYTES);
  const box = readBox(bytes.at(-1) === NEW_LINE ? bytes.subarray(0, -1) : bytes);
  const label = box?.label;
  const opener = { kind: 'passphrase', passphrase } as const;
  const opened = box === null || box.purpose !== 'reviewer' ? null : await boxKey(box.opened_by, opener);
  if (box === null || label === undefined || opened === null) {
    const message = 'This is no recovery file of a reviewer’s key. Nothing was changed. Choose another file.';
    throw new DeskError('INTEGRITY_FAILED', message, { file: file.name });
  }
  const seed = openBox(box, opened.key);
  opened.key.fill(0);
  if (seed !== null) return { box, label, seed };
  const message = 'This passphrase does not open the recovery file. Nothing was changed. It has one of its own.';
  throw new DeskError('UNAUTHORIZED', message, { wrong_passphrase: true, file: file.name });
}
