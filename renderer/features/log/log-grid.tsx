// biome-ignore-all lint/a11y/useSemanticElements: a table can't have most of its rows left out; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid has one tab stop, the focused row

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import shared from '../../components/list-grid.module.css';
import { Loading } from '../../components/loading.tsx';
import { zoneText } from '../../components/time.ts';
import { useProfile } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { type FoundFaults, faultOf, fileOf } from './about.ts';
import styles from './log.module.css';
import { LogRowView } from './log-row.tsx';
import { useJobFiles } from './use-job-files.ts';
import type { LogRows } from './use-log-rows.ts';
import { words } from './words.ts';

export const ROW_HEIGHT = 34;
const HEAD_HEIGHT = 30;
const OVERSCAN = 10;
const NEAR_END = 30;
/** From here on the numbers of events need more room. */
const LONG_LOG = 100_000;

interface LogGridProps {
  readonly list: LogRows;
  /** The row with the one tab stop. */
  readonly at: number;
  readonly size: number;
  readonly filtered: boolean;
  readonly faults: FoundFaults;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onFocus: (at: number) => void;
  readonly onClear: () => void;
}

/** The timeline as a grid with one tab stop; only what is near the eye is in the document. */
export function LogGrid(props: LogGridProps) {
  const { list, onClear, filtered } = props;
  if (list.error !== null && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.loading) return <Loading />;
  if (list.rows.length === 0) {
    return (
      <div className={styles.empty}>
        <p>{filtered ? words.noneOfKind : words.none}</p>
        {filtered && <Button onClick={onClear}>{words.clear}</Button>}
      </div>
    );
  }
  return <Rows {...props} />;
}

function Rows({ list, at, size, filtered, faults, scroller, onFocus }: LogGridProps) {
  const now = useDeskNow('minute');
  const me = useProfile()?.name;
  const files = useJobFiles();
  const { rows } = list;
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const near = defaultRangeExtractor(range);
      return at < 0 || near.includes(at) ? near : [...near, at].sort((a, b) => a - b);
    },
    [at],
  );
  const window = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    rangeExtractor,
    getItemKey: (n) => rows[n]?.seq ?? n,
  });
  const last = window.range?.endIndex ?? 0;
  useEffect(() => {
    if (last >= rows.length - NEAR_END) list.more();
  });
  useFocusFollows(scroller, at, rows[at]?.seq);
  return (
    <div
      role="grid"
      aria-label={words.grid}
      aria-rowcount={filtered ? -1 : size + 1}
      aria-colcount={5}
      aria-busy={list.fetching}
      className={shared.grid}
      data-long={size > LONG_LOG || undefined}
      ref={scroller}
    >
      <Head now={now} />
      <div role="rowgroup" className={`${shared.body} ${styles.body}`} style={{ height: rows.length * ROW_HEIGHT }}>
        {window.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <LogRowView
                key={item.key}
                row={row}
                fault={faultOf(row, faults)}
                file={fileOf(row, files)}
                top={item.index * ROW_HEIGHT}
                index={filtered ? item.index + 2 : size - Number(row.seq) + 1}
                focused={item.index === at}
                now={now}
                me={me}
                onFocus={() => onFocus(item.index)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function Head({ now }: { now: number }) {
  const { event, time, kind, about, by } = words.columns;
  return (
    <div role="rowgroup" className={shared.head}>
      <div role="row" aria-rowindex={1} className={`${shared.headRow} ${styles.headRow}`}>
        <div role="columnheader" aria-sort="descending" data-end>
          {event} <span aria-hidden="true">↓</span>
        </div>
        <div role="columnheader">
          {time}, {zoneText(new Date(now))}
        </div>
        <div role="columnheader">{kind}</div>
        <div role="columnheader">{about}</div>
        <div role="columnheader">{by}</div>
      </div>
    </div>
  );
}

/**
 * The row with the tab stop is in view. While the focus is in the grid it stays on that row, and a row that is drawn anew
 * loses it to nobody; the grid takes it from nobody, never from a control.
 */
function useFocusFollows(scroller: RefObject<HTMLDivElement | null>, at: number, seq: string | undefined): void {
  const inside = useRef(true);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      inside.current = target instanceof Node && scroller.current?.contains(target) === true;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [scroller]);
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    const grid = scroller.current;
    if (grid === null) return;
    const moved = shown.current !== seq;
    if (moved) bringIntoView(grid, at);
    shown.current = seq;
    if (inside.current && (moved || document.activeElement === document.body)) focusRow(grid);
  });
}

function bringIntoView(grid: HTMLElement, at: number): void {
  const top = at * ROW_HEIGHT;
  const room = grid.clientHeight - HEAD_HEIGHT - ROW_HEIGHT;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
}

function focusRow(grid: HTMLElement): void {
  grid.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus({ preventScroll: true });
}
