import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisFor, labelled, stacked, sumOf } from '../../../renderer/components/charts/scale.ts';

describe('the axes of charts', () => {
  test('begin at zero, end at or above the largest value, in few whole round steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (max) => {
        const { top, lines } = axisFor(max);
        expect(lines[0]).toBe(0);
        expect(lines.at(-1)).toBe(top);
        expect(top).toBeGreaterThanOrEqual(Math.max(1, max));
        expect(lines.length).toBeLessThanOrEqual(6);
        expect(lines.every(Number.isInteger)).toBe(true);
      }),
    );
    expect(axisFor(0).lines).toEqual([0, 1]);
    expect(axisFor(7).lines).toEqual([0, 2, 4, 6, 8]);
    expect(axisFor(130).lines).toEqual([0, 50, 100, 150]);
  });

  test('parts stand one upon the other from zero, and are as long as what they stand for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }), (values) => {
        const { top } = axisFor(sumOf(values));
        const parts = stacked(values, top, 200);
        let end = 0;
        for (const [at, { from, length }] of parts.entries()) {
          expect(from).toBeCloseTo(end);
          expect(length).toBeCloseTo(((values[at] ?? 0) / top) * 200);
          end = from + length;
        }
        expect(end).toBeLessThanOrEqual(200 + 1e-9);
      }),
    );
  });

  test('as many labels as have room, the first one always', () => {
    const count = (places: number) => Array.from({ length: places }, (_, at) => at).filter(labelled(places, 9)).length;
    expect([1, 9, 10, 31, 366].map(count)).toEqual([1, 9, 5, 8, 9]);
  });
});
