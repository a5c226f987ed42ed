import { useSyncExternalStore } from 'react';

/** What names an escalation within the shown ledger and tenant. */
export interface RowKey {
  readonly id: string;
  readonly event: string;
}

interface ShownList {
  readonly rows: readonly RowKey[];
  /** Rows that match the list's query; `exact` is false for a lower bound. */
  readonly total: { readonly n: number; readonly exact: boolean };
  /** How many rows stand before the first loaded one; null while unknown. */
  readonly before: number | null;
}

export interface Neighbours {
  /** Place in the list, from 1; null while unknown. */
  readonly n: number | null;
  readonly of: number;
  readonly exact: boolean;
  readonly previous: RowKey | null;
  readonly next: RowKey | null;
}

const lists = new Map<string, ShownList>();
const listeners = new Set<() => void>();

/** The list that was shown last in that ledger and tenant, so that an opened escalation can go on to the next. */
export function rememberList(place: string, tenant: string, list: ShownList): void {
  lists.set(`${place}/${tenant}`, list);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where an escalation stands in the list it was opened from; null when it is not in it. */
export function useNeighbours(place: string, tenant: string, key: RowKey): Neighbours | null {
  const list = useSyncExternalStore(subscribe, () => lists.get(`${place}/${tenant}`));
  const at = list?.rows.findIndex(({ id, event }) => id === key.id && event === key.event) ?? -1;
  if (list === undefined || at < 0) return null;
  return {
    n: list.before === null ? null : list.before + at + 1,
    of: list.total.n,
    exact: list.total.exact,
    previous: list.rows[at - 1] ?? null,
    next: list.rows[at + 1] ?? null,
  };
}
