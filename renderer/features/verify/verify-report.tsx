import type { Job, VerifyResult } from '../../../shared/contract/job.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Link } from '../../components/link.tsx';
import { numberText } from '../../components/numbers.ts';
import { PageHead } from '../../components/page-head.tsx';
import { Sign } from '../../components/sign.tsx';
import { clockText, instantWords } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import imports from '../imports/imports.module.css';
import { JobBar } from '../jobs/job-bar.tsx';
import styles from './verify.module.css';
import { JOB_WORDS as WORDS } from './words.ts';

/** One verification of a tenant's evidence: how far it is, what it found, and whose verdict is another now. */
export function VerifyReport({ job }: { job: Job }) {
  const result = job.verify_result;
  return (
    <>
      <PageHead title={WORDS.title} note={<Note job={job} />} />
      {job.state === 'running' && (
        <div className={imports.progress}>
          <JobBar job={job} label={WORDS.title} stop={WORDS.stop} />
        </div>
      )}
      {job.state === 'cancelled' && <p className={imports.bar}>{WORDS.stopped}</p>}
      {job.error !== null && (
        <p className={imports.bar} data-tone="bad" role="alert">
          {job.error.message} <code>{job.error.code}</code>
        </p>
      )}
      {result !== null && (
        <>
          <Tiles result={result} />
          <Changed result={result} tenant={job.tenant} />
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
      {job.tenant !== null && <AgentLine text={job.tenant} className={styles.sans} />} · {start}
      {job.ended_at !== null && ` to ${clockText(job.ended_at)}`} · {WORDS.note}
    </>
  );
}

const TILES = ['judged', 'verified', 'failed', 'unchecked'] as const;

function Tiles({ result }: { result: VerifyResult }) {
  return (
    <dl className={imports.tiles}>
      {TILES.map((name) => (
        <div key={name} className={imports.tile} data-tone={name === 'failed' && result.failed > 0 ? 'bad' : undefined}>
          <dt>{WORDS.tiles[name]}</dt>
          <dd>{numberText(result[name])}</dd>
        </div>
      ))}
      <div className={imports.tile} data-tone={result.changed_total > 0 ? 'warn' : undefined}>
        <dt>{WORDS.tiles.changed}</dt>
        <dd>{numberText(result.changed_total)}</dd>
      </div>
    </dl>
  );
}

function Changed({ result, tenant }: { result: VerifyResult; tenant: string | null }) {
  const { place } = useDesk();
  const { changed, changed_total } = result;
  if (changed_total === 0 || tenant === null) return <p className={imports.bar}>{WORDS.noChange}</p>;
  return (
    <section className={imports.scroll} aria-label={WORDS.changedTitle}>
      <table className={imports.table}>
        <caption className="visually-hidden">{WORDS.changedTitle}</caption>
        <thead>
          <tr>
            <th>{WORDS.columns.id}</th>
            <th className={imports.result}>{WORDS.columns.before}</th>
            <th className={imports.result}>{WORDS.columns.after}</th>
            <th>{WORDS.columns.detail}</th>
          </tr>
        </thead>
        <tbody>
          {changed.map(({ id, event, before, after, detail }) => (
            <tr key={`${event} ${id}`}>
              <td>
                <Link to={paths.escalation(place, tenant, id, event)}>
                  <AgentLine text={id === '' ? WORDS.emptyId : id} className="mono" />
                </Link>
              </td>
              <td>
                <Sign name={before} />
              </td>
              <td>
                <Sign name={after} />
              </td>
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed.length < changed_total && (
        <p className={imports.bar}>{WORDS.listed(numberText(changed.length), numberText(changed_total))}</p>
      )}
    </section>
  );
}
