import { readFileSync } from 'node:fs';
import type { TextFindingCode } from '../../shared/domain/text/findings.ts';
import type { Deception } from './corpus.ts';

const VECTORS = new URL('../fixtures/vectors/', import.meta.url);

/** Trojan Source (CVE-2021-42574, CVE-2021-42694): every string of the public set. */
export function trojanSources(): Deception[] {
  const codes: Readonly<Record<string, TextFindingCode>> = {
    'homoglyph-function': 'LOOKALIKE',
    'invisible-function': 'INVISIBLE_IN_TEXT',
  };
  return jsonLines<{ name: string; attack: string; text: string }>('unicode-deception/trojan-source.jsonl').map(
    ({ name, attack, text }) => ({ name: `trojan source ${name}`, text, code: codes[attack] ?? 'BIDI_CONTROL' }),
  );
}

/** How a character that does not show itself is hidden in a word that matters. */
const hidden = (character: string) => `Pay EUR 10${character}0 to Halden Freight`;

/** Honest where they stand, or shown as what they are and no finding by themselves. */
const LAYOUT = new Set([0x09, 0x0a, 0x0d]);
const MOST_OF_A_RANGE = 3;

/** The first characters of each range of Unicode 17.0.0's properties that hide or control. */
export function namedProperties(): Deception[] {
  const { properties } = json<{ properties: Record<string, { ranges: string[] }> }>(
    'unicode-deception/properties-17.0.0.json',
  );
  const of = (property: string, code: TextFindingCode, most = MOST_OF_A_RANGE) =>
    (properties[property]?.ranges ?? [])
      .flatMap((range) => startOf(range, most))
      .map((point) => hiddenCase(point, code));
  const all = [
    ...of('Bidi_Control', 'BIDI_CONTROL', 12),
    ...of('Cc', 'CONTROL_IN_TEXT', 70),
    ...of('Default_Ignorable_Code_Point', 'INVISIBLE_IN_TEXT'),
    ...of('Variation_Selector', 'INVISIBLE_IN_TEXT'),
    ...of('Co', 'INVISIBLE_IN_TEXT'),
    ...of('Zl', 'INVISIBLE_IN_TEXT'),
    ...of('Zp', 'INVISIBLE_IN_TEXT'),
  ];
  // A character that has two of the properties is the case of the first one.
  return [...new Map(all.reverse().map((one) => [one.text, one])).values()].reverse();
}

function startOf(range: string, most: number): number[] {
  const [start = '', end = start] = range.split('..');
  const [from, to] = [Number.parseInt(start, 16), Number.parseInt(end, 16)];
  const length = Math.min(most, to - from + 1);
  return Array.from({ length }, (_, n) => from + n).filter((point) => !LAYOUT.has(point));
}

function hiddenCase(point: number, code: TextFindingCode): Deception {
  const hex = point.toString(16).toUpperCase().padStart(4, '0');
  const tag = point >= 0xe0000 && point <= 0xe007f;
  return { name: `hidden U+${hex}`, text: hidden(String.fromCodePoint(point)), code: tag ? 'TAG_TEXT' : code };
}

/** Pairs that nobody can tell apart without knowing the other one, or that are one text in two spellings. */
const NOT_BY_ITSELF =
  /^(r n for m|digit one|capital I|zero and O|canonically equal|no-break space|ideographic space|em space|ligature|long s|capital I and small l|digit one and small l|r n and m|c l and d|v v and w|sharp s and beta|dotless i|Kelvin sign|ohm sign.*|Cyrillic capital O|equal|prolonged.*|apostrophes|quotation marks|two apostrophes|Greek capitals)$/;

/** Words with one letter that is another one, for every letter of a living script that UTS 39 maps to an ASCII one. */
export function lookalikes(): Deception[] {
  const pairs = jsonLines<{ a: string; b: string; why: string; confusable: boolean }>(
    'unicode-deception/confusable-pairs.jsonl',
  ).filter(({ confusable, why }) => confusable && !NOT_BY_ITSELF.test(why));
  const fromPairs = pairs.map(({ b, why }, n) => ({
    name: `look-alike ${n}: ${why}`,
    text: b,
    code: /space|hyphen$|joiner/.test(why) && /[\u00ad\u200b\u2060]/u.test(b) ? INVISIBLE : LOOKALIKE,
  }));
  return [...fromPairs, ...mapped()];
}

const INVISIBLE = 'INVISIBLE_IN_TEXT' as const;
const LOOKALIKE = 'LOOKALIKE' as const;
const LETTERS = /^[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}]$/u;

function mapped(): Deception[] {
  const lines = readFileSync(new URL('unicode-deception/confusables-17.0.0.tsv', VECTORS), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [source = '', target = ''] = line.split('\t');
    const [letter, ascii] = [source, target].map((hex) => (/^[0-9A-F]{4,6}$/.test(hex) ? fromHex(hex) : ''));
    if (!LETTERS.test(letter ?? '') || !/^\p{L}$/u.test(letter ?? '') || !/^[A-Za-z]$/.test(ascii ?? '')) return [];
    return [{ name: `look-alike U+${source} for ${ascii}`, text: `Account of Nor${letter}wind Ltd`, code: LOOKALIKE }];
  });
}

function fromHex(hex: string): string {
  return String.fromCodePoint(Number.parseInt(hex, 16));
}

/** Cells that hide what a spreadsheet would run; a formula that shows itself fools no reader of a screen. */
export function csvCells(): Deception[] {
  return jsonLines<{ value: string; why: string }>('csv-injection/cells.jsonl').flatMap(({ value, why }, n) => {
    const code = csvCode(value);
    return code === null ? [] : [{ name: `csv cell ${n}: ${why}`, text: value, code }];
  });
}

function csvCode(value: string): TextFindingCode | null {
  if (/[\u202a-\u202e\u2066-\u2069]/u.test(value)) return 'BIDI_CONTROL';
  if (value.includes('\0') || value.includes('\r')) return 'CONTROL_IN_TEXT';
  if (/[\u200b\ufeff]/u.test(value)) return INVISIBLE;
  return /[\uff01-\uff5e]/u.test(value) ? LOOKALIKE : null;
}

function json<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, VECTORS), 'utf8')) as T;
}

function jsonLines<T>(file: string): T[] {
  const lines = readFileSync(new URL(file, VECTORS), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}
