import type { QueueRow } from '../../../shared/contract/queue.ts';

/** A row on screen. `gone`: it is no longer in the list, and stays struck until the changes are shown. */
export interface ShownRow {
  readonly row: QueueRow;
  readonly gone: boolean;
}

/** What is on screen, what was held back from it, and whether the list goes on at either end. */
export interface ShownList {
  readonly rows: readonly ShownRow[];
  /** Rows that came and are not shown yet. */
  readonly news: number;
  /** Rows that went, or stand elsewhere now. */
  readonly changed: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

export interface FreshList {
  readonly rows: readonly QueueRow[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

export const rowKey = ({ id, event }: { id: string; event: string }): string => `${event} ${id}`;

/**
 * Brings a fresh read into a shown list so that nothing moves under the hand: rows on screen keep their places and take
 * their new content, rows that went stay as `gone`, rows that came in between are only counted. What paging added at
 * either end is taken in, what the window dropped there is let go. Without a shown list all is shown as it is.
 */
export function reconcile(shown: ShownList | null, fresh: FreshList): ShownList {
  const places = new Map(fresh.rows.map((row, at) => [rowKey(row), at]));
  const kept = (shown?.rows ?? []).filter(({ row }) => places.has(rowKey(row)));
  const whole = !fresh.hasPrevious && !fresh.hasNext;
  if (shown === null || shown.rows.length === 0 || (kept.length === 0 && !whole)) return asItIs(fresh);
  const at = kept.map(({ row }) => places.get(rowKey(row)) ?? 0);
  const first = at.length === 0 ? fresh.rows.length : Math.min(...at);
  const last = at.length === 0 ? -1 : Math.max(...at);
  const before = shown.hasPrevious ? fresh.rows.slice(0, first) : [];
  const after = shown.hasNext ? fresh.rows.slice(last + 1) : [];
  const middle = stillThere(shown.rows, fresh, places);
  const rows = [...before.map(here), ...middle, ...after.map(here)];
  const gone = middle.filter((row) => row.gone).length;
  return {
    rows,
    news: fresh.rows.length - before.length - after.length - kept.length,
    changed: gone + (at.length - longestAscent(at)),
    hasPrevious: fresh.hasPrevious,
    hasNext: fresh.hasNext,
  };
}

function asItIs(fresh: FreshList): ShownList {
  return { rows: fresh.rows.map(here), news: 0, changed: 0, hasPrevious: fresh.hasPrevious, hasNext: fresh.hasNext };
}

const here = (row: QueueRow): ShownRow => ({ row, gone: false });

/** Shown rows with their new content. A missing one is gone, unless it lies where the loaded window has been cut. */
function stillThere(
  shown: readonly ShownRow[],
  fresh: FreshList,
  places: ReadonlyMap<string, number>,
): readonly ShownRow[] {
  const isKept = (entry: ShownRow): boolean => places.has(rowKey(entry.row));
  const from = fresh.hasPrevious ? shown.findIndex(isKept) : 0;
  const to = fresh.hasNext ? shown.findLastIndex(isKept) + 1 : shown.length;
  return shown.slice(from, to).map((entry) => {
    const place = places.get(rowKey(entry.row));
    const row = place === undefined ? undefined : fresh.rows[place];
    return row === undefined ? { row: entry.row, gone: true } : { row, gone: false };
  });
}

/** Length of the longest ascending subsequence (patience sorting): the fewest rows have moved that way. */
function longestAscent(places: readonly number[]): number {
  const tops: number[] = [];
  for (const place of places) {
    const at = tops.findIndex((top) => top >= place);
    if (at < 0) tops.push(place);
    else tops[at] = place;
  }
  return tops.length;
}
