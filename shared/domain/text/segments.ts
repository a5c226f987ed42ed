import { type HiddenKind, hiddenKind, hiddenLabel } from './hidden.ts';
import { needsShowing } from './ranges.ts';

/** A run of text that shows itself. */
export interface PlainSegment {
  readonly kind: 'text';
  readonly text: string;
}

/** A run that would not be seen for what it is, to be shown as a chip. */
export interface ChipSegment {
  readonly kind: HiddenKind | 'marks';
  /** `RLO 202E`; `TAG “APPROVE”` for what tag characters spell; `◌` for a pile of combining marks. */
  readonly label: string;
  /** How many characters the chip stands for. */
  readonly count: number;
  /** The characters themselves. */
  readonly text: string;
}

export type Segment = PlainSegment | ChipSegment;

/** More combining marks than this on one letter are a pile that covers other lines. */
const MARKS = 4;

/**
 * Cuts a text into runs that show themselves and chips for what does not (S63). The segments' texts joined are the
 * text; a line feed stays in plain runs. Equal characters in a row, tag characters and piles of marks are one chip.
 */
export function segmentText(text: string): Segment[] {
  const segments: Segment[] = [];
  let plainFrom = 0;
  let at = nextCandidate(text, 0);
  while (at < text.length) {
    const chip = chipAt(text, at);
    if (chip === null) {
      at = nextCandidate(text, at + lengthAt(text, at));
      continue;
    }
    if (plainFrom < at) segments.push({ kind: 'text', text: text.slice(plainFrom, at) });
    segments.push(chip);
    plainFrom = at + chip.text.length;
    at = nextCandidate(text, plainFrom);
  }
  if (plainFrom < text.length) segments.push({ kind: 'text', text: text.slice(plainFrom) });
  return segments;
}

/** Where the next character stands that is not plain ASCII; agents may write a lot, most of it harmless. */
function nextCandidate(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7e || (unit < 0x20 && unit !== 0x0a)) return at;
  }
  return text.length;
}

function lengthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function chipAt(text: string, at: number): ChipSegment | null {
  const marks = runAt(text, at, isMark);
  if (marks.length > MARKS) return chip('marks', '◌', marks);
  const first = text.codePointAt(at) ?? 0;
  if (!needsShowing(first)) return null;
  const kind = hiddenKind(first);
  if (kind !== 'tag') {
    return chip(
      kind,
      hiddenLabel(first),
      runAt(text, at, (codePoint) => codePoint === first),
    );
  }
  const tags = runAt(text, at, isTag);
  const spelt = tags.map(tagged).join('');
  return chip('tag', spelt === '' ? 'TAG' : `TAG “${spelt}”`, tags);
}

function chip(kind: ChipSegment['kind'], label: string, run: readonly number[]): ChipSegment {
  return { kind, label, count: run.length, text: run.map((codePoint) => String.fromCodePoint(codePoint)).join('') };
}

/** The code points from `from` on that belong together. */
function runAt(text: string, from: number, belongs: (codePoint: number) => boolean): number[] {
  const run: number[] = [];
  for (let at = from; at < text.length; at += lengthAt(text, at)) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (!belongs(codePoint)) break;
    run.push(codePoint);
  }
  return run;
}

function isMark(codePoint: number): boolean {
  return codePoint >= 0x300 && /(?!\p{Variation_Selector})\p{M}/u.test(String.fromCodePoint(codePoint));
}

function isTag(codePoint: number): boolean {
  return codePoint >= 0xe0000 && codePoint <= 0xe007f;
}

/** The ASCII character that a tag character stands for, where it is one that shows itself. */
function tagged(codePoint: number): string {
  const ascii = codePoint - 0xe0000;
  return ascii >= 0x20 && ascii < 0x7f ? String.fromCharCode(ascii) : '';
}
