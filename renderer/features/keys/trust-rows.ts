import type { KeysOverview, StoredTrust } from '../../../shared/contract/keys.ts';
import type { PcrBaseline, TrustEntry, TrustedKey } from '../../../shared/domain/trust.ts';
import { dateText } from '../../components/time.ts';
import { words } from './words.ts';

export type StoredKey = StoredTrust & { readonly entry: TrustedKey };
export type StoredBaseline = StoredTrust & { readonly entry: PcrBaseline };
export type ShownStatus = keyof typeof words.status;

/** How an entry stands now: its validity says it as much as what a person did to it. */
export function shownStatus({ status, entry }: StoredTrust, now: number): ShownStatus {
  if (status === 'offered') return 'waits';
  if (status === 'revoked') return 'revoked';
  if (status === 'retired' || (entry.valid_until !== undefined && Date.parse(entry.valid_until) <= now)) return 'ended';
  return entry.valid_from !== undefined && Date.parse(entry.valid_from) > now ? 'not-yet' : 'in-use';
}

/** An entry's validity in days: `from 1 Oct 2026`, `1 Jan 2026 to 1 Oct 2026`, `no end given`. */
export function validWords({ valid_from, valid_until }: Pick<TrustEntry, 'valid_from' | 'valid_until'>): string {
  if (valid_from !== undefined && valid_until !== undefined) {
    return words.valid.between(dateText(valid_from), dateText(valid_until));
  }
  if (valid_from !== undefined) return words.valid.from(dateText(valid_from));
  return valid_until === undefined ? words.valid.open : words.valid.until(dateText(valid_until));
}

const isKey = (stored: StoredTrust): stored is StoredKey => stored.entry.purpose !== 'pcrs';
const isBaseline = (stored: StoredTrust): stored is StoredBaseline => stored.entry.purpose === 'pcrs';

/** The keys of others; one's own and the desk's have a list of their own. */
export function keysOfOthers({ trust, own }: Pick<KeysOverview, 'trust' | 'own'>): readonly StoredKey[] {
  const mine = new Set(own.map(({ public_hex }) => public_hex));
  return trust.filter(isKey).filter(({ entry }) => !mine.has(entry.public_hex));
}

export function baselinesOf({ trust }: Pick<KeysOverview, 'trust'>): readonly StoredBaseline[] {
  return trust.filter(isBaseline);
}

/** Purposes that evidence is judged by and no key in use has: what stays unchecked for it is said. */
export function lackingPurposes(trust: readonly StoredTrust[], now: number): readonly (keyof typeof words.lacks)[] {
  const used = trust.filter((stored) => shownStatus(stored, now) === 'in-use').map(({ entry }) => entry.purpose);
  return (['gate', 'issuer', 'witness'] as const).filter((purpose) => !used.includes(purpose));
}

/** Baselines with the same values, and the aids that have them, in the order of their first. */
export interface BaselineGroup {
  readonly values: PcrBaseline['pcrs'];
  readonly baselines: readonly StoredBaseline[];
}

export function groupBaselines(baselines: readonly StoredBaseline[]): readonly BaselineGroup[] {
  const groups = new Map<string, StoredBaseline[]>();
  for (const baseline of baselines) {
    const key = JSON.stringify(Object.entries(baseline.entry.pcrs).toSorted(byIndex));
    groups.set(key, [...(groups.get(key) ?? []), baseline]);
  }
  return [...groups.values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ values: group[0].entry.pcrs, baselines: group }],
  );
}

/** A baseline's values by the number of their register. */
export function pcrValues(pcrs: PcrBaseline['pcrs']): readonly (readonly [index: string, value: string])[] {
  return Object.entries(pcrs).toSorted(byIndex);
}

function byIndex([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return Number(a) - Number(b);
}
