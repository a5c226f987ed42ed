import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { useJob } from '../jobs/use-job.ts';
import { BackupOutcome } from './backup-outcome.tsx';
import { KEEPING_WORDS } from './keeping-words.ts';
import styles from './settings.module.css';

const WORDS = KEEPING_WORDS.backup;

/** Copies the whole ledger to a file that the person names; the job goes on when the page is left. */
export function BackupSection() {
  const { q, transport } = useDesk();
  const acting = useActing();
  const make = useMutation(q.backup.make.mutationOptions());
  const [staged, setStaged] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: async () => {
      const target = await transport.stageTarget(`desk-${new Date().toISOString().slice(0, 10)}.backup`);
      if (target === null) return;
      await make.mutateAsync({ ...acting(), target: target.staged });
      setStaged(target.staged);
    },
  });
  const job = useJob(make.data?.job_id ?? null);
  return (
    <section className={styles.form} aria-labelledby="backup-title">
      <h2 id="backup-title">{WORDS.title}</h2>
      <p>{WORDS.note}</p>
      <div className={styles.line}>
        <Button look="strong" onClick={() => start.mutate()} disabled={start.isPending || job?.state === 'running'}>
          {WORDS.go}
        </Button>
      </div>
      {start.error !== null && <ErrorState error={start.error} />}
      {job !== null && staged !== null && (
        <BackupOutcome key={job.job_id} job={job} staged={staged} done={WORDS.done} />
      )}
    </section>
  );
}
