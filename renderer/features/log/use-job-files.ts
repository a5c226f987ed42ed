import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { bareName } from '../../components/file-bytes.ts';
import { useDesk } from '../../queries/desk-context.tsx';

/** The file that each import and export of this desk was of, by its job. It may quote a file's name. */
export type JobFiles = ReadonlyMap<string, string>;

/** The files of the newest jobs: of what an event tells that another desk did, or long ago, nothing is known. */
export function useJobFiles(): JobFiles {
  const { q } = useDesk();
  const { data: jobs = [] } = useQuery(q.job.list.queryOptions({ input: {} }));
  return jobFiles(jobs);
}

export function jobFiles(jobs: readonly Pick<Job, 'job_id' | 'kind' | 'title' | 'manifest'>[]): JobFiles {
  const transfers = jobs.filter(({ kind }) => kind === 'import' || kind === 'export');
  return new Map(
    transfers.map(({ job_id, title, manifest }) => [job_id, bareName(manifest?.file ?? afterColon(title))]),
  );
}

/** A title names what is done, then the file. */
function afterColon(title: string): string {
  return title.slice(title.indexOf(': ') + 1).trim();
}
