import { describe, expect, test } from 'vitest';
import { readRunOptions } from '../helpers/run-options.ts';

const form = { count: 'inputs', many: 100, areas: ['proofs'] };
const read = (...args: string[]) => readRunOptions(args, form);

describe('the options of long runs', () => {
  test('count, seed and area are read; what is not said has its usual value', () => {
    expect(read()).toEqual({ count: 100, seed: 1, json: false, area: null });
    expect(read('proofs', '--inputs', '7', '--seed', '0', '--json')).toEqual({
      count: 7,
      seed: 0,
      json: true,
      area: 'proofs',
    });
  });

  test('what is no count, seed, option or area is refused', () => {
    const wrong = [
      ['--inputs', '0'],
      ['--inputs', '1.5'],
      ['--inputs', 'many'],
      ['--seed', '-1'],
      ['--cycles', '3'],
      ['other'],
      ['proofs', 'proofs'],
      ['--help'],
    ];
    expect(wrong.map((args) => [args, read(...args)])).toEqual(wrong.map((args) => [args, null]));
  });
});
