import type { Job } from '../../../shared/contract/job.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { FeatureContext } from '../context.ts';
import { jobsOf } from './jobs.ts';

/** A job as it stands now. NOT_FOUND. */
export async function get(context: FeatureContext, input: { job_id: string }): Promise<Job> {
  const job = await jobsOf(context).get(input.job_id);
  if (job === null) throw new DeskError('NOT_FOUND', 'There is no such job.', { job_id: input.job_id });
  return job;
}

/** Newest first, at most 200. */
export function list(context: FeatureContext, input: { kind?: Job['kind'] | undefined }): Promise<Job[]> {
  return jobsOf(context).list(input.kind);
}

/** Asks a job to stop after its step at hand and answers it as it stands. NOT_FOUND. */
export function cancel(context: FeatureContext, input: { job_id: string }): Promise<Job> {
  jobsOf(context).cancel(input.job_id);
  return get(context, input);
}
