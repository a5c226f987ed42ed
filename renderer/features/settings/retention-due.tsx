import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RetentionPreview, RetentionResult } from '../../../shared/contract/retention.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { useAttempt } from '../decision/use-attempt.ts';
import { JobBar } from '../jobs/job-bar.tsx';
import { useJob } from '../jobs/use-job.ts';
import { KEEPING_WORDS } from './keeping-words.ts';
import styles from './settings.module.css';

const WORDS = KEEPING_WORDS.due;

interface RetentionDueProps {
  readonly tenant: string;
  readonly rules: RetentionPreview['rules'];
}

/** Counts what the rules would remove before anything is, then removes just that, as a job. */
export function RetentionDue({ tenant, rules }: RetentionDueProps) {
  const { api } = useDesk();
  const look = useMutation({ mutationFn: () => api.retention.preview({ tenant }) });
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const preview = look.data;
  const isOld =
    preview !== undefined &&
    (preview.rules.evidence_days !== rules.evidence_days || preview.rules.fields_days !== rules.fields_days);
  return (
    <section className={styles.form} aria-labelledby="due-title">
      <h2 id="due-title">{WORDS.title}</h2>
      <div className={styles.line}>
        <Button look="strong" onClick={() => look.mutate()} disabled={look.isPending || job?.state === 'running'}>
          {WORDS.look}
        </Button>
      </div>
      {look.error !== null && <ErrorState error={look.error} />}
      {preview !== undefined && !isOld && jobId === null && (
        <Due tenant={tenant} preview={preview} onStarted={setJobId} />
      )}
      {job?.state === 'running' && (
        <JobBar job={job} label={KEEPING_WORDS.backup.running} stop={KEEPING_WORDS.backup.stop} />
      )}
      {job !== null && job.state !== 'running' && (
        <Ended
          stopped={job.state === 'cancelled'}
          failed={job.error?.message ?? null}
          result={job.retention_result}
          onAgain={() => {
            setJobId(null);
            look.mutate();
          }}
        />
      )}
    </section>
  );
}

interface DueProps {
  readonly tenant: string;
  readonly preview: RetentionPreview;
  readonly onStarted: (jobId: string) => void;
}

function Due({ tenant, preview, onStarted }: DueProps) {
  const { q } = useDesk();
  const attempt = useAttempt();
  const apply = useMutation(q.retention.apply.mutationOptions());
  const [sure, setSure] = useState(false);
  const { due, held, tenant_held, rules } = preview;
  const remove = (): void => {
    const input = { tenant, rules };
    apply.mutate(
      { ...attempt.actingFor(input), ...input },
      { onSuccess: ({ job_id }) => onStarted(job_id), onSettled: (_, error) => attempt.settle(error) },
    );
  };
  const nothing = due.pieces + due.values === 0;
  return (
    <>
      {nothing ? <p role="status">{WORDS.none}</p> : <Tally tally={due} />}
      {held > 0 && <p>{WORDS.held(held)}</p>}
      {tenant_held && <p>{WORDS.tenantHeld}</p>}
      {!nothing && !tenant_held && (
        <>
          <Checkbox label={WORDS.sure} checked={sure} onChange={({ target }) => setSure(target.checked)} />
          <div className={styles.line}>
            <Button look="bad" onClick={remove} disabled={!sure || apply.isPending}>
              {WORDS.remove}
            </Button>
          </div>
        </>
      )}
      {apply.error !== null && <ErrorState error={apply.error} />}
    </>
  );
}

function Tally({ tally }: { tally: RetentionPreview['due'] }) {
  const { pieces, escalations, bytes, values, events } = tally;
  return (
    <ul className={styles.list} role="status">
      {pieces > 0 && <li>{WORDS.evidence(pieces, escalations, bytes)}</li>}
      {values > 0 && <li>{WORDS.fields(values, events)}</li>}
    </ul>
  );
}

interface EndedProps {
  readonly stopped: boolean;
  readonly failed: string | null;
  readonly result: RetentionResult | undefined;
  readonly onAgain: () => void;
}

function Ended({ stopped, failed, result, onAgain }: EndedProps) {
  return (
    <>
      {stopped && <p role="status">{WORDS.stopped}</p>}
      {!stopped && failed !== null && <p role="alert">{failed}</p>}
      {result !== undefined && (
        <>
          <p>{WORDS.removed}</p>
          <Tally tally={result.removed} />
          {!result.room_given_back && <p>{WORDS.roomLater}</p>}
          {result.room_given_back && !result.compacted && <p>{WORDS.notCompacted}</p>}
        </>
      )}
      <div className={styles.line}>
        <Button onClick={onAgain}>{WORDS.look}</Button>
      </div>
    </>
  );
}
