import { IconBan, IconFlag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Job } from '../../../shared/contract/job.ts';
import type { ImportResult } from '../../../shared/contract/transfer.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useGo } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { numberText } from '../../components/numbers.ts';
import { PageHead } from '../../components/page-head.tsx';
import { clockText, instantWords } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import { JobBar } from '../jobs/job-bar.tsx';
import { VerifyReport } from '../verify/verify-report.tsx';
import { ImportButton } from './import-button.tsx';
import styles from './imports.module.css';
import { reportCounts } from './report-counts.ts';
import { ReportRows } from './report-rows.tsx';
import { IMPORT_WORDS } from './words.ts';

const WORDS = IMPORT_WORDS.report;

/** One import: how far it is, then what came in, what was refused and what was odd, row by row. */
export function ImportReport() {
  const { q } = useDesk();
  const { job: job_id = '' } = useParams({ strict: false }) as { job?: string };
  const { data: job, error, refetch } = useQuery(q.job.get.queryOptions({ input: { job_id } }));
  if (error !== null && job === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (job === undefined) return <Loading />;
  if (job.kind === 'verify') return <VerifyReport job={job} />;
  return (
    <>
      <PageHead title={WORDS.title} note={<Note job={job} />}>
        {job.state !== 'running' && <ImportButton />}
        <OpenImported job={job} />
      </PageHead>
      {job.state === 'running' && (
        <div className={styles.progress}>
          <JobBar job={job} label={WORDS.title} stop={WORDS.stop} />
        </div>
      )}
      {job.state === 'cancelled' && <p className={styles.bar}>{WORDS.stopped}</p>}
      {job.error !== null && (
        <p className={styles.bar} data-tone="bad" role="alert">
          {job.error.message} <code>{job.error.code}</code>
        </p>
      )}
      {job.import_result !== null && (job.error === null || job.import_result.read > 0) && (
        <>
          <Tiles result={job.import_result} />
          <Sums result={job.import_result} />
          <ReportRows jobId={job.job_id} result={job.import_result} />
        </>
      )}
    </>
  );
}

function Note({ job }: { job: Job }) {
  const now = useDeskNow('minute');
  const start = instantWords(job.started_at, now, true);
  return (
    <>
      <AgentLine text={job.title} className="mono" /> ·{' '}
      {job.ended_at === null ? start : WORDS.from(start, clockText(job.ended_at))}
      {job.import_result?.dry_run === true && ` · ${WORDS.dryRun}`}
    </>
  );
}

function OpenImported({ job }: { job: Job }) {
  const go = useGo();
  const { place } = useDesk();
  const result = job.import_result;
  const tenant = result?.tenants[0];
  const taken = (result?.imported ?? 0) + (result?.updated ?? 0);
  if (result == null || tenant === undefined || taken === 0 || result.dry_run) return null;
  return (
    <Button look="strong" onClick={() => go(paths.queue(place, tenant))}>
      {WORDS.open(numberText(taken))}
    </Button>
  );
}

function Tiles({ result }: { result: ImportResult }) {
  const found = reportCounts(result).finding ?? result.findings_total;
  const others = Object.values(result.rows).reduce((sum, n) => sum + n, 0) - result.read;
  return (
    <dl className={styles.tiles}>
      <Tile n={result.read} words={WORDS.tiles.read} />
      <Tile n={result.imported + result.updated} words={WORDS.tiles.taken} />
      <Tile n={result.refused} words={WORDS.tiles.refused} tone="bad" />
      <Tile n={found} words={WORDS.tiles.findings} tone="warn" />
      <Tile n={Math.max(0, others)} words={WORDS.tiles.others} />
    </dl>
  );
}

function Tile({ n, words, tone }: { n: number; words: string; tone?: 'bad' | 'warn' }) {
  return (
    <div className={styles.tile} data-tone={n > 0 ? tone : undefined}>
      <dt>{words}</dt>
      <dd>
        {n > 0 && tone === 'bad' && <IconBan size={18} aria-hidden="true" />}
        {n > 0 && tone === 'warn' && <IconFlag size={18} aria-hidden="true" />}
        {numberText(n)}
      </dd>
    </div>
  );
}

function Sums({ result }: { result: ImportResult }) {
  const parts = [
    result.updated > 0 ? WORDS.updated(numberText(result.updated)) : '',
    result.unchanged > 0 ? WORDS.unchanged(numberText(result.unchanged)) : '',
    result.conflicts > 0 ? WORDS.conflicts(numberText(result.conflicts)) : '',
    result.evidence > 0 ? WORDS.evidence(numberText(result.evidence)) : '',
    result.unattached > 0 ? WORDS.unattached(numberText(result.unattached)) : '',
  ].filter((part) => part !== '');
  if (parts.length === 0 && result.findings_file === undefined) return null;
  return (
    <p className={styles.bar}>
      {parts.join(' · ')}
      {result.findings_file !== undefined && (
        <>
          {parts.length > 0 && ' · '}
          {WORDS.findingsFile} <AgentLine text={result.findings_file} className="mono" />
        </>
      )}
    </p>
  );
}
