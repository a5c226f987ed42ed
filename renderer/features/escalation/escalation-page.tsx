import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useGo } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useDesk, useProfile, useTenant } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import type { FormOutcome } from '../decision/form.ts';
import { EscalationView } from './escalation-view.tsx';
import { Unopened } from './unopened.tsx';

/** The address's `act`: which form the page opens with. */
const ACTS: { readonly [act: string]: FormOutcome } = { a: 'approved', r: 'rejected', w: 'withdrawn' };

/** The screen of one escalation: `/t/{tenant}/e?id={id}&event={uuid}`; without `event` the one that is meant. */
export function EscalationPage() {
  const tenant = useTenant() ?? '';
  const search = useSearch({ strict: false }) as { id?: string; event?: string; act?: string };
  const { q, place } = useDesk();
  const go = useGo();
  const profile = useProfile();
  const id = search.id ?? '';
  const input = { tenant, id, ...(search.event === undefined ? {} : { event: search.event }) };
  const query = useQuery(q.escalation.get.queryOptions({ input }));
  const { data, error, refetch, dataUpdatedAt } = query;
  const outdated = useOutdated(`${place} ${JSON.stringify(input)}`, query);
  const event = data?.escalation.record.escalation_event_id;
  useEffect(() => {
    if (event !== undefined && search.event === undefined) {
      go(paths.escalation(place, tenant, id, event, search.act), { replace: true });
    }
  }, [event, search.event, search.act, place, tenant, id, go]);
  if (outdated && error === null) return <Loading />;
  if (data === undefined) {
    if (error === null) return <Loading />;
    return <Unopened tenant={tenant} id={id} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <EscalationView
      key={`${tenant}/${id}/${event}`}
      latest={data}
      readAt={dataUpdatedAt}
      profile={profile ?? null}
      startWith={ACTS[search.act ?? ''] ?? null}
    />
  );
}

/**
 * Whether all there is of the escalation is an answer of before that is known to be outdated: a page that opens begins
 * with what holds now. Once it is open it keeps what it shows, whatever is read behind it.
 */
function useOutdated(
  name: string,
  {
    data,
    isStale,
    isFetching,
    isFetchedAfterMount,
  }: Pick<UseQueryResult, 'data' | 'isStale' | 'isFetching' | 'isFetchedAfterMount'>,
): boolean {
  const opened = useRef<string | null>(null);
  const outdated = data !== undefined && isStale && isFetching && !isFetchedAfterMount && opened.current !== name;
  if (data !== undefined && !outdated) opened.current = name;
  return outdated;
}
