/** A hold never reaches closer to a deadline than this. */
const BEFORE_DEADLINE_MS = 5000;
/** A hold shorter than this is none: nobody could use it. */
const SHORTEST_MS = 3000;

/**
 * How long a decision waits for an undo, in milliseconds; 0 for none. The profile's length; before a deadline at most
 * the time left less 5 s, none under 3 s; once it has passed the full length, since there is nothing left to miss.
 */
export function holdLength(profileSeconds: number, deadlineMs: number | null, now: number): number {
  const full = profileSeconds * 1000;
  if (deadlineMs === null || deadlineMs <= now) return full;
  const length = Math.min(full, deadlineMs - now - BEFORE_DEADLINE_MS);
  return length < SHORTEST_MS ? 0 : length;
}
