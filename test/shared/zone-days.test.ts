import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayAt,
  daysBetween,
  instantAt,
  isDay,
  isZone,
  startOfDay,
  weekdayOf,
} from '../../shared/domain/zone-days.ts';

const utc = (ms: number) => new Date(ms).toISOString();
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/Sao_Paulo',
  'Africa/Cairo',
];

describe('days of a zone', () => {
  test('a day is a date of the calendar, and a zone one that the system knows', () => {
    expect(['2026-02-28', '2028-02-29', '1970-01-01', '2999-12-31'].every(isDay)).toBe(true);
    const no = ['2026-02-29', '2026-13-01', '2026-1-1', '1969-12-31', '3000-01-01', '', '2026-11-15T00:00:00Z', 'x'];
    expect(no.filter(isDay)).toEqual([]);
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(['', 'Europe/Nowhere', '../etc', 'x'.repeat(60)].filter(isZone)).toEqual([]);
  });

  test('days are counted by the calendar, over leap days and ends of years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-03-01', '2027-03-01')).toBe(365);
    expect([weekdayOf('2026-11-16'), weekdayOf('2026-11-22')]).toEqual([1, 7]);
  });

  test('a day begins where its clocks say so, also where they change', () => {
    expect(utc(startOfDay('2026-11-15', 'Europe/Berlin'))).toBe('2026-11-14T23:00:00.000Z');
    expect(utc(startOfDay('2026-07-15', 'Asia/Kathmandu'))).toBe('2026-07-14T18:15:00.000Z');
    // Clocks went forward at midnight: the day began at one o'clock.
    expect(utc(startOfDay('2018-11-04', 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
    // Samoa left a day out: it is empty.
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(startOfDay('2011-12-31', 'Pacific/Apia'));
  });

  test('a time that is skipped is when the clocks go forward, one that comes twice the first', () => {
    expect(utc(instantAt('2026-03-29', '02:30', 'Europe/Berlin'))).toBe('2026-03-29T01:00:00.000Z');
    expect(utc(instantAt('2026-10-25', '02:30', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z');
    expect(utc(instantAt('2026-11-15', '06:00', 'America/New_York'))).toBe('2026-11-15T11:00:00.000Z');
  });

  test('every instant is in the day whose beginning and end lie around it', () => {
    const instant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2040-01-01') });
    fc.assert(
      fc.property(instant, fc.constantFrom(...ZONES), (ms, zone) => {
        const day = dayAt(ms, zone);
        expect(startOfDay(day, zone)).toBeLessThanOrEqual(ms);
        expect(startOfDay(addDays(day, 1), zone)).toBeGreaterThan(ms);
      }),
    );
  });
});
