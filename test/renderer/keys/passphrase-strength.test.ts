import fc from 'fast-check';
import { expect, test } from 'vitest';
import { strengthOf } from '../../../renderer/features/keys/passphrase-strength.ts';

test('what is short, common or repeated is not called strong', () => {
  expect(strengthOf('')).toBe('empty');
  expect(strengthOf('Xk9!q_2')).toBe('short');
  for (const weak of [
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnop',
    '12345678901234567890',
    'password',
    'horse horse horse horse',
  ]) {
    expect(strengthOf(weak), weak).toBe('weak');
  }
});

test('four unlike words, or a dozen mixed signs, are strong', () => {
  for (const strong of ['correct horse battery staple', 'vR7#kq!2Lw9_zP'])
    expect(strengthOf(strong), strong).toBe('strong');
});

test('one letter over and over is never more than weak, however long', () => {
  fc.assert(
    fc.property(fc.constantFrom('a', '7', '!'), fc.integer({ min: 8, max: 400 }), (letter, n) => {
      expect(strengthOf(letter.repeat(n))).toBe('weak');
    }),
  );
});
