import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmountText } from '../../shared/domain/amount-text.ts';
import { readDecimal, sameDecimal } from '../../shared/domain/decimal.ts';
import { isCurrency, moneyNumber } from '../../shared/domain/money.ts';

function same(a: string, b: string): boolean {
  const [left, right] = [readDecimal(a), readDecimal(b)];
  return left !== null && right !== null && sameDecimal(left, right);
}

/** What a text names, as `CODE digits`. */
function named(text: string): string | null {
  const amount = readAmountText(text);
  if (amount === null) return null;
  const { negative, digits, exponent } = amount.value;
  return `${amount.currency ?? '-'} ${negative ? '-' : ''}${digits}e${exponent}`;
}

describe('decimal numbers', () => {
  it('are the same by value, whatever they are written as', () => {
    for (const [a, b] of [
      ['10', '10.00'],
      ['1e2', '100'],
      ['0.10', '1E-1'],
      ['-0', '0.0'],
      ['007', '7'],
      ['1.5e3', '1500'],
    ] as const) {
      expect([a, b, same(a, b)]).toEqual([a, b, true]);
    }
    for (const [a, b] of [
      ['1', '-1'],
      ['10', '1'],
      ['9007199254740993', '9007199254740992'],
      ['0.1', '0.10000000000000001'],
    ] as const) {
      expect([a, b, same(a, b)]).toEqual([a, b, false]);
    }
    for (const text of ['', '-', '.5', '5.', '1,0', '1e', '1e9999999', ' 1', '١']) expect(readDecimal(text)).toBeNull();
  });

  it('of any size are what exact integers say', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(30), (value, zeros) => {
        expect(same(String(value), `${value}.${'0'.repeat(zeros + 1)}`)).toBe(true);
        expect(same(`${value}${'0'.repeat(zeros)}`, `${value}e${zeros}`)).toBe(true);
        expect(same(String(value), String(value + 1n))).toBe(false);
      }),
    );
  });
});

describe('an amount that a text names', () => {
  it.each([
    ['EUR 47,094', 'EUR 47094e0'],
    ['47,094 EUR', 'EUR 47094e0'],
    ['€47,094.50', 'EUR 470945e-1'],
    ['1.234,56 €', 'EUR 123456e-2'],
    ['1 234,56 EUR', 'EUR 123456e-2'],
    ['1\u202f234\u202f567 SEK', 'SEK 1234567e0'],
    ["CHF 1'234.50", 'CHF 12345e-1'],
    ['INR 1,23,456.00', 'INR 123456e0'],
    ['EUR 4.709', 'EUR 4709e0'],
    ['EUR 4,709', 'EUR 4709e0'],
    ['EUR 0,125', 'EUR 125e-3'],
    ['EUR 1 234,567', 'EUR 1234567e-3'],
    ['usd 5', 'USD 5e0'],
    ['KWD 1.230', 'KWD 123e-2'],
    ['KWD 1,230', 'KWD 123e1'],
    ['-5 USD', 'USD -5e0'],
    ['USD −5.0', 'USD -5e0'],
    ['47094', '- 47094e0'],
    ['  EUR 1  ', 'EUR 1e0'],
  ])('%s', (text, amount) => {
    expect(named(text)).toBe(amount);
  });

  it.each([
    '',
    'EUR',
    'about EUR 5',
    'EUR 5 or so',
    'EUR 5 USD',
    'XQZ 5',
    '5.',
    'EUR 1,2345,678',
    'EUR 1.2.3',
    'EUR 1,23,4',
    'EUR 12,34.567,8',
    'EUR 1..2',
    '--5',
    'EUR 5\u202e',
    'EUR ５',
    'EUR 1e3',
    `EUR ${'1'.repeat(80)}`,
    'EUR 1.000.00',
    'EUR 1,000,00',
  ])('is none in %j', (text) => {
    expect(named(text)).toBeNull();
  });

  it('is what the desk itself writes, for any currency', () => {
    const currencies = fc.constantFrom(...Intl.supportedValuesOf('currency'));
    fc.assert(
      fc.property(currencies, fc.integer({ min: 0, max: 1e12 }), fc.nat(99), (currency, whole, cents) => {
        const value = `${whole}.${String(cents).padStart(2, '0')}`;
        const read = readAmountText(`${currency} ${moneyNumber(value, currency)}`);
        expect(isCurrency(currency)).toBe(true);
        expect(read?.currency).toBe(currency);
        expect(read !== null && sameDecimal(read.value, readDecimal(value) as never)).toBe(true);
      }),
    );
  });
});
