import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, matchesFingerprint, wordsOf } from '../../electron/evidence/trust/fingerprint.ts';
import { fingerprintWords, shortFingerprint } from '../../shared/domain/fingerprint.ts';

const KEY = 'cf77ad3c947224cadfbefd2c629964dad7283d58135595b24b0ea4b645390083';
const HEX = createHash('sha256').update(Buffer.from(KEY, 'hex')).digest('hex');

describe('a key’s fingerprint', () => {
  it('is SHA-256 of its 32 bytes, in short its first 16 digits in fours', () => {
    expect(fingerprintOf(KEY)).toBe(HEX);
    expect(shortFingerprint('06e0f2b842f367201234')).toBe('06e0 f2b8 42f3 6720');
  });

  it('in words is the list of BIP 39, 11 bits a word', () => {
    // Test vectors of BIP 39 itself: entropy of 128 bits, whose first eleven words hold no checksum.
    const legal = 'legal winner thank year wave sausage worth useful legal winner thank';
    expect(fingerprintWords(Buffer.alloc(32, 0x7f)).slice(0, 11).join(' ')).toBe(legal);
    expect(fingerprintWords(Buffer.alloc(32, 0)).join(' ')).toBe(Array(12).fill('abandon').join(' '));
    expect(fingerprintWords(Buffer.alloc(32, 255)).join(' ')).toBe(Array(12).fill('zoo').join(' '));
    const engine = '9e885d952ad362caeb4efe34a8e91bd2';
    expect(
      fingerprintWords(Buffer.from(engine.padEnd(64, '0'), 'hex'))
        .slice(0, 11)
        .join(' '),
    ).toBe('ozone drill grab fiber curtain grace pudding thank cruise elder eight');
  });

  it('in words tells apart what differs in any of the first 132 bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(131), (hash, bit) => {
        const other = Uint8Array.from(hash);
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (128 >> (bit & 7));
        const [a, b] = [fingerprintWords(hash), fingerprintWords(other)];
        return a.length === 12 && a.filter((word, index) => word !== b[index]).length === 1;
      }),
    );
  });

  it.each([
    ['all digits', HEX],
    ['its first half', HEX.slice(0, 32)],
    ['more than the half', HEX.slice(0, 41)],
    ['in fours, upper case', HEX.toUpperCase().replace(/.{4}/g, '$& ')],
    ['with colons and a line break', `${HEX.replace(/.{2}(?=.)/g, '$&:')}\r\n`],
    ['in words', wordsOf(KEY).join(' ')],
    ['in words, one a line, in capitals', `  ${wordsOf(KEY).join('\n').toUpperCase()}\n`],
  ])('is confirmed by %s', (_, typed) => {
    expect(matchesFingerprint(KEY, typed)).toBe(true);
    expect(matchesFingerprint(KEY.replace('c', 'd'), typed)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['31 digits', HEX.slice(0, 31)],
    ['the short form', shortFingerprint(HEX)],
    ['its last half', HEX.slice(32)],
    ['65 digits', `${HEX}0`],
    ['one digit that differs', `${HEX.slice(0, 63)}${HEX.endsWith('0') ? '1' : '0'}`],
    ['eleven words', wordsOf(KEY).slice(0, 11).join(' ')],
    ['thirteen words', [...wordsOf(KEY), 'zoo'].join(' ')],
    ['words in another order', wordsOf(KEY).toReversed().join(' ')],
    ['words without a space between', wordsOf(KEY).join('')],
    ['the key itself', KEY],
  ])('is not confirmed by %s', (_, typed) => {
    expect(matchesFingerprint(KEY, typed)).toBe(false);
  });
});
