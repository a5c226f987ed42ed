import { words } from './words.ts';

const MINUTE = 60_000;
/** At these minutes before a deadline an open form says so, also to who does not look at the strip. */
const SAID_AT = [30, 10, 5, 1];

/** Speaks up when the deadline comes near while a form is open. */
export function DeadlineAlert({ at, now }: { at: string | undefined; now: number }) {
  const left = at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at) - now;
  const reached = left <= 0 ? undefined : SAID_AT.findLast((minutes) => left <= minutes * MINUTE);
  return (
    <p className="visually-hidden" role="alert">
      {reached === undefined ? '' : words.deadlineNear(reached)}
    </p>
  );
}
