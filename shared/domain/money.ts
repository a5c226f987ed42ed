/** As numberText: numbers look the same on every screen. */
const LOCALE = 'en-GB';

/** The ISO 4217 codes that the desk knows. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/**
 * An amount's number as the desk writes it, `48,000` or `1,234.50`: every digit of the decimal text is kept, since Intl
 * reads it without rounding to a double (ECMA-402, Intl mathematical value). `currency` must be one that is known.
 */
export function moneyNumber(text: string, currency: string): string {
  const digits = /[.eE]/.test(text) ? usualDigits(currency) : 0;
  return formatter(digits).format(text as Intl.StringNumericLiteral);
}

/** Making a formatter takes a hundred times as long as using it. */
const formatters = new Map<number, Intl.NumberFormat>();
const knownDigits = new Map<string, number>();

function formatter(minimumFractionDigits: number): Intl.NumberFormat {
  const known = formatters.get(minimumFractionDigits);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(LOCALE, { minimumFractionDigits, maximumFractionDigits: 100 });
  formatters.set(minimumFractionDigits, made);
  return made;
}

/** How many digits after the point the currency is usually written with: 2 for EUR, 3 for KWD, 0 for JPY. */
export function usualDigits(currency: string): number {
  const known = knownDigits.get(currency);
  if (known !== undefined) return known;
  const { minimumFractionDigits = 0 } = new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
  }).resolvedOptions();
  knownDigits.set(currency, minimumFractionDigits);
  return minimumFractionDigits;
}
