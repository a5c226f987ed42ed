import { IconChartBar, IconFileExport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { useGo } from '../../components/link.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { paths } from '../../queries/paths.ts';
import styles from './log.module.css';
import { words } from './words.ts';

/** The head of the screen: what the log is, and what can be done with all of it. */
export function LogActions({ tenant, size, running }: { tenant: string; size: number; running: boolean }) {
  const { q, place } = useDesk();
  const go = useGo();
  const acting = useActing();
  const sign = useMutation(q.log.checkpoint.mutationOptions());
  const verify = useMutation(q.log.verify.mutationOptions());
  const error = sign.error ?? verify.error;
  return (
    <>
      <PageHead title={words.title} note={words.note(size)}>
        <Button onClick={() => sign.mutate({ ...acting(), tenant })} disabled={sign.isPending || size === 0}>
          {words.sign}
        </Button>
        <Button onClick={() => verify.mutate({ ...acting(), tenant })} disabled={verify.isPending || running}>
          {words.verifyAll}
        </Button>
        <Button icon={IconChartBar} onClick={() => go(paths.report(place, tenant))}>
          {words.report}
        </Button>
        <Button look="strong" icon={IconFileExport} onClick={() => go(`${paths.exports(place, tenant)}?new=1`)}>
          {words.export}
        </Button>
      </PageHead>
      {error !== null && (
        <p className={styles.problem} role="alert">
          {errorFacts(error).message}
        </p>
      )}
    </>
  );
}
