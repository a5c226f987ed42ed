import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueTurn, firstDay, nextTurn } from '../../../electron/features/schedule/turns.ts';
import type { ScheduledTurn } from '../../../shared/contract/schedule.ts';
import { daysBetween, weekdayOf } from '../../../shared/domain/zone-days.ts';

const daily: ScheduledTurn = { every: 'day', weekday: 1, at: '06:00', zone: 'Europe/Berlin' };
const weekly: ScheduledTurn = { ...daily, every: 'week', weekday: 1 };
const at = (text: string) => Date.parse(text);
const utc = (ms: number) => new Date(ms).toISOString();
const HOUR = 3_600_000;

describe('the turns of a scheduled export', () => {
  test('each day: the first turn is tomorrow’s and covers today whole', () => {
    const made = at('2026-11-15T15:28:14Z');
    const from = firstDay(daily, made);
    expect(from).toBe('2026-11-15');
    expect(dueTurn(daily, from, made)).toBeNull();
    expect(utc(nextTurn(daily, from, made))).toBe('2026-11-16T05:00:00.000Z');
    expect(dueTurn(daily, from, at('2026-11-16T04:59:59Z'))).toBeNull();
    expect(dueTurn(daily, from, at('2026-11-16T05:00:00Z'))).toEqual({ from, until: '2026-11-16', madeUp: 0 });
  });

  test('each week: from the beginning of this one, on its day', () => {
    const made = at('2026-11-15T15:28:14Z');
    const from = firstDay(weekly, made);
    expect(from).toBe('2026-11-09');
    expect(utc(nextTurn(weekly, from, made))).toBe('2026-11-16T05:00:00.000Z');
    expect(dueTurn(weekly, from, at('2026-11-18T12:00:00Z'))).toEqual({ from, until: '2026-11-16', madeUp: 0 });
  });

  test('turns that did not come about are made up for by one, of all their days', () => {
    expect(dueTurn(daily, '2026-11-15', at('2026-11-20T09:00:00Z'))).toEqual({
      from: '2026-11-15',
      until: '2026-11-20',
      madeUp: 4,
    });
    expect(dueTurn(weekly, '2026-11-09', at('2026-12-01T09:00:00Z'))).toEqual({
      from: '2026-11-09',
      until: '2026-11-30',
      madeUp: 2,
    });
  });

  test('the time of day is that of the zone’s clocks, before and after they change', () => {
    expect(utc(nextTurn(daily, '2026-10-24', at('2026-10-24T12:00:00Z')))).toBe('2026-10-25T05:00:00.000Z');
    expect(utc(nextTurn(daily, '2026-10-23', at('2026-10-23T12:00:00Z')))).toBe('2026-10-24T04:00:00.000Z');
  });

  test('however often it is looked at, the turns follow each other without a gap and without a day twice', () => {
    const start = at('2026-03-01T00:00:00Z');
    const turn = fc.record({
      every: fc.constantFrom('day' as const, 'week' as const),
      weekday: fc.integer({ min: 1, max: 7 }),
      at: fc.constantFrom('00:00', '02:30', '06:00', '23:59'),
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'),
    });
    const waits = fc.array(fc.integer({ min: 1, max: 20 * 24 }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(turn, waits, (order, hours) => {
        let now = start;
        let covered = firstDay(order, now);
        for (const wait of hours) {
          const expected = nextTurn(order, covered, now);
          now += wait * HOUR;
          const due = dueTurn(order, covered, now);
          expect(due !== null, 'due once its time has come').toBe(now >= expected);
          if (due === null) continue;
          expect(due.from).toBe(covered);
          expect(daysBetween(covered, due.until)).toBeGreaterThan(0);
          if (order.every === 'week') expect(weekdayOf(due.until)).toBe(order.weekday);
          covered = due.until;
          expect(dueTurn(order, covered, now)).toBeNull();
        }
      }),
    );
  });
});
