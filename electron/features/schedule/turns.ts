import type { ScheduledTurn } from '../../../shared/contract/schedule.ts';
import { addDays, dayAt, daysBetween, instantAt, weekdayOf } from '../../../shared/domain/zone-days.ts';

/** A turn that is due: it covers the days from `from` to before `until`, and makes up for so many that did not come about. */
export interface DueTurn {
  readonly from: string;
  readonly until: string;
  readonly madeUp: number;
}

/** The day from which a schedule that is made now covers all: the one, or the beginning of the week, that it is. */
export function firstDay(turn: ScheduledTurn, now: number): string {
  return onTurnDay(turn, dayAt(now, turn.zone));
}

/** The turn that is due, all that were missed in it; null while none is. */
export function dueTurn(turn: ScheduledTurn, coveredUntil: string, now: number): DueTurn | null {
  const until = latest(turn, now);
  const days = daysBetween(coveredUntil, until);
  if (days <= 0) return null;
  return { from: coveredUntil, until, madeUp: Math.ceil(days / lengthOf(turn)) - 1 };
}

/** When the next turn is, epoch milliseconds; of one that is due, when it has been. */
export function nextTurn(turn: ScheduledTurn, coveredUntil: string, now: number): number {
  const due = dueTurn(turn, coveredUntil, now);
  if (due !== null) return instantAt(due.until, turn.at, turn.zone);
  let day = latest(turn, now);
  while (day <= coveredUntil) day = addDays(day, lengthOf(turn));
  return instantAt(day, turn.at, turn.zone);
}

/** The day of the last turn whose time has come. */
function latest(turn: ScheduledTurn, now: number): string {
  const today = dayAt(now, turn.zone);
  return onTurnDay(turn, instantAt(today, turn.at, turn.zone) <= now ? today : addDays(today, -1));
}

function onTurnDay({ every, weekday }: ScheduledTurn, day: string): string {
  return every === 'day' ? day : addDays(day, -((weekdayOf(day) - weekday + 7) % 7));
}

function lengthOf({ every }: ScheduledTurn): number {
  return every === 'day' ? 1 : 7;
}
