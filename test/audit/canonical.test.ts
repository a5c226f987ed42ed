import { describe, expect, test } from 'vitest';
import { readCanonical } from '../../electron/audit/log/canonical.ts';

describe('S49, S51, S53: JSON of the log counts in one form only', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test('it nests 64 deep and no deeper, however deep a machine could go', () => {
    expect(readCanonical(nested(64))).toBeDefined();
    for (const depth of [65, 100, 2_000, 50_000]) expect(readCanonical(nested(depth))).toBeUndefined();
    expect(readCanonical(`{"a":${nested(63)}}`)).toBeDefined();
    expect(readCanonical(`{"a":${nested(64)}}`)).toBeUndefined();
  });

  test.each([
    ['white space', '{"a": 1}'],
    ['another order', '{"b":1,"a":1}'],
    ['a member twice', '{"a":1,"a":1}'],
    ['an escape that is not needed', '"\\u0061"'],
    ['minus zero', '-0'],
    ['an integer beyond 2^53', '9007199254740993'],
    ['a number that is none', '1e400'],
    ['a lone surrogate', '"\\ud800"'],
    ['more after it', '{}{}'],
    ['a byte order mark', '\ufeff{}'],
    ['nothing', ''],
  ])('%s is no other spelling of it', (_, text) => {
    expect(readCanonical(text)).toBeUndefined();
  });
});
