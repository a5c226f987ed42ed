import type { OwnKey } from '../../../shared/contract/keys.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { tenantWrite, unaskedWrite } from '../writing.ts';
import { keyRingOf } from './key-ring.ts';
import { keepKey, newMaterial } from './new-key.ts';
import { shownKey, verifyAgain } from './overview.ts';
import { keyInUse, ownKeyOf } from './own-key.ts';
import { openerForNew } from './private-part.ts';
import { isPinOf } from './trust-store.ts';

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
}
type OfKey = Acting & { readonly key_id: string };
interface Passphrase {
  readonly passphrase?: string | undefined;
}

/** Makes a key for the caller and leaves it unlocked. INVALID_INPUT where it needs a passphrase and there is none. */
export async function make(
  context: FeatureContext,
  { passphrase, ...input }: Acting & Passphrase & { name: string },
): Promise<OwnKey> {
  const opener = openerForNew(context, passphrase);
  const write = tenantWrite(context, 'keys.make', input);
  const made = await keepKey(context, write, newMaterial(context, input.name), opener);
  await verifyAgain(context, input.tenant);
  return shownKey(context, made);
}

/** Opens the caller's key for `minutes`. NOT_FOUND, FORBIDDEN, UNAUTHORIZED (`locked`, `lost`). */
export async function unlock(
  context: FeatureContext,
  input: OfKey & Passphrase & { minutes: number },
): Promise<OwnKey> {
  const key = keyInUse(await context.store.ownKeys(), input.by, input.key_id);
  await keyRingOf(context).unlock(key, input.passphrase, input.minutes);
  return told(context, key);
}

/** Wipes the caller's key from this process until it is unlocked. NOT_FOUND, FORBIDDEN. */
export async function lock(context: FeatureContext, input: OfKey): Promise<OwnKey> {
  const key = ownKeyOf(await context.store.ownKeys(), input.by, input.key_id);
  keyRingOf(context).lock(key.key_id);
  return told(context, key);
}

/** Makes a key of the same name in the place of the caller's, whose validity ends now. NOT_FOUND, FORBIDDEN. */
export async function rotate(context: FeatureContext, { passphrase, ...input }: OfKey & Passphrase): Promise<OwnKey> {
  const keys = await context.store.ownKeys();
  const sentAgain = keys.some(({ key_id }) => key_id === input.idempotency_key);
  const old = (sentAgain ? ownKeyOf : keyInUse)(keys, input.by, input.key_id);
  const opener = openerForNew(context, passphrase);
  const write = tenantWrite(context, 'keys.rotate', input);
  const made = await keepKey(context, write, newMaterial(context, old.name), opener, old.key_id);
  keyRingOf(context).forget(old.key_id);
  await retireElsewhere(context, input, old);
  await verifyAgain(context, input.tenant);
  return shownKey(context, made);
}

/** Takes all trust from the caller's key, in every tenant, and forgets its private part. NOT_FOUND, FORBIDDEN. */
export async function revokeOwn(context: FeatureContext, input: OfKey & { reason: string }): Promise<OwnKey> {
  const key = ownKeyOf(await context.store.ownKeys(), input.by, input.key_id);
  const { reason } = input;
  await context.store.updateOwnKey(tenantWrite(context, 'keys.revoke_own', input), key.key_id, { revoked: { reason } });
  keyRingOf(context).forget(key.key_id);
  for (const tenant of await context.store.tenants()) await verifyAgain(context, tenant);
  return shownKey(context, ownKeyOf(await context.store.ownKeys(), input.by, key.key_id));
}

/** A key is one person's in every tenant: where else it is pinned, its validity ends as well. */
async function retireElsewhere(context: FeatureContext, { by, tenant }: Acting, key: StoredOwnKey): Promise<void> {
  const validUntil = instantText(context.clock.now());
  for (const other of await context.store.tenants()) {
    const { entries } = await context.store.trust(other);
    const pins = entries.filter(({ status, entry }) => status === 'pinned' && isPinOf(entry, key));
    if (other === tenant || pins.length === 0) continue;
    for (const { entry_id: entryId } of pins) {
      await context.store.endTrust(unaskedWrite(context, other, by), { entryId, status: 'retired', validUntil });
    }
    await verifyAgain(context, other);
  }
}

/** What the ring holds is in no store: windows are told by name. */
function told(context: FeatureContext, key: StoredOwnKey): Promise<OwnKey> {
  context.publish({ topics: ['keys'] });
  return shownKey(context, key);
}
