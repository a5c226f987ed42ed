import { IconPrinter } from '@tabler/icons-react';
import type { ReportFormat } from '../../../shared/contract/report.ts';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { useLogHead } from '../log/use-log-head.ts';
import styles from './report.module.css';
import type { CountedReport } from './use-report.ts';
import { useSaveReport } from './use-save-report.ts';
import { words } from './words.ts';

interface ReportActionsProps {
  readonly tenant: string;
  readonly note: string;
  /** What can be printed and saved; none while it is counted. */
  readonly counted: CountedReport | undefined;
  readonly onAgain: () => void;
}

/** The head of the screen, and whether the log has gone on since the report was counted. */
export function ReportActions({ tenant, note, counted, onAgain }: ReportActionsProps) {
  const save = useSaveReport(tenant);
  const head = useLogHead(tenant).data;
  const start = (format: ReportFormat) => () => counted !== undefined && save.mutate({ counted, format });
  const off = counted === undefined || save.isPending;
  const seen = counted === undefined ? null : Number(counted.report.log.size) + counted.report.log.meanwhile;
  const since = head === undefined || seen === null ? 0 : Number(head.size) - seen;
  return (
    <>
      <PageHead title={words.title} note={note}>
        <Button icon={IconPrinter} onClick={() => window.print()} disabled={counted === undefined}>
          {words.print}
        </Button>
        <Button onClick={start('json')} disabled={off}>
          {words.json}
        </Button>
        <Button look="strong" onClick={start('csv')} disabled={off}>
          {words.csv}
        </Button>
      </PageHead>
      {save.error !== null && (
        <p className={styles.problem} role="alert">
          {errorFacts(save.error).message}
        </p>
      )}
      {save.data != null && (
        <p className={styles.said} role="status">
          {words.saved(save.data)}
        </p>
      )}
      {since > 0 && (
        <p className={styles.said}>
          {words.since(since)}{' '}
          <Button look="link" onClick={onAgain}>
            {words.again}
          </Button>
        </p>
      )}
    </>
  );
}
