/**
 * Days and times of day as a zone's clocks show them. A day is `YYYY-MM-DD`, a time `HH:MM`, a zone an IANA name; no
 * rule of a zone is known here but those of the system (ECMA-402).
 */
const DAY = /^(?:19[7-9]\d|2\d{3})-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
/** No clock is farther from UTC than this, so a day's first instant lies within it. */
const FARTHEST_MS = 16 * 3_600_000;

/** Whether the text is a day of the calendar, from 1970 to 2999. */
export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(utcOf(text)) && addDays(text, 0) === text;
}

/** Whether the system knows a zone of this name. */
export function isZone(name: string): boolean {
  try {
    return clockOf(name) !== null;
  } catch {
    return false;
  }
}

/** The day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(utcOf(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days later `to` is than `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to) - utcOf(from)) / DAY_MS);
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf(day: string): number {
  return new Date(utcOf(day)).getUTCDay() || 7;
}

/** The day on the zone's clocks at an instant, epoch milliseconds. */
export function dayAt(ms: number, zone: string): string {
  return localText(ms, zone).slice(0, 10);
}

/**
 * The first instant, epoch milliseconds, at which the zone's clocks show that day and time or a later one: of a time that
 * is skipped in spring that is when they go forward, of one that comes twice in autumn it is the first.
 */
export function instantAt(day: string, time: string, zone: string): number {
  const wanted = `${day} ${time}:00`;
  const guess = utcOf(day) + minutesOf(time) * 60_000;
  let [before, at] = [(guess - FARTHEST_MS) / 1000, (guess + FARTHEST_MS) / 1000];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (localText(middle * 1000, zone) < wanted) before = middle;
    else at = middle;
  }
  return at * 1000;
}

/** When the day begins in the zone. One that its clocks leave out begins where the next one does. */
export function startOfDay(day: string, zone: string): number {
  return instantAt(day, '00:00', zone);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function utcOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  clocks.set(zone, made);
  return made;
}

/** `2026-11-15 16:28:14`: the order of these texts is that of what the clocks show. */
function localText(ms: number, zone: string): string {
  return clockOf(zone).format(ms);
}
