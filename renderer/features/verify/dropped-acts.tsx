import { useMutation } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useActing, useDesk, useTenant } from '../../queries/desk-context.tsx';
import { announceOwnChange } from '../escalation/own-changes.ts';
import { bringIn } from '../imports/import-store.ts';
import { forgetDropped, type VerifiedFile } from './dropped-store.ts';
import { canBeImported } from './incoming-kind.ts';
import styles from './verify.module.css';
import { words } from './words.ts';

const WORDS = words.file;

/** What can become of files that were looked at: imported, attached to the escalation on screen, or nothing. */
export function DroppedActs({ files }: { files: readonly VerifiedFile[] }) {
  const { q } = useDesk();
  const acting = useActing();
  const target = useEscalationOnScreen();
  const attach = useMutation(q.escalation.attach.mutationOptions());
  // One attempt, one key: sent again after a lost answer it acts once.
  const [attempt] = useState(acting);
  const evidence = files.filter(({ report }) => ['vep', 'capsule', 'token'].includes(report.kind));
  const imports = files.some(({ report }) => canBeImported(report.kind));
  const startImport = (): void => {
    forgetDropped();
    void bringIn(async () => files.map(({ file }) => file));
  };
  const attachAll = (): void => {
    if (target === null) return;
    announceOwnChange();
    const staged = evidence.map(({ file }) => file.staged);
    attach.mutate({ ...attempt, ...target, files: staged }, { onSuccess: forgetDropped });
  };
  return (
    <>
      {attach.error !== null && <ErrorState error={attach.error} />}
      <div className={styles.buttons}>
        {imports && <Button onClick={startImport}>{WORDS.import}</Button>}
        {target !== null && evidence.length > 0 && (
          <Button look="strong" onClick={attachAll} disabled={attach.isPending}>
            {WORDS.attach}
          </Button>
        )}
        <Button look="strong" onClick={forgetDropped} data-autofocus>
          {WORDS.close}
        </Button>
      </div>
    </>
  );
}

/** The escalation whose page the window shows; null on every other screen. */
function useEscalationOnScreen(): { tenant: string; id: string; event: string } | null {
  const tenant = useTenant();
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  const { id, event } = search as { id?: string; event?: string };
  if (tenant === null || !pathname.endsWith('/e') || id === undefined || event === undefined) return null;
  return { tenant, id, event };
}
