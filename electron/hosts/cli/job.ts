import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '../../../shared/contract/job.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Invocation } from './invocation.ts';
import type { Session } from './session.ts';

const LOOK_EVERY_MS = 50;

/**
 * Waits for a job's end, showing its progress. When the person asks to stop, the job is stopped after its current step.
 * The job as it ended; the job's own error is thrown when it failed.
 */
export async function waitForJob(invocation: Invocation, session: Session, jobId: string, by: string): Promise<Job> {
  const { terminal, stop } = invocation;
  let asked = false;
  for (;;) {
    const job = await session.client.job.get({ job_id: jobId });
    if (job.state !== 'running') {
      terminal.progressEnd();
      if (job.error !== null && job.state === 'failed')
        throw new DeskError(job.error.code, job.error.message, { job_id: jobId });
      return job;
    }
    if (stop.aborted && !asked) {
      asked = true;
      await session.client.job.cancel({ by, idempotency_key: randomUUID(), job_id: jobId });
    }
    terminal.progress(progressText(job));
    await wait(LOOK_EVERY_MS);
  }
}

function progressText({ title, progress: { done, total, unit } }: Job): string {
  return `${title}: ${done}${total === null ? '' : ` of ${total}`} ${unit}`;
}
