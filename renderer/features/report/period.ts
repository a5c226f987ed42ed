import { LONGEST_DAYS } from '../../../shared/contract/report.ts';
import { addDays, dayAt, daysBetween, isDay } from '../../../shared/domain/zone-days.ts';

/** The days of a report, both in it. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Periods that end today, in days. */
export const PRESETS = { week: 7, month: 30, quarter: 90, year: 365 } as const;
export type Preset = keyof typeof PRESETS;

export function isPreset(name: string): name is Preset {
  return name in PRESETS;
}

/** The preset's days, the last of which is today in the zone. */
export function presetDays(preset: Preset, now: number, zone: string): Days {
  const to = dayAt(now, zone);
  return { from: addDays(to, 1 - PRESETS[preset]), to };
}

/** The days that an address names; where it names none that can be, the last 30. */
export function daysOf(search: { from?: string; to?: string }, now: number, zone: string): Days {
  const { from = '', to = '' } = search;
  return isPeriod({ from, to }) ? { from, to } : presetDays('month', now, zone);
}

/** Whether a report can be of these days. */
export function isPeriod({ from, to }: Days): boolean {
  if (!isDay(from) || !isDay(to)) return false;
  const days = daysBetween(from, to);
  return days >= 0 && days < LONGEST_DAYS;
}

/** Which preset the days are, if any. */
export function presetOf(days: Days, now: number, zone: string): Preset | null {
  const names = Object.keys(PRESETS) as Preset[];
  return names.find((name) => presetDays(name, now, zone).from === days.from && dayAt(now, zone) === days.to) ?? null;
}

const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const whole = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `15 Nov`, as on an axis. */
export function shortDay(day: string): string {
  return short.format(new Date(day));
}

/** `15 Nov 2026`. */
export function wholeDay(day: string): string {
  return whole.format(new Date(day));
}
