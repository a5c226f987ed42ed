import { useMutation } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../components/button.tsx';
import { numberText } from '../../components/numbers.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import styles from './imports.module.css';
import { IMPORT_WORDS } from './words.ts';

/** How far a running job is, and the way to stop it; what is in stays in. */
export function JobProgress({ job }: { job: Job }) {
  const { q } = useDesk();
  const acting = useActing();
  const cancel = useMutation(q.job.cancel.mutationOptions());
  const { done, total, unit } = job.progress;
  const words = IMPORT_WORDS.report;
  const stop = (): void => cancel.mutate({ ...acting(), job_id: job.job_id });
  return (
    <div className={styles.progress}>
      <progress max={total ?? 1} value={total === null ? undefined : done} aria-label={words.title} />
      <span>{words.running(numberText(done), total === null ? null : numberText(total), unit)}</span>
      <span className={styles.space} />
      {cancel.isPending || cancel.isSuccess ? (
        <span>{words.stopping}</span>
      ) : (
        <Button look="strong" onClick={stop}>
          {words.stop}
        </Button>
      )}
    </div>
  );
}
