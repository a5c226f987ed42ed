import { useTransport } from '../../queries/desk-context.tsx';
import { bringIn, useIncoming } from './import-store.ts';

/** Asks for files and opens the import dialog with them. */
export function useStartImport(): { pick: () => void; busy: boolean } {
  const transport = useTransport();
  const { state } = useIncoming();
  // A file dialog can be left open for long: only what follows it counts as busy.
  return {
    pick: () => void transport.pickFiles().then((files) => bringIn(async () => files)),
    busy: state === 'staging',
  };
}
