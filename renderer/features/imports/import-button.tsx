import { IconFileImport } from '@tabler/icons-react';
import { Button } from '../../components/button.tsx';
import { useStartImport } from './use-start-import.ts';
import { IMPORT_WORDS } from './words.ts';

/** Asks for files to import. */
export function ImportButton() {
  const { pick, busy } = useStartImport();
  return (
    <Button icon={IconFileImport} onClick={pick} disabled={busy}>
      {IMPORT_WORDS.page.import}
    </Button>
  );
}
