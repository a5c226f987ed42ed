import { useParams } from '@tanstack/react-router';
import type { Job } from '../../../shared/contract/job.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { bareName } from '../../components/file-bytes.ts';
import { useKeys } from '../../components/keys.ts';
import { Link, useGo } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { clockText, instantWords } from '../../components/time.ts';
import { usePlace, useTenant } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import { JobBar } from '../jobs/job-bar.tsx';
import { JobStateSign } from '../jobs/job-state.tsx';
import { Downloads } from './downloads.tsx';
import { ExportFacts } from './export-facts.tsx';
import styles from './exports.module.css';
import { useExport } from './use-export.ts';
import { VerifyAgain } from './verify-again.tsx';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.page;

/** One export: `/t/{tenant}/exports/{job}`: how far it is, then the file with what proves it. */
export function ExportPage() {
  const place = usePlace();
  const tenant = useTenant() ?? '';
  const go = useGo();
  const { job: jobId = '' } = useParams({ strict: false }) as { job?: string };
  const { job, error, retry } = useExport(tenant, jobId);
  const list = paths.exports(place, tenant);
  useKeys({ Escape: () => go(list), u: () => go(list) });
  return (
    <>
      <PageHead title={WORDS.title} note={job != null && <Note job={job} />}>
        <Link to={list}>{WORDS.all}</Link>
      </PageHead>
      {job != null && <Export tenant={tenant} job={job} />}
      {job === null && <None to={list} />}
      {job === undefined && (error === null ? <Loading /> : <ErrorState error={error} onRetry={retry} />)}
    </>
  );
}

function None({ to }: { to: string }) {
  return (
    <div className={styles.empty}>
      <p>{WORDS.none}</p>
      <Link to={to}>{WORDS.all}</Link>
    </div>
  );
}

function Note({ job: { title, started_at, ended_at, manifest } }: { job: Job }) {
  const now = useDeskNow('minute');
  const start = instantWords(started_at, now, true);
  return (
    <>
      <AgentLine text={manifest === null ? title : bareName(manifest.file)} className="mono" /> ·{' '}
      {ended_at === null || clockText(ended_at) === clockText(started_at)
        ? start
        : WORDS.from(start, clockText(ended_at))}
    </>
  );
}

function Export({ tenant, job }: { tenant: string; job: Job }) {
  const { manifest, state, error } = job;
  return (
    <div className={styles.cards}>
      <article className={styles.card}>
        <header className={styles.cardHead}>
          <h2>{manifest === null ? WORDS.running : EXPORT_WORDS.formats[manifest.query.format]}</h2>
          <JobStateSign state={state} />
        </header>
        {state === 'running' && <JobBar job={job} label={WORDS.running} stop={WORDS.stop} />}
        {error !== null && (
          <p role="alert" className={styles.bad}>
            {error.message} {WORDS.failed} <code>{error.code}</code>
          </p>
        )}
        {manifest !== null && (
          <>
            <ExportFacts job={job} manifest={manifest} />
            <div className={styles.downloads}>
              <Downloads job={job} manifest={manifest} />
              <VerifyAgain tenant={tenant} manifest={manifest} />
            </div>
          </>
        )}
      </article>
    </div>
  );
}
