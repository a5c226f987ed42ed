import type { Deadline, DeadlinePart, Status } from './escalation.ts';
import { compareInstants, parseInstant, toEpochMillis } from './instant.ts';

/** Sorts after every deadline: what has none. The largest integer that every layer holds exactly. */
export const NO_DEADLINE_MS = Number.MAX_SAFE_INTEGER;

/** Epoch milliseconds of the earliest of `parts`; NO_DEADLINE_MS when there is none that can be read. */
export function earliestMs(parts: readonly DeadlinePart[]): number {
  let earliest = NO_DEADLINE_MS;
  for (const { at } of parts) earliest = Math.min(earliest, epochMs(at) ?? NO_DEADLINE_MS);
  return earliest;
}

/** Epoch milliseconds of an instant's text; null for what is none. */
export function epochMs(at: string): number | null {
  const instant = parseInstant(at);
  return instant === null ? null : toEpochMillis(instant);
}

/**
 * The deadline that counts: the earliest of the token's end, the agent's declared wait and the tenant's own limit,
 * with all of them beside it. Overdue is what is still active once it has passed; a decided one is not.
 */
export function deadlineOf(
  parts: readonly DeadlinePart[],
  state: { now: number; status: Status; pastOnArrival: boolean },
): Deadline | null {
  const all = parts.filter(({ at }) => parseInstant(at) !== null).toSorted(byTime);
  const first = all[0];
  if (first === undefined) return null;
  const overdue = state.status === 'ESCALATED' && isPast(first.at, state.now);
  return { ...first, overdue, past_on_arrival: state.pastOnArrival, all };
}

/** Whether the instant `at` lies before `now`, epoch milliseconds. */
export function isPast(at: string, now: number): boolean {
  const ms = epochMs(at);
  return ms !== null && ms < now;
}

function byTime(a: DeadlinePart, b: DeadlinePart): number {
  const [left, right] = [parseInstant(a.at), parseInstant(b.at)];
  return left === null || right === null ? 0 : compareInstants(left, right);
}
