// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: rows take the focus, so the table is a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid has one tab stop, the focused row
import { SegmentedControl } from '@mantine/core';
import { IconBan, IconFlag, IconInfoCircle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportResult, ReportRow } from '../../../shared/contract/transfer.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { useKeys } from '../../components/keys.ts';
import { Loading } from '../../components/loading.tsx';
import { numberText } from '../../components/numbers.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import styles from './imports.module.css';
import { reportCounts } from './report-counts.ts';
import { RowDetail } from './row-detail.tsx';
import { IMPORT_WORDS } from './words.ts';

const WORDS = IMPORT_WORDS.report;
const TABS = ['all', 'refused', 'finding'] as const;
type Tab = (typeof TABS)[number];

/** The report's rows, refused first, a tab a kind; below them the row that has the focus, as it stands in the file. */
export function ReportRows({ jobId, result }: { jobId: string; result: ImportResult }) {
  const { q } = useDesk();
  const [tab, setTab] = useState<Tab>('all');
  const [at, setAt] = useState(0);
  const query = useInfiniteQuery(
    q.transfer.report.infiniteOptions({
      input: (after: number) => ({ job_id: jobId, after, ...(tab === 'all' ? {} : { severity: tab }) }),
      initialPageParam: 0,
      getNextPageParam: ({ next_after }) => next_after,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const focused = Math.min(at, rows.length - 1);
  const move = (step: number): void => {
    const next = Math.max(0, Math.min(focused + step, rows.length - 1));
    setAt(next);
    document.querySelector<HTMLElement>(`[data-report-row="${next}"]`)?.focus();
  };
  useKeys({ j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1) });
  const counts = reportCounts(result);
  const label = (value: Tab): string => {
    const n = counts[value];
    return n === null ? WORDS.tabs[value] : `${WORDS.tabs[value]} ${numberText(n)}`;
  };
  const choose = (value: string): void => {
    setTab(value as Tab);
    setAt(0);
  };
  const row = rows[focused];
  return (
    <>
      <div className={styles.tabs}>
        <SegmentedControl value={tab} onChange={choose} data={TABS.map((value) => ({ value, label: label(value) }))} />
      </div>
      {query.error !== null && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.isSuccess && rows.length === 0 && <p className={styles.empty}>{WORDS.empty}</p>}
      {rows.length > 0 && <Table rows={rows} focused={focused} onFocus={setAt} />}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            {WORDS.more}
          </Button>
        </div>
      )}
      {row !== undefined && <RowDetail row={row} />}
    </>
  );
}

interface TableProps {
  readonly rows: readonly ReportRow[];
  readonly focused: number;
  readonly onFocus: (at: number) => void;
}

function Table({ rows, focused, onFocus }: TableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table} role="grid" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th className={styles.result}>{WORDS.columns.result}</th>
            <th className={styles.code}>{WORDS.columns.code}</th>
            <th>{WORDS.columns.where}</th>
            <th>{WORDS.columns.what}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr
              key={row.n}
              data-report-row={at}
              tabIndex={at === focused ? 0 : -1}
              aria-selected={at === focused}
              onFocus={() => onFocus(at)}
              onClick={() => onFocus(at)}
            >
              <td role="gridcell">
                <Severity severity={row.severity} />
              </td>
              <td role="gridcell">
                <code>{row.code}</code>
              </td>
              <td role="gridcell" className={styles.cut}>
                <AgentLine text={row.locator} className="mono" />
              </td>
              <td role="gridcell" className={`${styles.cut} ${styles.said}`}>
                <AgentLine text={row.message} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ICONS = { refused: IconBan, finding: IconFlag, info: IconInfoCircle };

function Severity({ severity }: { severity: ReportRow['severity'] }) {
  const Icon = ICONS[severity];
  return (
    <span className={styles.severity} data-severity={severity}>
      <Icon size={14} aria-hidden="true" />
      {WORDS.severity[severity]}
    </span>
  );
}
