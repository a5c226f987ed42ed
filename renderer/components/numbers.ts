const LOCALE = 'en-GB';
const whole = new Intl.NumberFormat(LOCALE);
const one = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

export const numberText = (n: number): string => whole.format(n);

/** A file's size: exact bytes up to 9,999, else in KB, MB or GB of 1,000. */
export function bytesText(bytes: number): string {
  if (bytes < 10_000) return `${whole.format(bytes)} B`;
  if (bytes < 1_000_000) return `${one.format(bytes / 1000)} KB`;
  return bytes < 1_000_000_000 ? `${one.format(bytes / 1_000_000)} MB` : `${one.format(bytes / 1_000_000_000)} GB`;
}
