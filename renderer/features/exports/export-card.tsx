import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import type { Manifest } from '../../../shared/contract/transfer.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { bytesText, numberText } from '../../components/numbers.ts';
import { instantWords } from '../../components/time.ts';
import { useActing, useDesk, useTransport } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import type { DeliveredPart } from '../../transport/transport.ts';
import { JobStateSign } from '../imports/job-state.tsx';
import { dropTarget, useTarget } from './delivery.ts';
import { queryText } from './export-query.ts';
import styles from './exports.module.css';
import { VerifyAgain } from './verify-again.tsx';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.card;

/** One export: how far it is, then the file with what proves it. */
export function ExportCard({ job }: { job: Job }) {
  const now = useDeskNow('minute');
  return (
    <article className={styles.card}>
      <header className={styles.cardHead}>
        <JobStateSign state={job.state} />
        <h2>
          <AgentLine text={job.title} />
        </h2>
        <span className={styles.quiet}>{instantWords(job.started_at, now, true)}</span>
      </header>
      {job.state === 'running' && <Running job={job} />}
      {job.error !== null && (
        <p role="alert" className={styles.bad}>
          {job.error.message} {WORDS.failed} <code>{job.error.code}</code>
        </p>
      )}
      {job.manifest !== null && <Proof job={job} manifest={job.manifest} />}
    </article>
  );
}

function Running({ job }: { job: Job }) {
  const { q } = useDesk();
  const acting = useActing();
  const cancel = useMutation(q.job.cancel.mutationOptions());
  const { done, total, unit } = job.progress;
  return (
    <div className={styles.running}>
      <progress max={total ?? 1} value={total === null ? undefined : done} aria-label={WORDS.running} />
      {numberText(done)} {unit}
      <Button onClick={() => cancel.mutate({ ...acting(), job_id: job.job_id })} disabled={!cancel.isIdle}>
        {WORDS.stop}
      </Button>
    </div>
  );
}

function Proof({ job, manifest }: { job: Job; manifest: Manifest }) {
  const { search, redact = [], tenant } = manifest.query;
  return (
    <>
      <dl className={styles.facts}>
        <Fact name={WORDS.file}>
          <AgentLine text={manifest.file} className="mono" />
        </Fact>
        <Fact name={WORDS.size}>{bytesText(manifest.bytes)}</Fact>
        <Fact name={WORDS.sha256}>
          <Hash value={manifest.sha256} /> <CopyButton text={manifest.sha256} label={WORDS.copyHash} />
        </Fact>
        <Fact name={WORDS.rows}>{numberText(manifest.records)}</Fact>
        <Fact name={WORDS.query}>
          <code>{queryText(manifest.query)}</code>
          {search !== undefined && <AgentLine text={` search=${search}`} className="mono" />}
        </Fact>
        {redact.length > 0 && (
          <Fact name={WORDS.leftOut}>
            <code>{redact.join(', ')}</code>
          </Fact>
        )}
        {manifest.checkpoint !== undefined && (
          <Fact name={WORDS.checkpoint}>
            {WORDS.checkpointAt(manifest.checkpoint.size)} <Hash value={manifest.checkpoint.root} short />
          </Fact>
        )}
        <Fact name={WORDS.generator}>{manifest.generator}</Fact>
      </dl>
      <div className={styles.downloads}>
        <Download job={job} manifest={manifest} />
        <VerifyAgain tenant={tenant} manifest={manifest} />
      </div>
    </>
  );
}

/** In a browser file and manifest are fetched, each once; on the desktop they lie where they were asked for. */
function Download({ job, manifest }: { job: Job; manifest: Manifest }) {
  const transport = useTransport();
  const [used, setUsed] = useState<readonly DeliveredPart[]>([]);
  const staged = useTarget(job.job_id);
  if (transport.kind === 'desktop' || staged === null) return null;
  const download = async (part: DeliveredPart): Promise<void> => {
    await transport.deliver(staged, manifest.file, part);
    if (part === 'file') dropTarget(job.job_id);
    setUsed([...used, part]);
  };
  return (
    <>
      {!used.includes('file') && (
        <Button look="accent" icon={IconDownload} onClick={() => void download('file')}>
          {WORDS.download}
        </Button>
      )}
      {!used.includes('manifest') && (
        <Button look="strong" icon={IconDownload} onClick={() => void download('manifest')}>
          {WORDS.manifest}
        </Button>
      )}
      {used.includes('file') && <p className={styles.quiet}>{WORDS.downloaded}</p>}
    </>
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
