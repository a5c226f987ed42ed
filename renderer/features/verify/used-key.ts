import type { StoredTrust } from '../../../shared/contract/keys.ts';
import type { UsedKey } from '../../../shared/domain/verdict.ts';
import { dateText } from '../../components/time.ts';
import { useKeysOverview } from '../keys/use-keys.ts';

/** What the trust store says of a key that a verdict rests on; null where it no longer has it. */
export function usePinnedKeys(tenant: string): (key: UsedKey) => Pick<StoredTrust, 'fingerprint' | 'pinned_by'> | null {
  const overview = useKeysOverview(tenant);
  return ({ purpose, public_hex }) =>
    overview?.trust.find(
      ({ entry, pinned_by }) =>
        pinned_by !== null && entry.purpose === purpose && 'public_hex' in entry && entry.public_hex === public_hex,
    ) ?? null;
}

/**
 * A key in two lines: with the beginning of its fingerprint and the validity that was used, and since when and by whom
 * it is trusted: `gate 06e0 f2b8, since 1 Oct 2026` and `pinned 2 Nov 2026 by …`.
 */
export function usedKeyWords(
  { name, pinned_at, valid_from, valid_until }: UsedKey,
  known: Pick<StoredTrust, 'fingerprint' | 'pinned_by'> | null,
): readonly [string, string] {
  const print = known === null ? '' : ` ${known.fingerprint.slice(0, 4)} ${known.fingerprint.slice(4, 8)}`;
  const from = valid_from === null ? '' : `, since ${dateText(valid_from)}`;
  const until = valid_until === null ? '' : `, until ${dateText(valid_until)}`;
  const day = pinned_at === null ? '' : ` ${dateText(pinned_at)}`;
  const by = known?.pinned_by == null ? '' : ` by ${known.pinned_by}`;
  return [`${name}${print}${from}${until}`, `pinned${day}${by}`];
}
