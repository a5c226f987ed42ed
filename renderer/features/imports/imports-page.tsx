import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Link } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { numberText } from '../../components/numbers.ts';
import { PageHead } from '../../components/page-head.tsx';
import { instantWords } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import { JobStateSign } from '../jobs/job-state.tsx';
import { VerifyJobs } from '../verify/verify-jobs.tsx';
import { ImportButton } from './import-button.tsx';
import { ImportChoices } from './import-choices.tsx';
import styles from './imports.module.css';
import { IMPORT_WORDS } from './words.ts';

/** What came in, and when; each leads to its report. */
export function ImportsPage() {
  const { q } = useDesk();
  const words = IMPORT_WORDS.page;
  const { data: jobs, error, refetch } = useQuery(q.job.list.queryOptions({ input: { kind: 'import' } }));
  return (
    <>
      <PageHead title={words.title} note={jobs === undefined ? '' : words.count(jobs.length)}>
        <ImportButton />
      </PageHead>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {jobs === undefined && error === null && <Loading />}
      {jobs?.length === 0 && (
        <div className={styles.empty}>
          <p>{words.empty}</p>
          <ImportChoices sample={false} />
        </div>
      )}
      {jobs !== undefined && jobs.length > 0 && <Table jobs={jobs} />}
      <VerifyJobs />
    </>
  );
}

function Table({ jobs }: { jobs: readonly Job[] }) {
  const columns = IMPORT_WORDS.page.columns;
  return (
    <section className={styles.scroll} aria-label={IMPORT_WORDS.page.title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th className={styles.result}>{columns.state}</th>
            <th>{columns.title}</th>
            <th className={styles.code}>{columns.started}</th>
            <th className={styles.result} data-end>
              {columns.read}
            </th>
            <th className={styles.result} data-end>
              {columns.taken}
            </th>
            <th className={styles.result} data-end>
              {columns.refused}
            </th>
            <th className={styles.result} data-end>
              {columns.found}
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.job_id} job={job} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function JobRow({ job }: { job: Job }) {
  const now = useDeskNow('minute');
  const { place } = useDesk();
  const result = job.import_result;
  const cell = (n: number | undefined): string => (n === undefined ? '' : numberText(n));
  return (
    <tr>
      <td>
        <JobStateSign state={job.state} />
      </td>
      <td>
        <Link to={paths.imports(place, job.job_id)}>
          <AgentLine text={job.title} />
        </Link>
      </td>
      <td>{instantWords(job.started_at, now)}</td>
      <td data-end>{cell(result?.read)}</td>
      <td data-end>{cell(result === null ? undefined : result.imported + result.updated)}</td>
      <td data-end>{cell(result?.refused)}</td>
      <td data-end>{cell(result?.findings_total)}</td>
    </tr>
  );
}
