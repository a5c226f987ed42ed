import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import type { Manifest } from '../../../shared/contract/transfer.ts';
import { Button } from '../../components/button.tsx';
import { useTransport } from '../../queries/desk-context.tsx';
import type { DeliveredPart } from '../../transport/transport.ts';
import { dropTarget, useTarget } from './delivery.ts';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.page;
const PARTS: readonly DeliveredPart[] = ['file', 'manifest', 'statement'];

/** In a browser the file and what lies beside it are fetched, each once; on the desktop they are where they were asked for. */
export function Downloads({ job, manifest }: { job: Job; manifest: Manifest }) {
  const transport = useTransport();
  const [used, setUsed] = useState<readonly DeliveredPart[]>([]);
  const staged = useTarget(job.job_id);
  if (transport.kind === 'desktop') return <p className={styles.wide}>{WORDS.beside}</p>;
  if (staged === null) return <p className={styles.wide}>{WORDS.gone}</p>;
  const download = async (part: DeliveredPart): Promise<void> => {
    await transport.deliver(staged, manifest.file, part);
    if (part === 'file') dropTarget(job.job_id);
    setUsed([...used, part]);
  };
  const left = PARTS.filter((part) => !used.includes(part));
  return (
    <>
      {left.map((part) => (
        <Button
          key={part}
          look={part === 'file' ? 'accent' : 'strong'}
          icon={IconDownload}
          onClick={() => void download(part)}
        >
          {WORDS.download[part]}
        </Button>
      ))}
      {used.includes('file') && <p className={styles.wide}>{WORDS.downloaded}</p>}
    </>
  );
}
