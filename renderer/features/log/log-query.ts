import type { LogRow } from '../../../shared/contract/log.ts';

/** Events above one that is gone to, so that it stands in its surroundings. */
const ABOVE = 12;
/** So close to the newest event the list begins with that. */
const NEAR = 60;

/** Where a list begins that is to show an event: before which event it reads; `size`: with the newest. */
export function topFor(event: number | null, size: number): number {
  return event === null || size - event <= NEAR ? size : event + 1 + ABOVE;
}

/** The event that an address names; null where it names none. */
export function eventOf(text: string | undefined): number | null {
  return text !== undefined && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null;
}

/**
 * The row with the focus: that of the event, else the next older one that is loaded, since a filter may hide the event
 * itself; the last where all loaded are newer. -1 in an empty list.
 */
export function focusedAt(rows: readonly Pick<LogRow, 'seq'>[], event: number | null): number {
  if (rows.length === 0) return -1;
  if (event === null) return 0;
  const found = rows.findIndex(({ seq }) => Number(seq) <= event);
  return found < 0 ? rows.length - 1 : found;
}

/** The event that a place of a verification's result names: `event 131`, `statement of event 131`; null: none. */
export function eventInPlace(place: string): number | null {
  const found = /\bevent (\d{1,15})\b/.exec(place)?.[1];
  return found === undefined ? null : Number(found);
}
