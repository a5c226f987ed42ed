import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { Uuid } from '../../../shared/domain/escalation.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';

/** So many jobs a list has at the most. */
const LISTED = 200;

interface KnownExport {
  /** null: the tenant has none such; undefined: it is being read, or could not be. */
  readonly job: Job | null | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The tenant's export of that job: one of the list, and only where that is cut off one that is asked for by itself. */
export function useExport(tenant: string, jobId: string): KnownExport {
  const { q } = useDesk();
  const list = useQuery(q.job.list.queryOptions({ input: { kind: 'export' } }));
  const listed = list.data?.find(({ job_id }) => job_id === jobId);
  const ask = listed === undefined && list.data?.length === LISTED && Uuid.safeParse(jobId).success;
  const single = useQuery(q.job.get.queryOptions({ input: { job_id: jobId }, enabled: ask }));
  const error = list.error ?? (isNone(single.error) ? null : single.error);
  const found = listed ?? single.data;
  const reading = list.data === undefined || (ask && single.data === undefined && !isNone(single.error));
  const isTheirs = found?.kind === 'export' && found.tenant === tenant;
  return {
    job: found === undefined && reading ? undefined : isTheirs ? found : null,
    error,
    retry: () => void Promise.all([list.refetch(), ...(ask ? [single.refetch()] : [])]),
  };
}

function isNone(error: unknown): boolean {
  return error !== null && errorFacts(error).code === 'NOT_FOUND';
}
