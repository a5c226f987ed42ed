import type { TextFinding } from '../../../shared/domain/text/findings.ts';
import { type Segment, segmentText } from '../../../shared/domain/text/segments.ts';
import { imitatesApp } from '../../../shared/domain/text/speech.ts';
import { numberText } from '../numbers.ts';

/** A finding as the page says it: what is so, and what follows, with the agent's own words apart from the app's. */
export interface SaidFinding {
  readonly code: string;
  readonly lead: string;
  readonly rest: readonly (string | { readonly quoted: string })[];
}

const COUNTS = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
];
const QUOTED_AT_MOST = 80;

/** Says a finding with what in this very text led to it, where that can be told; else in its own words. */
export function sayFinding(finding: TextFinding, text: string): SaidFinding {
  const said = SAY[finding.code]?.(text) ?? null;
  return { code: finding.code, ...(said ?? { lead: finding.message, rest: [] }) };
}

type Said = Omit<SaidFinding, 'code'> | null;

const SAY: { readonly [code: string]: (text: string) => Said } = {
  BIDI_CONTROL: sayReversed,
  TAG_TEXT: sayTags,
  INVISIBLE_IN_TEXT: sayInvisible,
  IMITATES_APP: sayImitation,
};

/** U+202E … U+202C shows what stands between them backwards wherever it is obeyed. */
function sayReversed(text: string): Said {
  const enclosed = /\u202e([^\n\u202a-\u202e\u2066-\u2069]{2,60})\u202c/u.exec(text)?.[1];
  if (enclosed === undefined) return null;
  const what = /^[\d\s.,-]+$/u.test(enclosed) ? 'digits' : 'characters';
  const elsewhere = [...enclosed].reverse().join('');
  return {
    lead: `Hidden characters reverse the ${what} on screen.`,
    rest: ['Stored ', { quoted: enclosed }, ', elsewhere shown ', { quoted: elsewhere }, '.'],
  };
}

function sayTags(text: string): Said {
  const tags = segmentText(text).filter((segment) => segment.kind === 'tag');
  const spelt = tags.map(({ text: own }) => [...own].map(asciiOfTag).join('')).join(' ');
  if (spelt.trim() === '') return null;
  const n = tags.reduce((sum, segment) => sum + lengthOf(segment), 0);
  return {
    lead: `${counted(n, 'tag character')} ${n === 1 ? 'spells' : 'spell'} “${spelt}”.`,
    rest: ['Screens show nothing there; programs read it.'],
  };
}

function asciiOfTag(character: string): string {
  const ascii = (character.codePointAt(0) ?? 0) - 0xe0000;
  return ascii >= 0x20 && ascii < 0x7f ? String.fromCharCode(ascii) : '';
}

/** Quotes the words that invisible characters part, as they read without them. */
function sayInvisible(text: string): Said {
  const segments = segmentText(text);
  const unseen = segments.filter(({ kind }) => kind === 'invisible');
  if (unseen.length === 0) return null;
  const n = unseen.reduce((sum, segment) => sum + lengthOf(segment), 0);
  const lead = `${counted(n, 'invisible character')} ${n === 1 ? 'stands' : 'stand'} in this text.`;
  const around = wordsAround(segments);
  return { lead, rest: around === null ? [] : ['Without them: ', { quoted: around }] };
}

/** The words from before the first invisible character to after the last, without any of them; null if too long. */
function wordsAround(segments: readonly Segment[]): string | null {
  const first = segments.findIndex(({ kind }) => kind === 'invisible');
  const last = segments.findLastIndex(({ kind }) => kind === 'invisible');
  const before = /\S*$/u.exec(plainOf(segments[first - 1]))?.[0] ?? '';
  const after = /^\S*/u.exec(plainOf(segments[last + 1]))?.[0] ?? '';
  const between = segments.slice(first, last + 1).map(plainOf);
  const words = before + between.join('') + after;
  return words.trim() === '' || words.length > QUOTED_AT_MOST || words.includes('\n') ? null : words;
}

function plainOf(segment: Segment | undefined): string {
  return segment?.kind === 'text' ? segment.text : '';
}

function sayImitation(text: string): Said {
  const lines = text.split('\n').flatMap((line, n) => (imitatesApp(line) ? [n + 1] : []));
  if (lines.length === 0) return null;
  const named = lines.length === 1 ? `Line ${lines[0]} imitates` : `Lines ${listed(lines)} imitate`;
  return {
    lead: `${named} this app.`,
    rest: ['They are text and do nothing. The verdict is at the top of this page.'],
  };
}

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

function counted(n: number, what: string): string {
  return `${COUNTS[n] ?? numberText(n)} ${what}${n === 1 ? '' : 's'}`;
}

function lengthOf(segment: Segment): number {
  return segment.kind === 'text' ? 0 : segment.count;
}
