import type { LogRow } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Link } from '../../components/link.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { aboutText, fileOf, jobOf } from './about.ts';
import styles from './log.module.css';
import { useJobFiles } from './use-job-files.ts';
import { words } from './words.ts';

/** What an event is about, whole, and the way to the import or export that it tells of, where this desk keeps it. */
export function EventAbout({ tenant, row }: { tenant: string; row: LogRow }) {
  const said = aboutText(row);
  if (said === '') return null;
  return (
    <p className={styles.about}>
      {said} <ToJob tenant={tenant} row={row} />
    </p>
  );
}

function ToJob({ tenant, row }: { tenant: string; row: LogRow }) {
  const place = usePlace();
  const file = fileOf(row, useJobFiles());
  const job = jobOf(row);
  if (job === null || file === null) return null;
  const to = job.kind === 'export' ? paths.exports(place, tenant, job.id) : paths.imports(place, job.id);
  return (
    <>
      <AgentLine text={file} className="mono" /> <Link to={to}>{words.openJob[job.kind]}</Link>
    </>
  );
}
