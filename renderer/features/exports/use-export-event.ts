import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import type { LogRow } from '../../../shared/contract/log.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { jobOf } from '../log/about.ts';

/** As many exports are looked through for the event of one. */
const NEWEST = 500;

/** The event of the log that says that an export was made; null until it is found, and where it is too long ago. */
export function useExportEvent(tenant: string, job: Job): LogRow | null {
  const { q } = useDesk();
  const input = { tenant, kinds: ['export.finished'], limit: NEWEST };
  const { data } = useQuery(q.log.list.queryOptions({ input, enabled: job.state === 'done' }));
  return data?.rows.find((row) => jobOf(row)?.id === job.job_id) ?? null;
}
