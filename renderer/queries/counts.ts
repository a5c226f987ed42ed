import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { Counts } from '../../shared/contract/queue.ts';
import { type LedgerUtils, useDesk, useProfile } from './desk-context.tsx';

/** The tenant's counts; a list that was read puts its own in their place, so that both are of one read (I10). */
export function useCounts(tenant: string): Counts | undefined {
  const { q } = useDesk();
  const profile = useProfile();
  const input = countsInput(tenant, profile?.profile_id);
  return useQuery(q.queue.counts.queryOptions({ input, enabled: profile !== undefined })).data;
}

/** Puts the counts of a list's read in the place of older ones. */
export function keepCounts(
  client: QueryClient,
  q: LedgerUtils,
  tenant: string,
  by: string | undefined,
  counts: Counts,
): void {
  client.setQueryData(q.queue.counts.queryKey({ input: countsInput(tenant, by) }), counts);
}

function countsInput(tenant: string, by: string | undefined): { tenant: string; by?: string } {
  return by === undefined ? { tenant } : { tenant, by };
}
