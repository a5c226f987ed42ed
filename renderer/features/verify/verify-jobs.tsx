import { useMutation, useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Link } from '../../components/link.tsx';
import { numberText } from '../../components/numbers.ts';
import { instantWords } from '../../components/time.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import { useShownTenant } from '../frame/use-shown-tenant.ts';
import imports from '../imports/imports.module.css';
import { JobStateSign } from '../jobs/job-state.tsx';
import styles from './verify.module.css';
import { JOB_WORDS as WORDS } from './words.ts';

/** The verifications that ran, newest first, and the way to have all evidence of the shown tenant judged anew. */
export function VerifyJobs() {
  const { q } = useDesk();
  const acting = useActing();
  const tenant = useShownTenant();
  const { data: jobs = [] } = useQuery(q.job.list.queryOptions({ input: { kind: 'verify' } }));
  const again = useMutation(q.evidence.verify_again.mutationOptions());
  if (tenant === null) return null;
  return (
    <section className={styles.jobs} aria-labelledby="verify-jobs">
      <div className={styles.jobsHead}>
        <h2 id="verify-jobs">{WORDS.section}</h2>
        <Button
          height="small"
          disabled={again.isPending}
          onClick={() => again.mutate({ ...acting(), tenant, all: true })}
        >
          {WORDS.again}
        </Button>
      </div>
      {again.error !== null && <ErrorState error={again.error} />}
      {jobs.length > 0 && (
        <table className={imports.table}>
          <tbody>
            {jobs.map((job) => (
              <Row key={job.job_id} job={job} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ job }: { job: Job }) {
  const { place } = useDesk();
  const now = useDeskNow('minute');
  return (
    <tr>
      <td className={imports.result}>
        <JobStateSign state={job.state} />
      </td>
      <td>
        <Link to={paths.imports(place, job.job_id)}>{said(job)}</Link>
      </td>
      <td>{job.tenant !== null && <AgentLine text={job.tenant} className={styles.sans} />}</td>
      <td className={imports.code}>{instantWords(job.started_at, now)}</td>
    </tr>
  );
}

function said({ verify_result, progress: { done, total } }: Job): string {
  if (verify_result === null) return WORDS.running(numberText(done), total === null ? null : numberText(total));
  return WORDS.result(numberText(verify_result.judged), numberText(verify_result.changed_total));
}
