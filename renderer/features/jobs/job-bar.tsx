import { useMutation } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../components/button.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import styles from './jobs.module.css';
import { JOBS_WORDS } from './words.ts';

interface JobBarProps {
  readonly job: Job;
  /** What is going on. */
  readonly label: string;
  /** What stopping it means. */
  readonly stop: string;
}

/** How far a running job is, and the way to stop it. */
export function JobBar({ job, label, stop }: JobBarProps) {
  const { q } = useDesk();
  const acting = useActing();
  const cancel = useMutation(q.job.cancel.mutationOptions());
  const { done, total, unit } = job.progress;
  return (
    <div className={styles.bar}>
      <progress max={total ?? 1} value={total === null ? undefined : done} aria-label={label} />
      <span>{JOBS_WORDS.progress(done, total, unit)}</span>
      {cancel.isPending || cancel.isSuccess ? (
        <span className={styles.quiet}>{JOBS_WORDS.stopping}</span>
      ) : (
        <Button onClick={() => cancel.mutate({ ...acting(), job_id: job.job_id })}>{stop}</Button>
      )}
    </div>
  );
}
