import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Link } from '../../components/link.tsx';
import { numberText } from '../../components/numbers.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import type { Place } from '../../queries/query-client.ts';
import styles from './verify.module.css';
import { JOB_WORDS as WORDS } from './words.ts';

/** Jobs that had ended when this window first asked, and those put aside since: old news, by ledger. */
const old = new Map<Place, Set<string>>();

function oldNews(place: Place, jobs: readonly Job[]): Set<string> {
  const ended = () => jobs.filter(({ state }) => state !== 'running').map(({ job_id }) => job_id);
  const known = old.get(place) ?? new Set(ended());
  old.set(place, known);
  return known;
}

/** Over the queue: how far a verification of the tenant is, and then which verdicts it changed. */
export function VerifyBar({ tenant }: { tenant: string }) {
  const { q, place } = useDesk();
  const [, redraw] = useState(0);
  const { data: jobs } = useQuery(q.job.list.queryOptions({ input: { kind: 'verify' } }));
  if (jobs === undefined) return null;
  const past = oldNews(place, jobs);
  const job = jobs.find((one) => one.tenant === tenant);
  // The sample's keys come with it: that they changed its verdicts is no news.
  const quiet = place === 'sample' && job?.state !== 'running';
  if (job === undefined || quiet || past.has(job.job_id) || !worthSaying(job)) return null;
  const dismiss = (): void => {
    past.add(job.job_id);
    redraw((n) => n + 1);
  };
  return (
    <section className={styles.jobBar} role="status">
      <Said job={job} />
      <Link to={paths.imports(place, job.job_id)}>{WORDS.see}</Link>
      <span className={styles.space} />
      {job.state !== 'running' && <IconButton label={WORDS.dismiss} icon={IconX} onClick={dismiss} />}
    </section>
  );
}

/** A job that runs, or that has changed verdicts. */
function worthSaying(job: Job): boolean {
  return job.state === 'running' || (job.verify_result?.changed_total ?? 0) > 0;
}

function Said({ job: { state, progress, verify_result } }: { job: Job }) {
  const { done, total } = progress;
  if (state !== 'running' && verify_result !== null) {
    return WORDS.result(numberText(verify_result.judged), numberText(verify_result.changed_total));
  }
  return (
    <>
      <progress max={total ?? 1} value={total === null ? undefined : done} aria-label={WORDS.title} />
      {WORDS.barRunning(numberText(done), total === null ? null : numberText(total))}
    </>
  );
}
