import type { Place } from './query-client.ts';

/** Values of an address's query; what is undefined is left out. */
export type Search = { readonly [name: string]: string | undefined };

/**
 * A tenant as one segment of an address. Any name has one: `.` and `..`, which an address would swallow, are marked
 * with `~`, and so is what begins with that.
 */
export function encodeTenant(tenant: string): string {
  const marked = /^(\.{1,2}$|~)/.test(tenant) ? `~${tenant}` : tenant;
  return encodeURIComponent(marked);
}

/** The tenant of a segment that the router has decoded. */
export function decodeTenant(segment: string): string {
  return segment.startsWith('~') ? segment.slice(1) : segment;
}

function withSearch(path: string, search: Search = {}): string {
  const given = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return query === '' ? path : `${path}?${query}`;
}

const base = (place: Place): string => (place === 'sample' ? '/sample' : '');

/** Addresses of the desk's screens, all percent-encoded. */
export const paths = {
  welcome: (): string => '/welcome',
  queue: (place: Place, tenant: string, search?: Search): string =>
    withSearch(`${base(place)}/t/${encodeTenant(tenant)}/queue`, search),
  ledger: (place: Place, tenant: string, search?: Search): string =>
    withSearch(`${base(place)}/t/${encodeTenant(tenant)}/ledger`, search),
  escalation: (place: Place, tenant: string, id: string, event?: string, act?: string): string =>
    withSearch(`${base(place)}/t/${encodeTenant(tenant)}/e`, { id, event, act }),
  log: (place: Place, tenant: string, event?: string, search?: Search): string => {
    const path = `${base(place)}/t/${encodeTenant(tenant)}/log`;
    return withSearch(event === undefined ? path : `${path}/${encodeURIComponent(event)}`, search);
  },
  exports: (place: Place, tenant: string, job?: string): string =>
    `${base(place)}/t/${encodeTenant(tenant)}/exports${job === undefined ? '' : `/${job}`}`,
  report: (place: Place, tenant: string, search?: Search): string =>
    withSearch(`${base(place)}/t/${encodeTenant(tenant)}/report`, search),
  imports: (place: Place, job?: string): string => `${base(place)}/imports${job === undefined ? '' : `/${job}`}`,
  settings: (place: Place, part = 'profile', tenant?: string): string =>
    withSearch(`${base(place)}/settings/${part}`, { tenant }),
};

/** An address's query as it stands: every value is text, also one that looks like a number. */
export function parseSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

export function stringifySearch(search: Record<string, unknown>): string {
  return withSearch('', search as Search);
}
