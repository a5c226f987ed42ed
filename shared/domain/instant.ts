/** A moment as it was written: exact to the last digit, though the desk orders and prints nanoseconds only. */
export interface Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z; of a leap second those of the second before it. */
  readonly epochSeconds: number;
  /** The fraction's digits as they came, without the point; '' where there was none. */
  readonly fraction: string;
  /** Nanoseconds in the second, cut, not rounded. */
  readonly nanos: number;
  /** It is second 60 of its minute. */
  readonly leapSecond: boolean;
  /** It had more than nine digits: what is printed and compared by key is less than what came. */
  readonly finerThanNanos: boolean;
}

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)([Tt ])(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
const FIRST_SECOND = -62_167_219_200;
const LAST_SECOND = 253_402_300_799;

/**
 * Reads an RFC 3339 date-time (5.6): any offset, any number of fraction digits, `t` and `z` in lower case, year 0.
 * Null for everything else. Narrower than the grammar in two points: second 60 only where a leap second can be (5.7),
 * as the last second in UTC of a month's last day, and no moment whose year in UTC is not 0000 to 9999. A space for
 * the T is read only when asked for, as tokens of 1.6 need it.
 */
export function parseInstant(text: string, options: { spaceForT?: boolean } = {}): Instant | null {
  const parts = DATE_TIME.exec(text);
  if (parts === null || (parts[4] === ' ' && options.spaceForT !== true)) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 5, 6, 7].map((i) => Number(parts[i])) as Six;
  const offset = offsetSeconds(parts[9], parts[10], parts[11]);
  const leapSecond = second === 60;
  if (offset === null || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const inDay = hour * 3600 + minute * 60 + (leapSecond ? 59 : second);
  const epochSeconds = daysFromEpoch(year, month, day) * 86_400 + inDay - offset;
  if (epochSeconds < FIRST_SECOND || epochSeconds > LAST_SECOND) return null;
  if (leapSecond && !endsMonth(epochSeconds)) return null;
  const fraction = parts[8] ?? '';
  const nanos = Number(fraction.slice(0, 9).padEnd(9, '0'));
  return { epochSeconds, fraction, nanos, leapSecond, finerThanNanos: fraction.length > 9 };
}

type Six = [number, number, number, number, number, number];

/** The instant as RFC 3339 text in UTC, with as many fraction digits as came, nine at most; `Z`, never an offset. */
export function toUtcText(instant: Instant): string {
  const digits = instant.fraction.slice(0, 9);
  return `${secondText(instant)}${digits === '' ? '' : `.${digits}`}Z`;
}

/** Text of one width whose order as bytes is the order in time, to the nanosecond: an index key. */
export function instantKey(instant: Instant): string {
  return `${secondText(instant)}.${String(instant.nanos).padStart(9, '0')}Z`;
}

/** Negative, zero or positive as `a` is before, at or after `b`; exact beyond nanoseconds. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.epochSeconds !== b.epochSeconds) return a.epochSeconds - b.epochSeconds;
  if (a.leapSecond !== b.leapSecond) return a.leapSecond ? 1 : -1;
  const length = Math.max(a.fraction.length, b.fraction.length);
  const [left, right] = [a.fraction.padEnd(length, '0'), b.fraction.padEnd(length, '0')];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Milliseconds since 1970, cut, not rounded; a leap second counts as the last millisecond before it. */
export function toEpochMillis(instant: Instant): number {
  const inSecond = instant.leapSecond ? 999 : Math.floor(instant.nanos / 1_000_000);
  return instant.epochSeconds * 1000 + inSecond;
}

/** The instant of whole milliseconds since 1970, with three digits; null outside the years 0000 to 9999. */
export function instantFromEpochMillis(millis: number): Instant | null {
  const epochSeconds = Math.floor(millis / 1000);
  return withinYears(epochSeconds)
    ? makeInstant(epochSeconds, String(millis - epochSeconds * 1000).padStart(3, '0'))
    : null;
}

/** The instant of whole seconds since 1970, without a fraction; null outside the years 0000 to 9999. */
export function instantFromEpochSeconds(epochSeconds: number): Instant | null {
  return withinYears(epochSeconds) ? makeInstant(epochSeconds, '') : null;
}

function makeInstant(epochSeconds: number, fraction: string): Instant {
  const nanos = Number(fraction.padEnd(9, '0'));
  return { epochSeconds, fraction, nanos, leapSecond: false, finerThanNanos: false };
}

function withinYears(epochSeconds: number): boolean {
  return Number.isInteger(epochSeconds) && epochSeconds >= FIRST_SECOND && epochSeconds <= LAST_SECOND;
}

function secondText(instant: Instant): string {
  const text = new Date(instant.epochSeconds * 1000).toISOString().slice(0, 19);
  return instant.leapSecond ? `${text.slice(0, 17)}60` : text;
}

function offsetSeconds(sign?: string, hours?: string, minutes?: string): number | null {
  if (sign === undefined) return 0;
  const [h, m] = [Number(hours), Number(minutes)];
  if (h > 23 || m > 59) return null;
  return (sign === '-' ? -1 : 1) * (h * 3600 + m * 60);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 1970-01-01, by counting years from March so that the leap day comes last. */
function daysFromEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** Whether the second is 23:59:59 of a month's last day in UTC. */
function endsMonth(epochSeconds: number): boolean {
  return /-01T00:00:00/.test(new Date((epochSeconds + 1) * 1000).toISOString());
}
