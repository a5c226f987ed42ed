import { Dropzone } from '@mantine/dropzone';
import { IconFileImport } from '@tabler/icons-react';
import { useTransport } from '../../queries/desk-context.tsx';
import { bringIn, useIncoming } from './import-store.ts';
import styles from './imports.module.css';
import { IMPORT_WORDS } from './words.ts';

/** Takes files that are dropped anywhere in the window. */
export function DropAnywhere() {
  const transport = useTransport();
  const { state } = useIncoming();
  return (
    <Dropzone.FullScreen
      withinPortal={false}
      {...(transport.kind === 'desktop' ? { getFilesFromEvent: asDropped } : {})}
      active={state === 'idle' || state === 'failed'}
      onDrop={(files) => void bringIn(() => transport.stageFiles(files))}
      classNames={{ inner: styles.drop ?? '' }}
    >
      <IconFileImport size={32} aria-hidden="true" />
      <strong>{IMPORT_WORDS.drop.title}</strong>
      <span>{IMPORT_WORDS.drop.note}</span>
    </Dropzone.FullScreen>
  );
}

/**
 * What was dropped as the system gave it, folders too: the desktop asks the system for their paths. (A browser has none;
 * there the drop zone itself reads a folder's files.)
 */
async function asDropped(event: unknown): Promise<(File | DataTransferItem)[]> {
  const { type, dataTransfer } = event as DragEvent;
  if (dataTransfer === null || dataTransfer === undefined) return [];
  return type === 'drop' ? [...dataTransfer.files] : [...dataTransfer.items];
}
