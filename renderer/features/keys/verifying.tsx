import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job, VerifyResult } from '../../../shared/contract/job.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Link } from '../../components/link.tsx';
import { numberText } from '../../components/numbers.ts';
import { Sign } from '../../components/sign.tsx';
import { useActing, useDesk, usePlace } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { paths } from '../../queries/paths.ts';
import styles from './keys.module.css';
import { words } from './words.ts';

interface VerifyingProps {
  readonly tenant: string;
  /** How many escalations are not judged with the present keys yet. */
  readonly toVerify: number;
}

/** What the change of keys set going: how far it is, and then which verdicts are others now. */
export function Verifying({ tenant, toVerify }: VerifyingProps) {
  const { job, dismiss } = useLatestVerification(tenant);
  if (job?.state === 'running') return <Running job={job} toVerify={toVerify} />;
  return (
    <>
      {toVerify > 0 && <ToVerify tenant={tenant} n={toVerify} />}
      {job != null && <Ended tenant={tenant} job={job} onDismiss={dismiss} />}
    </>
  );
}

/** The tenant's newest verification that runs or ended while this page was shown, until it is dismissed. */
function useLatestVerification(tenant: string): { job: Job | null; dismiss: () => void } {
  const { q } = useDesk();
  const [since] = useState(() => Date.now());
  const [dismissed, setDismissed] = useState<string | null>(null);
  const { data: jobs = [] } = useQuery(q.job.list.queryOptions({ input: { kind: 'verify' } }));
  const recent = jobs.find(
    (job) =>
      job.tenant === tenant &&
      job.job_id !== dismissed &&
      (job.ended_at === null || Date.parse(job.ended_at) >= since - RECENT_MS),
  );
  return { job: recent ?? null, dismiss: () => setDismissed(recent?.job_id ?? null) };
}

/** What ended so shortly before may have been set going by what led here. */
const RECENT_MS = 60_000;

function Running({ job, toVerify }: { job: Job; toVerify: number }) {
  const { done, total } = job.progress;
  return (
    <section className={styles.banner} aria-label={words.verifying.running(total ?? toVerify)}>
      <h2 className={styles.bannerTitle}>{words.verifying.running(total ?? toVerify)}</h2>
      <div className={styles.bannerRow}>
        <progress
          max={total ?? 1}
          value={total === null ? undefined : done}
          aria-label={words.verifying.running(total ?? toVerify)}
        />
        <span className={styles.quiet}>
          {words.verifying.progress(numberText(done), total === null ? null : numberText(total))}
        </span>
      </div>
    </section>
  );
}

function ToVerify({ tenant, n }: { tenant: string; n: number }) {
  const { q } = useDesk();
  const acting = useActing();
  const start = useMutation(q.evidence.verify_again.mutationOptions());
  return (
    <section className={styles.banner} aria-label={words.verifying.waiting(n)}>
      <div className={styles.bannerRow}>
        <p>{words.verifying.waiting(n)}</p>
        <span className={styles.space} />
        <Button look="strong" disabled={start.isPending} onClick={() => start.mutate({ ...acting(), tenant })}>
          {words.verifying.start}
        </Button>
      </div>
      {start.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(start.error).message}
        </p>
      )}
    </section>
  );
}

function Ended({ tenant, job, onDismiss }: { tenant: string; job: Job; onDismiss: () => void }) {
  const result = job.verify_result;
  return (
    <section className={styles.banner} role="status">
      <div className={styles.bannerRow}>
        <h2 className={styles.bannerTitle}>{endedWords(job)}</h2>
        {result !== null && (
          <span className={styles.quiet}>
            {words.verifying.counts(result.verified, result.unchecked, result.failed)}
          </span>
        )}
        <span className={styles.space} />
        <Button height="small" onClick={onDismiss}>
          {words.verifying.dismiss}
        </Button>
      </div>
      {result !== null && result.changed.length > 0 && <Changes tenant={tenant} result={result} />}
    </section>
  );
}

function endedWords({ state, verify_result: result }: Job): string {
  if (state === 'cancelled') return words.verifying.stopped;
  if (state === 'failed' || result === null) return words.verifying.failed;
  return result.changed_total === 0
    ? words.verifying.unchanged(result.judged)
    : words.verifying.changed(result.changed_total);
}

function Changes({ tenant, result }: { tenant: string; result: VerifyResult }) {
  const place = usePlace();
  const { changed, changed_total } = result;
  return (
    <>
      <ul className={styles.changes}>
        {changed.map(({ id, event, before, after, detail }) => (
          <li key={`${id} ${event}`}>
            <Link to={paths.escalation(place, tenant, id, event)}>
              <AgentLine text={id} />
            </Link>
            <Sign name={before} />
            <span aria-hidden="true">→</span>
            <span className="visually-hidden">now</span>
            <Sign name={after} />
            <AgentLine text={detail} className={styles.quietLine} />
          </li>
        ))}
      </ul>
      {changed.length < changed_total && (
        <p className={styles.quiet}>{words.verifying.first(changed.length, changed_total)}</p>
      )}
    </>
  );
}
