// biome-ignore-all lint/a11y/useSemanticElements: a table can't have most of its rows left out; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid has one tab stop, the focused row

import { type RefObject, useEffect, useRef } from 'react';
import type { ListSort } from '../../../shared/contract/queue.ts';
import shared from '../../components/list-grid.module.css';
import { type CellFacts, type Column, gridTemplate } from './columns.tsx';
import styles from './grid.module.css';
import { GridRow } from './grid-row.tsx';
import type { ListMemory } from './list-memory.ts';
import { rowKey, type ShownRow } from './reconcile.ts';
import type { ListOnScreen } from './use-list.ts';
import { useRowWindow } from './use-row-window.ts';
import type { RowsInHand } from './use-rows.ts';
import { QUEUE_WORDS } from './words.ts';

const NEAR_END = 30;

interface GridProps {
  readonly label: string;
  readonly list: ListOnScreen;
  readonly rows: readonly ShownRow[];
  readonly hand: RowsInHand;
  readonly memory: ListMemory;
  readonly columns: readonly Column[];
  readonly wide: boolean;
  readonly sort: ListSort;
  readonly facts: CellFacts;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rowHeight: number;
  /** A narrow window: rows are cards, their cells carry their columns' names. */
  readonly cards: boolean;
}

/** The list as a grid of rows with one tab stop; only what is near the eye is in the document. */
export function Grid(props: GridProps) {
  const { label, list, rows, hand, memory, columns, wide, sort, facts, scroller, rowHeight, cards } = props;
  const window = useRowWindow(rows, scroller, hand.focused, memory, rowHeight, list.choice.anchor === 'end');
  const items = window.getVirtualItems();
  useMorePages(list, window.range?.startIndex ?? 0, window.range?.endIndex ?? 0, rows.length);
  useFocusFollows(scroller, hand.focused);
  const template = cards ? undefined : gridTemplate(columns, wide);
  const known = list.total.exact && list.before !== null;
  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={known ? list.total.n + 1 : -1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={list.stale}
      className={`${shared.grid} ${styles.grid}`}
      data-cards={cards || undefined}
      ref={scroller}
    >
      <Head columns={columns} template={template} sort={sort} rows={rows} hand={hand} />
      <div role="rowgroup" className={shared.body} style={{ height: rows.length * rowHeight }}>
        {items.map((item) => {
          const entry = rows[item.index];
          if (entry === undefined) return null;
          return (
            <GridRow
              key={item.key}
              row={entry.row}
              gone={entry.gone}
              columns={columns}
              template={template}
              top={item.index * rowHeight}
              index={(list.before ?? 0) + item.index + 2}
              at={item.index}
              focused={item.index === hand.focused}
              selected={hand.selected.has(rowKey(entry.row))}
              facts={facts}
              acts={hand.acts}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Asks for the next or previous page well before the eye is there, and while a page brought less than a screen. */
function useMorePages(list: ListOnScreen, first: number, last: number, count: number): void {
  const { more, fetching } = list;
  const next = last >= count - NEAR_END;
  const previous = first <= NEAR_END;
  useEffect(() => {
    if (fetching) return;
    if (next) more('next');
    else if (previous) more('previous');
  });
}

/**
 * While the focus is in the grid it stays on the focused row; a row that is drawn anew loses it to nobody, then it comes
 * back. A list that is shown takes the focus from nobody, never from a control.
 */
function useFocusFollows(scroller: RefObject<HTMLDivElement | null>, focused: number): void {
  const inside = useRef(true);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      inside.current = target instanceof Node && scroller.current?.contains(target) === true;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [scroller]);
  const drawn = useRef(focused);
  useEffect(() => {
    const moved = drawn.current !== focused;
    drawn.current = focused;
    const nobody = document.activeElement === document.body;
    if (inside.current && (moved || nobody)) focusRow(scroller.current);
  });
}

/** Gives the focus to the row that has the tab stop. */
export function focusRow(grid: HTMLElement | null): void {
  grid?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus({ preventScroll: true });
}

interface HeadProps {
  readonly columns: readonly Column[];
  readonly template: string | undefined;
  readonly sort: ListSort;
  readonly rows: readonly ShownRow[];
  readonly hand: RowsInHand;
}

function Head({ columns, template, sort, rows, hand }: HeadProps) {
  const all = rows.length > 0 && rows.every(({ row }) => hand.selected.has(rowKey(row)));
  const toggleAll = (): void => hand.acts.select(all ? [] : rows.map(({ row }) => rowKey(row)));
  return (
    <div role="rowgroup" className={`${shared.head} ${styles.head}`}>
      <div
        role="row"
        aria-rowindex={1}
        className={`${shared.headRow} ${styles.headRow}`}
        style={{ gridTemplateColumns: template }}
      >
        <div role="columnheader" className={styles.box}>
          <input type="checkbox" checked={all} onChange={toggleAll} aria-label="Select the loaded rows" />
        </div>
        {columns.map(({ name, end, sorted }) => (
          <div
            key={name}
            role="columnheader"
            className={styles.headCell}
            data-end={end}
            aria-sort={sorted?.by === sort ? sorted.aria : undefined}
          >
            {QUEUE_WORDS.columns[name]}
            {sorted?.by === sort && <span aria-hidden="true"> {sorted.aria === 'ascending' ? '↑' : '↓'}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
