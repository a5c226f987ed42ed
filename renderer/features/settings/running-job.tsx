import { useMutation } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../components/button.tsx';
import { numberText } from '../../components/numbers.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { KEEPING_WORDS } from './keeping-words.ts';
import styles from './settings.module.css';

const WORDS = KEEPING_WORDS.backup;

/** How far a job is, and the way to stop it. */
export function RunningJob({ job }: { job: Job }) {
  const { q } = useDesk();
  const acting = useActing();
  const cancel = useMutation(q.job.cancel.mutationOptions());
  const { done, total, unit } = job.progress;
  return (
    <div className={styles.line}>
      <progress max={total ?? 1} value={total === null ? undefined : done} aria-label={WORDS.running} />
      {numberText(done)} {unit}
      <Button onClick={() => cancel.mutate({ ...acting(), job_id: job.job_id })} disabled={!cancel.isIdle}>
        {WORDS.stop}
      </Button>
    </div>
  );
}
