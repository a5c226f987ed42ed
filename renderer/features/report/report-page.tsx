import { useSearch } from '@tanstack/react-router';
import { ErrorState } from '../../components/error-state.tsx';
import { useGo } from '../../components/link.tsx';
import { useDesk, useDeskInfo, useTenant } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { Counting } from './counting.tsx';
import { type Days, daysOf, wholeDay } from './period.ts';
import { PeriodBar } from './period-bar.tsx';
import styles from './report.module.css';
import { ReportActions } from './report-actions.tsx';
import { ReportBody } from './report-body.tsx';
import { totalOf } from './series.ts';
import { useReport } from './use-report.ts';
import { words } from './words.ts';

/** The report of a tenant: `/t/{tenant}/report?from=…&to=…`, days of the reader's zone. */
export function ReportPage() {
  const tenant = useTenant() ?? '';
  const info = useDeskInfo();
  const { place } = useDesk();
  const go = useGo();
  const search = useSearch({ strict: false }) as { from?: string; to?: string };
  if (info === undefined) return null;
  const now = Date.parse(info.now);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const days = daysOf(search, now, zone);
  const choose = (chosen: Days): void => go(paths.report(place, tenant, { ...chosen }), { replace: true });
  return (
    <Shown key={`${place} ${tenant}`} tenant={tenant} days={days} zone={zone}>
      <PeriodBar days={days} zone={zone} now={now} onChoose={choose} />
    </Shown>
  );
}

interface ShownProps {
  readonly tenant: string;
  readonly days: Days;
  readonly zone: string;
  readonly children: React.ReactNode;
}

function Shown({ tenant, days, zone, children }: ShownProps) {
  const { data, error, progress, isFetching, refetch } = useReport({ tenant, ...days, zone });
  const period = `${wholeDay(days.from)} to ${wholeDay(days.to)}`;
  return (
    <div className={styles.page} data-printed="screen">
      <ReportActions
        tenant={tenant}
        note={data === undefined ? period : words.note(totalOf(data.report.numbers.decisions), period)}
        counted={isFetching ? undefined : data}
        onAgain={() => void refetch()}
      />
      {children}
      {isFetching && <Counting progress={progress} />}
      {!isFetching && error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!isFetching && error === null && data !== undefined && <ReportBody counted={data} />}
    </div>
  );
}
