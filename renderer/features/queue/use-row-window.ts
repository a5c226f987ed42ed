import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { ListMemory } from './list-memory.ts';
import { rowKey, type ShownRow } from './reconcile.ts';

/** Pixels of a row: one of a table, and a card of a narrow window. */
export const ROW_HEIGHT = { row: 48, card: 112 };
const OVERSCAN = 8;

/**
 * The rows near the viewport, always with the focused one, so that the focus is never unmounted. When rows come or go
 * at the front, the scroll moves along: what is under the eye stays there. Another list is shown as it was left, else
 * from its start or end.
 */
export function useRowWindow(
  rows: readonly ShownRow[],
  scroller: RefObject<HTMLDivElement | null>,
  focused: number,
  memory: ListMemory,
  height: number,
  fromEnd: boolean,
): Virtualizer<HTMLDivElement, Element> {
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const near = defaultRangeExtractor(range);
      return focused < 0 || near.includes(focused) ? near : [...near, focused].sort((a, b) => a - b);
    },
    [focused],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    rangeExtractor,
    initialOffset: memory.scroll,
    getItemKey: (at) => (rows[at] === undefined ? at : rowKey(rows[at].row)),
  });
  const arrived = useRef<ListMemory | null>(null);
  const top = useRef<{ key: string; at: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    const held = top.current;
    if (element === null) return;
    if (arrived.current !== memory) {
      arrived.current = memory;
      element.scrollTop = memory.focus !== null ? memory.scroll : fromEnd ? element.scrollHeight : 0;
    } else if (held !== null) {
      const at = rows.findIndex(({ row }) => rowKey(row) === held.key);
      if (at >= 0 && at !== held.at) element.scrollTop += (at - held.at) * height;
    }
    const remember = (): void => {
      const at = Math.floor(element.scrollTop / height);
      const entry = rows[at];
      top.current = entry === undefined ? null : { key: rowKey(entry.row), at };
      memory.scroll = element.scrollTop;
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [rows, scroller, memory, height, fromEnd]);
  return virtualizer;
}
