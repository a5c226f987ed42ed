import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareInstants,
  type Instant,
  instantFromEpochMillis,
  instantFromEpochSeconds,
  instantKey,
  parseInstant,
  toEpochMillis,
  toUtcText,
} from '../../shared/domain/instant.ts';

const folder = new URL('../fixtures/vectors/identifiers-time/', import.meta.url);
const cases = readFileSync(new URL('date-time.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { value: string; valid: boolean; description: string });
const instants = JSON.parse(readFileSync(new URL('instants.json', folder), 'utf8')) as {
  same: string[][];
  ascending: string[];
};

function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`not an instant: ${text}`);
  return instant;
}

describe('RFC 3339', () => {
  it.each(cases.map((c) => [c.value, c.description, c.valid] as const))('%j: %s', (value, _, valid) => {
    expect(parseInstant(value) !== null).toBe(valid);
  });

  it('finds the texts of one instant the same', () => {
    for (const group of instants.same) {
      for (const text of group) {
        expect(compareInstants(at(text), at(group[0] ?? ''))).toBe(0);
        expect(instantKey(at(text))).toBe(instantKey(at(group[0] ?? '')));
      }
    }
  });

  it('orders beyond a millisecond, and beyond a nanosecond', () => {
    for (const [i, text] of instants.ascending.slice(1).entries()) {
      expect(compareInstants(at(instants.ascending[i] ?? ''), at(text))).toBeLessThan(0);
      expect(compareInstants(at(text), at(instants.ascending[i] ?? ''))).toBeGreaterThan(0);
    }
  });

  it.each([
    ['2026-10-20T10:30:00+02:00', '2026-10-20T08:30:00Z'],
    ['2026-10-20t08:30:00.120z', '2026-10-20T08:30:00.120Z'],
    ['2026-10-20T08:30:00.123456789012Z', '2026-10-20T08:30:00.123456789Z'],
    ['2026-06-30T23:59:60Z', '2026-06-30T23:59:60Z'],
    ['2026-07-01T01:59:60.5+02:00', '2026-06-30T23:59:60.5Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999999999Z', '9999-12-31T23:59:59.999999999Z'],
    ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59Z'],
    ['0050-03-01T00:00:00+00:01', '0050-02-28T23:59:00Z'],
  ])('prints %s as %s', (text, printed) => expect(toUtcText(at(text))).toBe(printed));

  it('refuses what leaves the years 0000 to 9999 in UTC', () => {
    expect(parseInstant('0000-01-01T00:00:00+00:01')).toBeNull();
    expect(parseInstant('9999-12-31T23:59:59-00:01')).toBeNull();
  });

  it('reads a space for the T only when asked', () => {
    expect(parseInstant('2026-10-20 08:30:00Z')).toBeNull();
    expect(parseInstant('2026-10-20 08:30:00Z', { spaceForT: true })).toEqual(at('2026-10-20T08:30:00Z'));
  });

  it('flags leap seconds and digits beyond nanoseconds', () => {
    expect(at('2026-06-30T23:59:60Z')).toMatchObject({ leapSecond: true, finerThanNanos: false });
    expect(at('2026-06-30T23:59:59.1234567891Z')).toMatchObject({ finerThanNanos: true, nanos: 123_456_789 });
  });

  it('puts a leap second between its neighbours', () => {
    const row = ['2026-06-30T23:59:59.999999999Z', '2026-06-30T23:59:60.1Z', '2026-07-01T00:00:00Z'].map(at);
    expect([...row].reverse().sort(compareInstants)).toEqual(row);
    expect(row.map(instantKey)).toEqual(row.map(instantKey).sort());
    expect(row.map(toEpochMillis)).toEqual([1782863999999, 1782863999999, 1782864000000]);
  });

  it('agrees with Date on every millisecond, and its key orders as the instants do', () => {
    const millis = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(millis, millis, (a, b) => {
        const [left, right] = [at(new Date(a).toISOString()), at(new Date(b).toISOString())];
        expect(toEpochMillis(left)).toBe(a);
        expect(toUtcText(left)).toBe(new Date(a).toISOString());
        expect(instantFromEpochMillis(a)).toEqual(left);
        expect(Math.sign(compareInstants(left, right))).toBe(Math.sign(a - b));
        expect(instantKey(left) < instantKey(right)).toBe(a < b);
      }),
    );
  });

  it('makes instants of whole seconds within the years it can print', () => {
    expect(instantFromEpochSeconds(1_795_694_400)).toEqual(at('2026-11-26T12:00:00Z'));
    expect(instantFromEpochSeconds(253_402_300_800)).toBeNull();
    expect(instantFromEpochSeconds(0.5)).toBeNull();
    expect(instantFromEpochMillis(Number.MAX_SAFE_INTEGER)).toBeNull();
  });
});
