import { DeskError } from '../../../shared/domain/errors.ts';
import type { Invocation } from './invocation.ts';
import { waitForJob } from './job.ts';
import type { Session } from './session.ts';

/**
 * Waits until no verification runs any more, of the tenant where one is named: what is printed next is what was
 * verified. CANCELLED when the person asks to stop; `kept` says what holds all the same.
 */
export async function waitForVerification(
  invocation: Invocation,
  session: Session,
  { tenant, kept }: { tenant?: string; kept: string },
): Promise<void> {
  const by = await session.profile();
  for (;;) {
    const jobs = await session.client.job.list({ kind: 'verify' });
    const running = jobs.find((job) => job.state === 'running' && (tenant === undefined || job.tenant === tenant));
    if (running === undefined) return;
    const { state } = await waitForJob(invocation, session, running.job_id, by);
    if (state === 'cancelled') {
      throw new DeskError('CANCELLED', `${kept} Its verification was stopped; it goes on when the desk is opened.`, {
        job_id: running.job_id,
      });
    }
  }
}
