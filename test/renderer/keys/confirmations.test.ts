import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inFours } from '../../../renderer/components/fingerprint.tsx';
import { confirmationOf, judgeTyped } from '../../../renderer/features/keys/confirmations.ts';
import { fingerprintWords } from '../../../shared/domain/fingerprint.ts';

const aFingerprint = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => ({
  hex: Buffer.from(bytes).toString('hex'),
  spoken: fingerprintWords(bytes).join(' '),
}));

describe('how a person made sure of a fingerprint', () => {
  test('typed in digits, in fours or in words it is taken as typed', () => {
    fc.assert(
      fc.property(aFingerprint, ({ hex, spoken }) => {
        for (const typed of [hex, inFours(hex), hex.slice(0, 32), hex.toUpperCase(), ` ${spoken}\n`]) {
          expect(confirmationOf(hex, { typed, compared: false })).toEqual({ how: 'typed', fingerprint: typed.trim() });
        }
      }),
    );
  });

  test('too few digits are no proof, another fingerprint is none whatever was ticked', () => {
    fc.assert(
      fc.property(aFingerprint, aFingerprint, fc.integer({ min: 1, max: 31 }), (mine, other, digits) => {
        fc.pre(mine.hex.slice(0, 32) !== other.hex.slice(0, 32) && mine.spoken !== other.spoken);
        expect(judgeTyped(mine.hex, mine.hex.slice(0, digits))).toBe('open');
        for (const typed of [other.hex, other.spoken, mine.hex.slice(0, digits)]) {
          expect(confirmationOf(mine.hex, { typed, compared: true })).toBeNull();
        }
        expect(judgeTyped(mine.hex, other.spoken)).toBe('wrong');
      }),
    );
  });

  test('without a word typed the tick counts, and nothing counts by itself', () => {
    const hex = 'ab'.repeat(32);
    expect(confirmationOf(hex, { typed: '', compared: true })).toEqual({ how: 'compared' });
    expect(confirmationOf(hex, { typed: ' ', compared: false })).toBeNull();
  });
});
