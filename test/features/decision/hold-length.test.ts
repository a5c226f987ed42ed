import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdLength } from '../../../electron/features/decision/hold-length.ts';

describe('the length of an undo hold', () => {
  it.each([
    ['without a deadline the profile says', 10, null, 10_000],
    ['far from a deadline the profile says', 60, 3_600_000, 60_000],
    ['near it what is left less 5 s', 20, 12_000, 7_000],
    ['exactly 3 s are still a hold', 10, 8_000, 3_000],
    ['less than 3 s are none', 10, 7_999, 0],
    ['just before it there is none', 10, 1, 0],
    ['at the deadline itself the full length', 10, 0, 10_000],
    ['overdue the full length', 60, -86_400_000, 60_000],
  ])('%s', (_name, seconds, left, expected) => {
    expect(holdLength(seconds, left === null ? null : 1_000_000 + left, 1_000_000)).toBe(expected);
  });

  it('is none, or at least 3 s, and never reaches within 5 s of a deadline to come', () => {
    const seconds = fc.constantFrom(10, 20, 60);
    fc.assert(
      fc.property(seconds, fc.integer({ min: 1, max: 10_000_000 }), (profile, left) => {
        const length = holdLength(profile, left, 0);
        return (length === 0 || length >= 3000) && length <= profile * 1000 && (length === 0 || length <= left - 5000);
      }),
    );
  });
});
