import type { Job } from '../../../shared/contract/job.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { bareName } from '../../components/file-bytes.ts';
import { Hash } from '../../components/hash.tsx';
import { Link } from '../../components/link.tsx';
import { bytesText, numberText } from '../../components/numbers.ts';
import { instantWords } from '../../components/time.ts';
import { usePlace } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import { JobBar } from '../jobs/job-bar.tsx';
import { JobStateSign } from '../jobs/job-state.tsx';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.table;

/** What left the ledger, newest first; each leads to its page. */
export function ExportsTable({ tenant, jobs }: { tenant: string; jobs: readonly Job[] }) {
  return (
    <section aria-label={WORDS.label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th className={styles.result}>{WORDS.state}</th>
            <th>{WORDS.file}</th>
            <th className={styles.time}>{WORDS.when}</th>
            <th className={styles.number}>{WORDS.records}</th>
            <th className={styles.number} data-size>
              {WORDS.size}
            </th>
            <th className={styles.digest}>{WORDS.sha256}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <Row key={job.job_id} tenant={tenant} job={job} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ tenant, job }: { tenant: string; job: Job }) {
  const now = useDeskNow('minute');
  const place = usePlace();
  const { manifest } = job;
  return (
    <tr>
      <td>
        <JobStateSign state={job.state} />
      </td>
      <td className={styles.fileCell}>
        <Link to={paths.exports(place, tenant, job.job_id)}>
          <AgentLine text={manifest === null ? job.title : bareName(manifest.file)} />
        </Link>
        {manifest !== null && <span className={styles.quiet}> {EXPORT_WORDS.formats[manifest.query.format]}</span>}
      </td>
      <td>{instantWords(job.started_at, now, true)}</td>
      {job.state === 'running' ? (
        <td colSpan={3}>
          <JobBar job={job} label={EXPORT_WORDS.page.running} stop={EXPORT_WORDS.page.stop} />
        </td>
      ) : (
        <>
          <td className={styles.number}>{manifest === null ? '' : numberText(manifest.records)}</td>
          <td className={styles.number} data-size>
            {manifest === null ? '' : bytesText(manifest.bytes)}
          </td>
          <td className={styles.digest}>
            {manifest === null ? (job.error?.message ?? '') : <Hash value={manifest.sha256} short />}
          </td>
        </>
      )}
    </tr>
  );
}
