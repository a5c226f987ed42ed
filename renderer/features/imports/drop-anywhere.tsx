import { Dropzone } from '@mantine/dropzone';
import { IconFileImport } from '@tabler/icons-react';
import { useDesk } from '../../queries/desk-context.tsx';
import { useShownTenant } from '../frame/use-shown-tenant.ts';
import { takeDropped, useDropped } from '../verify/dropped-store.ts';
import { useIncoming } from './import-store.ts';
import styles from './imports.module.css';
import { IMPORT_WORDS } from './words.ts';

/** Takes files that are dropped anywhere in the window: a ledger to import it, all else to see what it is worth first. */
export function DropAnywhere() {
  const { transport, api } = useDesk();
  const tenant = useShownTenant();
  const { state } = useIncoming();
  const dropped = useDropped().state;
  return (
    <Dropzone.FullScreen
      withinPortal={false}
      {...(transport.kind === 'desktop' ? { getFilesFromEvent: asDropped } : {})}
      active={rests(state) && rests(dropped)}
      onDrop={(files) => void takeDropped(() => transport.stageFiles(files), api, tenant)}
      classNames={{ inner: styles.drop ?? '' }}
    >
      <IconFileImport size={32} aria-hidden="true" />
      <strong>{IMPORT_WORDS.drop.title}</strong>
      <span>{IMPORT_WORDS.drop.note}</span>
    </Dropzone.FullScreen>
  );
}

const rests = (state: string): boolean => state === 'idle' || state === 'failed';

/**
 * What was dropped as the system gave it, folders too: the desktop asks the system for their paths. (A browser has none;
 * there the drop zone itself reads a folder's files.)
 */
async function asDropped(event: unknown): Promise<(File | DataTransferItem)[]> {
  const { type, dataTransfer } = event as DragEvent;
  if (dataTransfer === null || dataTransfer === undefined) return [];
  return type === 'drop' ? [...dataTransfer.files] : [...dataTransfer.items];
}
