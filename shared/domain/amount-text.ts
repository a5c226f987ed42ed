import { type Decimal, readDecimal } from './decimal.ts';
import { isCurrency, usualDigits } from './money.ts';

/** An amount as a text names it; a text need not name its currency. */
export interface NamedAmount {
  readonly currency: string | null;
  readonly value: Decimal;
}

/** Longer texts say more than an amount. */
const LONGEST = 64;
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['$', 'USD'],
  ['¥', 'JPY'],
]);
const CODE = '(?:[A-Za-z]{3}|[€£$¥])';
const SPACE = '[ \\u00a0\\u2009\\u202f]';
const AMOUNT = new RegExp(
  `^(?<sign1>[-\\u2212])?${SPACE}?(?<before>${CODE})?${SPACE}?(?<sign2>[-\\u2212])?` +
    `(?<number>\\d(?:[\\d.,'’]|${SPACE}(?=\\d))*)${SPACE}?(?<after>${CODE})?$`,
  'u',
);

/**
 * The amount that a text names, where it names one and says nothing else: a number with any usual grouping and decimal
 * sign, `EUR 1,234.56`, `1.234,56 EUR`, `1 234,56`, with an ISO 4217 code or a sign of one before or after it. Null for
 * everything else. One point or comma before exactly three digits groups: `4.709` is four thousand, but for a point with
 * a currency that has three digits after it.
 */
export function readAmountText(text: string): NamedAmount | null {
  const groups = text.length > LONGEST ? undefined : AMOUNT.exec(text.trim())?.groups;
  if (groups === undefined) return null;
  const { before, after, sign1, sign2, number = '' } = groups;
  if ((before !== undefined && after !== undefined) || (sign1 !== undefined && sign2 !== undefined)) return null;
  const code = before ?? after;
  const currency = code === undefined ? null : (SYMBOLS.get(code) ?? code.toUpperCase());
  if (currency !== null && !isCurrency(currency)) return null;
  const plain = plainNumber(number, currency);
  const negative = sign1 !== undefined || sign2 !== undefined;
  const value = plain === null ? null : readDecimal(negative ? `-${plain}` : plain);
  return value === null ? null : { currency, value };
}

/** The number with a point as its only sign; null where its signs do not group it as people do. */
function plainNumber(number: string, currency: string | null): string | null {
  const marks = [...number].filter((character) => character === '.' || character === ',');
  const decimal = decimalMark(number, marks, currency);
  const at = decimal === null ? number.length : number.lastIndexOf(decimal);
  const [whole, fraction] = [number.slice(0, at), number.slice(at + 1)];
  if (decimal !== null && (whole.includes(decimal) || !/^\d+$/.test(fraction))) return null;
  const digits = ungrouped(whole);
  if (digits === null) return null;
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

/** The point or comma that begins the fraction; null where there is none. */
function decimalMark(number: string, marks: readonly string[], currency: string | null): string | null {
  const last = marks.at(-1) ?? null;
  if (last === null) return null;
  if (new Set(marks).size === 2) return last;
  if (marks.length > 1) return null;
  // Where something else groups already, the only point or comma begins the fraction.
  const groups = /^[1-9]\d{0,2}[.,]\d{3}$/.test(number);
  const hasThree = last === '.' && currency !== null && usualDigits(currency) === 3;
  return groups && !hasThree ? null : last;
}

/** The digits of a whole number, grouped in threes (or as in India, in twos before the last three) by one sign, or not. */
function ungrouped(whole: string): string | null {
  if (/^\d+$/.test(whole)) return whole;
  const signs = new Set(whole.replace(/\d/g, ''));
  if (signs.size !== 1) return null;
  const groups = whole.split([...signs].join(''));
  const [first = '', ...rest] = groups;
  const last = rest.pop() ?? '';
  const fits = /^\d{1,3}$/.test(first) && /^\d{3}$/.test(last) && rest.every((group) => /^\d{2,3}$/.test(group));
  return fits ? groups.join('') : null;
}
