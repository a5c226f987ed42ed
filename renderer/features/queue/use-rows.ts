import { useMemo, useRef, useState } from 'react';
import type { ListMemory } from './list-memory.ts';
import { rowKey, type ShownRow } from './reconcile.ts';

/** What a person does with rows, by their place in the list. The functions stay the same as long as the list does. */
export interface RowActs {
  readonly focusAt: (at: number) => void;
  readonly toggle: (at: number) => void;
  /** Moves the focus and takes the rows from the one that had it into the selection. */
  readonly extendTo: (at: number) => void;
  readonly select: (keys: Iterable<string>) => void;
  readonly open: (at: number) => void;
}

export interface RowsInHand {
  /** The row with the one tab stop; -1 in an empty list. */
  readonly focused: number;
  readonly selected: ReadonlySet<string>;
  readonly acts: RowActs;
}

/**
 * Focus and selection by what rows are, not by where they stand; both outlive the screen in `memory`. A list without a
 * memory begins at its first row, or `fromEnd` at its last.
 */
export function useRows(
  rows: readonly ShownRow[],
  memory: ListMemory,
  fromEnd: boolean,
  open: (entry: ShownRow) => void,
): RowsInHand {
  const begin = () => ({ key: memory.focus, at: fromEnd ? Number.MAX_SAFE_INTEGER : 0 });
  const [focus, setFocus] = useState(begin);
  const [selected, setSelected] = useState(memory.selected);
  const [of, setOf] = useState(memory);
  if (of !== memory) {
    setOf(memory);
    setFocus(begin());
    setSelected(memory.selected);
  }
  const found = rows.findIndex(({ row }) => rowKey(row) === focus.key);
  const focused = found >= 0 ? found : Math.min(focus.at, rows.length - 1);
  // From the first rows on the focus is a row's, not a place's: pages come before it too.
  if (focus.key === null && rows.length > 0) setFocus({ key: keyAt(rows, focused), at: focused });
  const latest = useRef({ rows, focused, selected, open });
  latest.current = { rows, focused, selected, open };
  const acts = useMemo(() => {
    const focusAt = (at: number): void => {
      const inside = Math.max(0, Math.min(at, latest.current.rows.length - 1));
      memory.focus = keyAt(latest.current.rows, inside);
      setFocus({ key: memory.focus, at: inside });
    };
    const select = (keys: Iterable<string>): void => {
      memory.selected = new Set(keys);
      setSelected(memory.selected);
    };
    const toggle = (at: number): void => {
      const key = keyAt(latest.current.rows, at);
      const had = latest.current.selected;
      if (key !== null) select(had.has(key) ? [...had].filter((other) => other !== key) : [...had, key]);
    };
    const extendTo = (at: number): void => {
      const from = Math.max(0, Math.min(at, latest.current.focused));
      const to = Math.max(at, latest.current.focused);
      const keys = latest.current.rows.slice(from, to + 1).map(({ row }) => rowKey(row));
      select([...latest.current.selected, ...keys]);
      focusAt(at);
    };
    const openAt = (at: number): void => {
      const entry = latest.current.rows[at];
      if (entry !== undefined) latest.current.open(entry);
    };
    return { focusAt, select, toggle, extendTo, open: openAt };
  }, [memory]);
  return { focused, selected, acts };
}

function keyAt(rows: readonly ShownRow[], at: number): string | null {
  const entry = rows[at];
  return entry === undefined ? null : rowKey(entry.row);
}
