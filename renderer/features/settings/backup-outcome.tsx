import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { BackupResult } from '../../../shared/contract/backup.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { bytesText } from '../../components/numbers.ts';
import { useTransport } from '../../queries/desk-context.tsx';
import { JobBar } from '../jobs/job-bar.tsx';
import { KEEPING_WORDS } from './keeping-words.ts';
import styles from './settings.module.css';

const WORDS = KEEPING_WORDS.backup;

interface BackupOutcomeProps {
  readonly job: Job;
  /** Under which target the host has the file. */
  readonly staged: string;
  readonly done: string;
}

/** How a backup or a restore stands: how far, what went wrong, or the file with its digest and the logs in it. */
export function BackupOutcome({ job, staged, done }: BackupOutcomeProps) {
  if (job.state === 'running') return <JobBar job={job} label={WORDS.running} stop={WORDS.stop} />;
  if (job.state === 'cancelled') return <p role="status">{WORDS.stopped}</p>;
  const { error, backup_result: result } = job;
  if (error !== null || result === undefined) return <p role="alert">{error?.message}</p>;
  return (
    <>
      <p role="status">{done}</p>
      <Facts result={result} />
      <Download staged={staged} file={result.file} />
    </>
  );
}

function Facts({ result: { file, bytes, sha256, tenants } }: { result: BackupResult }) {
  return (
    <dl className={styles.facts}>
      <dt>{WORDS.file}</dt>
      <dd>
        <AgentLine text={file} className="mono" />
      </dd>
      <dt>{WORDS.size}</dt>
      <dd>{bytesText(bytes)}</dd>
      <dt>{WORDS.sha256}</dt>
      <dd>
        <Hash value={sha256} /> <CopyButton text={sha256} label={WORDS.sha256} />
      </dd>
      <dt>{WORDS.logs}</dt>
      <dd>
        <ul className={styles.list}>
          {tenants.map(({ tenant, size }) => (
            <li key={tenant}>
              <AgentLine text={WORDS.events(tenant, size)} className={styles.sans} />
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  );
}

/** A browser fetches the file once; on the desktop it lies where it was asked for. */
function Download({ staged, file }: { staged: string; file: string }) {
  const transport = useTransport();
  const [used, setUsed] = useState(false);
  if (transport.kind === 'desktop' || used) return null;
  const download = (): void => {
    setUsed(true);
    void transport.deliver(staged, file, 'file');
  };
  return (
    <div className={styles.line}>
      <Button look="accent" icon={IconDownload} onClick={download}>
        {WORDS.download}
      </Button>
    </div>
  );
}
