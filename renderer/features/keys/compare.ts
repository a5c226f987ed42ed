import type { StoredTrust } from '../../../shared/contract/keys.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';

/** A trust file beside what the tenant trusts. */
export interface Comparison {
  readonly same: readonly StoredTrust[];
  /** The same key or aid, with another name, validity or values. */
  readonly differs: readonly { readonly entry: TrustEntry; readonly stored: StoredTrust }[];
  readonly fresh: readonly TrustEntry[];
  readonly missing: readonly StoredTrust[];
}

/** What an entry is about: the key for its purpose, or the aid of a baseline. */
export function subjectOf(entry: TrustEntry): string {
  return entry.purpose === 'pcrs' ? `pcrs ${entry.aid}` : `${entry.purpose} ${entry.public_hex}`;
}

/** Whether two entries say the same, whatever the order of their members. */
export function sameEntry(a: TrustEntry, b: TrustEntry): boolean {
  return said(a) === said(b);
}

function said(entry: TrustEntry): string {
  const values = entry.purpose === 'pcrs' ? Object.entries(entry.pcrs).toSorted() : entry.public_hex;
  return JSON.stringify([subjectOf(entry), entry.name, values, entry.valid_from ?? null, entry.valid_until ?? null]);
}

/**
 * Each entry of the file and each trusted one exactly once. What only waits is not trusted, so it counts as new; what
 * was revoked here is never new again.
 */
export function compareTrust(entries: readonly TrustEntry[], stored: readonly StoredTrust[]): Comparison {
  const trusted = stored.filter(({ status }) => status !== 'offered');
  const found = entries.map((entry) => {
    const about = trusted.filter((known) => subjectOf(known.entry) === subjectOf(entry));
    return { entry, stored: about.find((known) => sameEntry(known.entry, entry)) ?? about.at(-1) };
  });
  const met = new Set(found.map(({ stored: known }) => known));
  const isSame = (entry: TrustEntry, known: StoredTrust | undefined): boolean =>
    known !== undefined && sameEntry(entry, known.entry);
  return {
    same: trusted.filter((known) => found.some((one) => one.stored === known && isSame(one.entry, known))),
    differs: found.flatMap(({ entry, stored: known }) =>
      known === undefined || isSame(entry, known) ? [] : [{ entry, stored: known }],
    ),
    fresh: found.flatMap(({ entry, stored: known }) => (known === undefined ? [entry] : [])),
    missing: trusted.filter((known) => known.status === 'pinned' && !met.has(known)),
  };
}
