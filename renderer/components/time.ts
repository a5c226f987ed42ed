const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How urgent a deadline is: `warn` and `bad` by the tenant's minutes, `past` once it is over. */
export type Urgency = 'none' | 'calm' | 'warn' | 'bad' | 'past';

export interface UrgencyMinutes {
  readonly warn: number;
  readonly bad: number;
}

/** Until the tenant's settings are known, and where none are set. */
export const USUAL_MINUTES: UrgencyMinutes = { warn: 240, bad: 30 };

/** The time left, rounded down: `48 s`, `42 min`, `7 h 02 min`, from 24 hours `2 d 4 h`; `0 s` from zero on. */
export function leftText(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  const hours = Math.floor(ms / HOUR);
  if (ms < DAY) return `${hours} h ${String(Math.floor((ms % HOUR) / MINUTE)).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The largest unit alone, for narrow columns: `3 h`, `2 d`. */
export function ageText(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return ms < DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}

export function urgencyOf(leftMs: number, minutes: UrgencyMinutes): Urgency {
  if (leftMs <= 0) return 'past';
  if (leftMs <= minutes.bad * MINUTE) return 'bad';
  return leftMs <= minutes.warn * MINUTE ? 'warn' : 'calm';
}

/**
 * An instant in the reader's zone, near ones by their day: `11:18 today`, `Tue 04:31` within six days, else
 * `29 Nov 13:00`, with the year where it is another. `seconds` shows them too.
 */
export function instantWords(iso: string, nowMs: number, seconds = false): string {
  const at = new Date(iso);
  const now = new Date(nowMs);
  const time = clockText(at, seconds);
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (days === 0) return `${time} today`;
  if (Math.abs(days) <= 6) return `${weekday.format(at)} ${time}`;
  return `${at.getFullYear() === now.getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at)} ${time}`;
}

/** Hours, minutes and, if wanted, seconds in the reader's zone, 24 hours. */
export function clockText(at: Date | string, seconds = true): string {
  const date = new Date(at);
  return (seconds ? hms : hm).format(date);
}

/** `Mon 16 Nov 2026, 10:36:12 UTC+1`: names the zone, once a page. */
export function wholeMoment(ms: number): string {
  const date = new Date(ms);
  return `${dayAndDate(date)}, ${hms.format(date)} ${zoneText(date)}`;
}

function dayAndDate(date: Date): string {
  return `${weekday.format(date)} ${dayMonthYear.format(date)}`;
}

/** The reader's offset at that time: `UTC`, `UTC+1`, `UTC−3:30`. */
export function zoneText(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const whole = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${whole}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** The day of an instant in UTC, as validities are written: `1 Oct 2026`. */
export function dateText(iso: string): string {
  return utcDay.format(new Date(iso));
}

/** An instant without its fraction, as it stands in files: `2026-11-16T10:18:00Z`. */
export function utcText(iso: string): string {
  return iso.replace(/\.\d+Z$/, 'Z');
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

const LOCALE = 'en-GB';
const hm = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const hms = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: 'short' });
const dayMonth = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
const utcDay = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
