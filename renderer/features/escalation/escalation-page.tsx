import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
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
  const { data, error, refetch, dataUpdatedAt } = useQuery(q.escalation.get.queryOptions({ input }));
  const event = data?.escalation.record.escalation_event_id;
  useEffect(() => {
    if (event !== undefined && search.event === undefined) {
      go(paths.escalation(place, tenant, id, event, search.act), { replace: true });
    }
  }, [event, search.event, search.act, place, tenant, id, go]);
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
