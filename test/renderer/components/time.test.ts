import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageText, instantWords, leftText, urgencyOf, utcText, zoneText } from '../../../renderer/components/time.ts';

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;
const at = (text: string): number => new Date(text).getTime();

describe('time left', () => {
  test.each([
    [48 * S, '48 s'],
    [MIN - 1, '59 s'],
    [42 * MIN + 59 * S, '42 min'],
    [7 * H + 2 * MIN, '7 h 02 min'],
    [D - 1, '23 h 59 min'],
    [2 * D + 4 * H, '2 d 4 h'],
    [0, '0 s'],
    [-5 * H, '0 s'],
  ])('%i ms is %s', (ms, words) => expect(leftText(ms)).toBe(words));

  test('is always rounded down: it never promises more than there is', () => {
    const read = (text: string): number =>
      [...text.matchAll(/(\d+) (s|min|h|d)/g)].reduce(
        (sum, [, n, unit]) => sum + Number(n) * ({ s: S, min: MIN, h: H, d: D }[unit ?? ''] ?? 0),
        0,
      );
    fc.assert(
      fc.property(fc.nat({ max: 400 * D }), (ms) => {
        expect(read(leftText(ms))).toBeLessThanOrEqual(ms);
        expect(read(ageText(ms))).toBeLessThanOrEqual(ms);
      }),
    );
  });

  test('is near and urgent by the tenant’s minutes, the limit included, and past at zero', () => {
    const minutes = { warn: 240, bad: 30 };
    const words = [241 * MIN, 240 * MIN, 31 * MIN, 30 * MIN, 1, 0, -1].map((ms) => urgencyOf(ms, minutes));
    expect(words).toEqual(['calm', 'warn', 'warn', 'bad', 'bad', 'past', 'past']);
  });
});

describe('an instant', () => {
  const now = at('2026-11-16T10:36:00');
  const words = (local: string): string => instantWords(new Date(local).toISOString(), now);

  test('is told by its day where it is near, with the year where it is another', () => {
    expect(words('2026-11-16T11:18:00')).toBe('11:18 today');
    expect(words('2026-11-16T00:00:00')).toBe('00:00 today');
    expect(words('2026-11-17T04:31:00')).toBe('Tue 04:31');
    expect(words('2026-11-22T23:59:00')).toBe('Sun 23:59');
    expect(words('2026-11-29T13:00:00')).toBe('29 Nov 13:00');
    expect(words('2027-01-02T13:00:00')).toBe('2 Jan 2027 13:00');
  });

  test('in UTC has no fraction', () => {
    expect(utcText('2026-11-16T10:18:00.123456789Z')).toBe('2026-11-16T10:18:00Z');
    expect(utcText('2026-11-16T10:18:00Z')).toBe('2026-11-16T10:18:00Z');
  });

  test('names the zone by its offset', () => {
    const zone = (offset: number): string => zoneText({ getTimezoneOffset: () => offset } as Date);
    expect([0, -60, 210, -330].map(zone)).toEqual(['UTC', 'UTC+1', 'UTC−3:30', 'UTC+5:30']);
  });
});
