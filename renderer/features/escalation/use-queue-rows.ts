import { useQuery } from '@tanstack/react-query';
import type { QueueRow } from '../../../shared/contract/queue.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { type Neighbours, type RowKey, useNeighbours } from '../../queries/neighbours.ts';

const FIRST_ROWS = 100;
const NO_ROWS: readonly QueueRow[] = [];

/** The queue's first rows, soonest deadline first, for the column beside a page; empty while `wanted` is false. */
export function useQueueRows(tenant: string, wanted: boolean): readonly QueueRow[] {
  const { q } = useDesk();
  const input = { tenant, limit: FIRST_ROWS };
  return useQuery(q.queue.list.queryOptions({ input, enabled: wanted })).data?.rows ?? NO_ROWS;
}

/**
 * Where the escalation stands in the list it was opened from; where it was opened by its address alone, in the queue's
 * first rows. Null where it is in neither.
 */
export function usePlaceInList(tenant: string, key: RowKey): Neighbours | null {
  const { place } = useDesk();
  const known = useNeighbours(place, tenant, key);
  const rows = useQueueRows(tenant, known === null);
  if (known !== null) return known;
  const at = rows.findIndex(({ id, event }) => id === key.id && event === key.event);
  if (at < 0) return null;
  return {
    n: at + 1,
    of: rows.length,
    exact: rows.length < FIRST_ROWS,
    previous: rows[at - 1] ?? null,
    next: rows[at + 1] ?? null,
  };
}
