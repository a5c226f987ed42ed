import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confidenceOf, laidOut, otherMembers } from '../../../renderer/features/escalation/raw-data.ts';

describe('the rest of an event’s data', () => {
  test('shows what has no place on the page, by its path, with numbers as they were written', () => {
    const raw =
      '{"action":"pay","target":7,"amount":{"value":1},"authority":"[REDACTED]","intent":{"confidence":1e-7,"n":18446744073709551615,"tags":[],"more":{}}}';
    expect(otherMembers(raw)).toEqual([
      { path: 'target', value: '7' },
      { path: 'authority', value: '[REDACTED]' },
      { path: 'intent.confidence', value: '1e-7' },
      { path: 'intent.n', value: '18446744073709551615' },
      { path: 'intent.tags', value: '[]' },
      { path: 'intent.more', value: '{}' },
    ]);
    expect(confidenceOf(raw)).toBe('1e-7');
  });

  test('shows data that is no object, and a member called __proto__, as they are', () => {
    expect(otherMembers('[1,"a"]')).toEqual([{ path: '', value: '[1,"a"]' }]);
    expect(otherMembers('{"__proto__":{"polluted":true}}')).toEqual([{ path: '__proto__.polluted', value: 'true' }]);
    expect(confidenceOf('[]')).toBeNull();
  });

  test('laid out over lines it is the same JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (raw) => {
        expect(JSON.parse(laidOut(raw))).toEqual(JSON.parse(raw));
      }),
    );
  });
});
