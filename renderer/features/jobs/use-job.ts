import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { useDesk } from '../../queries/desk-context.tsx';

/** The job as it stands, told anew as it goes on; null while there is none. */
export function useJob(jobId: string | null): Job | null {
  const { q } = useDesk();
  const input = { job_id: jobId ?? '' };
  return useQuery(q.job.get.queryOptions({ input, enabled: jobId !== null })).data ?? null;
}
