import type { StoredTrust } from '../../../shared/contract/keys.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { instantFromEpochMillis } from '../../../shared/domain/instant.ts';
import type { TrustedKey } from '../../../shared/domain/trust.ts';
import { type PinnedKey, placeInValidity, type TrustStore } from '../../evidence/trust/trust.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { unaskedWrite } from '../writing.ts';

export interface TenantTrust {
  /** Another number whenever what evidence is judged by is another. */
  readonly epoch: number;
  readonly trust: TrustStore;
}

/** Keys for the log come and go within an epoch: the entries' states tell them apart. */
interface KnownTrust extends TenantTrust {
  readonly states: string;
}

const byContext = new WeakMap<FeatureContext, Map<string, KnownTrust>>();

/**
 * What the tenant's verdicts rest on: what is pinned, what was retired with its last moment, and keys that were revoked
 * marked so. What was only offered is not among it (I6).
 */
export async function trustOf(context: FeatureContext, tenant: string): Promise<TenantTrust> {
  const known = cacheOf(context);
  const { epoch, entries } = await context.store.trust(tenant);
  const cached = known.get(tenant);
  const states = entries.map(({ entry_id, status }) => `${entry_id} ${status}`).join();
  if (cached?.epoch === epoch && cached.states === states) return cached;
  const fresh = { epoch, states, trust: trustFrom(entries) };
  known.set(tenant, fresh);
  return fresh;
}

/**
 * Sees to it that an own key's public part is pinned in the tenant, so that what it signs there can be verified.
 * INVALID_INPUT where its trust has ended there: who made the key cannot give it back. NOT_FOUND for an unknown key.
 */
export async function ensurePinned(context: FeatureContext, tenant: string, by: string, keyId: string): Promise<void> {
  const key = (await context.store.ownKeys()).find(({ key_id }) => key_id === keyId);
  if (key === undefined) throw new DeskError('NOT_FOUND', 'There is no such key on this desk.', { key_id: keyId });
  const { entries } = await context.store.trust(tenant);
  const standing = standingOf(entries, key, context.clock.now());
  if (standing === 'pinned') return;
  if (standing === 'ended') throw endedHere(key);
  await context.store.pinTrust(unaskedWrite(context, tenant, by), [
    { source: 'made here', entry: entryOf(key), confirmed: 'made-here' },
  ]);
}

/** How an own key stands in a tenant: pinned and valid now, not known, or no longer (or not yet) trusted. */
export function standingOf(
  entries: readonly StoredTrust[],
  key: Pick<StoredOwnKey, 'purpose' | 'public_hex'>,
  now: number,
): 'pinned' | 'absent' | 'ended' {
  const own = entries.filter(({ status, entry }) => status !== 'offered' && isPinOf(entry, key));
  if (own.length === 0) return 'absent';
  if (own.some(({ status }) => status === 'revoked')) return 'ended';
  const at = instantFromEpochMillis(now);
  return at !== null && own.some(({ entry }) => placeInValidity(entry, at) === 'inside') ? 'pinned' : 'ended';
}

/** An own key's public part as an entry of the trust store. */
export function entryOf(key: Pick<StoredOwnKey, 'name' | 'purpose' | 'public_hex'>): TrustedKey {
  return { name: key.name, purpose: key.purpose, public_hex: key.public_hex };
}

/** Whether an entry of the trust store is about an own key. */
export function isPinOf(entry: StoredTrust['entry'], key: Pick<StoredOwnKey, 'purpose' | 'public_hex'>): boolean {
  return entry.purpose === key.purpose && entry.public_hex === key.public_hex;
}

function endedHere(key: StoredOwnKey): DeskError {
  const message =
    'This key is no longer trusted in this tenant, or not yet. Nothing was signed. Use another key, or make one.';
  return new DeskError('INVALID_INPUT', message, { key_id: key.key_id });
}

function trustFrom(entries: readonly StoredTrust[]): TrustStore {
  const keys: PinnedKey[] = [];
  const baselines: TrustStore['baselines'][number][] = [];
  for (const { status, entry, pinned_at: pinnedAt } of entries) {
    if (status === 'offered') continue;
    if (entry.purpose !== 'pcrs') {
      keys.push({
        ...entry,
        ...(pinnedAt === null ? {} : { pinned_at: pinnedAt }),
        ...(status === 'revoked' ? { revoked: true } : {}),
      });
    } else if (status !== 'revoked') {
      baselines.push(entry);
    }
  }
  return { keys, baselines };
}

function cacheOf(context: FeatureContext): Map<string, KnownTrust> {
  const known = byContext.get(context) ?? new Map<string, KnownTrust>();
  byContext.set(context, known);
  return known;
}
