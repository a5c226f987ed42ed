import type { UsedKey } from '../../../shared/domain/verdict.ts';
import { dateText } from '../../components/time.ts';
import { useKeysOverview } from '../keys/use-keys.ts';

/** Who pinned a key that a verdict rests on; null where the trust store does not say. */
export function usePinnedBy(tenant: string): (key: UsedKey) => string | null {
  const overview = useKeysOverview(tenant);
  return ({ purpose, public_hex }) => {
    const known = overview?.trust.find(
      ({ entry, pinned_by }) =>
        pinned_by !== null && entry.purpose === purpose && 'public_hex' in entry && entry.public_hex === public_hex,
    );
    return known?.pinned_by ?? null;
  };
}

/** The key, since when and by whom it is trusted, and the validity that was used: `gate, pinned 2 Nov 2026 by …`. */
export function usedKeyWords(key: UsedKey, pinnedBy: string | null): string {
  const { name, purpose, pinned_at, valid_from, valid_until } = key;
  const named = name.toLowerCase().includes(purpose) ? name : `${name} (${purpose})`;
  const pinned = pinned_at === null ? 'pinned' : `pinned ${dateText(pinned_at)}`;
  return [
    named,
    pinnedBy === null ? pinned : `${pinned} by ${pinnedBy}`,
    ...(valid_from === null ? [] : [`valid from ${dateText(valid_from)}`]),
    ...(valid_until === null ? [] : [`valid until ${dateText(valid_until)}`]),
    ...(valid_from === null && valid_until === null ? ['valid without end'] : []),
  ].join(', ');
}
