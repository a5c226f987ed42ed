import type { ReactNode } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import type { Manifest } from '../../../shared/contract/transfer.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { Link } from '../../components/link.tsx';
import { bytesText, numberText } from '../../components/numbers.ts';
import { utcText, wholeMoment } from '../../components/time.ts';
import { usePlace, useProfile } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { words as LOG_WORDS } from '../log/words.ts';
import { queryText } from './export-query.ts';
import styles from './exports.module.css';
import { useExportEvent } from './use-export-event.ts';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.page;

/** What is known of an exported file: what names it, what it holds, who wrote it under which head, and where the log says so. */
export function ExportFacts({ job, manifest }: { job: Job; manifest: Manifest }) {
  const { file, bytes, sha256, records, query, generator, checkpoint } = manifest;
  const { search, redact = [], tenant } = query;
  const at = job.ended_at ?? job.started_at;
  return (
    <dl className={styles.facts}>
      <Fact name={WORDS.file}>
        <AgentLine text={file} className="mono" />
      </Fact>
      <Fact name={WORDS.size}>{WORDS.bytes(bytesText(bytes), numberText(bytes))}</Fact>
      <Fact name={WORDS.sha256}>
        <Hash value={sha256} /> <CopyButton text={sha256} label={WORDS.copyHash} />
      </Fact>
      <Fact name={WORDS.rows}>{numberText(records)}</Fact>
      <Fact name={WORDS.query}>
        <code>{queryText(query)}</code>
        {search !== undefined && <AgentLine text={` search=${search}`} className="mono" />}
      </Fact>
      {redact.length > 0 && (
        <Fact name={WORDS.leftOut}>
          <code>{redact.join(', ')}</code>
        </Fact>
      )}
      <Fact name={WORDS.checkpoint}>
        {checkpoint === undefined ? (
          WORDS.noCheckpoint
        ) : (
          <>
            {WORDS.checkpointAt(checkpoint.size)} <Hash value={checkpoint.root} />
          </>
        )}
      </Fact>
      <Fact name={WORDS.generator}>{generator}</Fact>
      <Fact name={WORDS.made}>
        <span title={utcText(at)}>{wholeMoment(Date.parse(at))}</span>
      </Fact>
      <MadeBy tenant={tenant} job={job} />
    </dl>
  );
}

/** Who exported it, as the log has it. */
function MadeBy({ tenant, job }: { tenant: string; job: Job }) {
  const place = usePlace();
  const me = useProfile()?.name;
  const event = useExportEvent(tenant, job);
  if (event === null) return null;
  return (
    <Fact name={WORDS.by}>
      {event.actor === me ? LOG_WORDS.you : <AgentLine text={event.actor} className={styles.sans} />} ·{' '}
      <Link to={paths.log(place, tenant, event.seq)}>{WORDS.event(event.seq)}</Link>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
