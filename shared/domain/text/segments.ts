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
  if (/^[\n -~]*$/.test(text)) return text === '' ? [] : [{ kind: 'text', text }];
  const segments: Segment[] = [];
  let plain = '';
  const characters = [...text];
  for (let at = 0; at < characters.length; ) {
    const chip = chipAt(characters, at);
    if (chip === null) {
      plain += characters[at];
      at += 1;
      continue;
    }
    if (plain !== '') segments.push({ kind: 'text', text: plain });
    plain = '';
    segments.push(chip);
    at += chip.count;
  }
  if (plain !== '') segments.push({ kind: 'text', text: plain });
  return segments;
}

function chipAt(characters: readonly string[], at: number): ChipSegment | null {
  const marks = runLength(characters, at, (character) => /\p{M}/u.test(character) && !isSelector(character));
  if (marks > MARKS) return chip('marks', '◌', characters, at, marks);
  const codePoint = characters[at]?.codePointAt(0) ?? 0;
  if (!needsShowing(codePoint)) return null;
  const kind = hiddenKind(codePoint);
  if (kind !== 'tag') {
    const equal = runLength(characters, at, (character) => character === characters[at]);
    return chip(kind, hiddenLabel(codePoint), characters, at, equal);
  }
  const tags = runLength(characters, at, isTag);
  const spelt = characters
    .slice(at, at + tags)
    .map(tagged)
    .join('');
  return chip('tag', spelt === '' ? 'TAG' : `TAG “${spelt}”`, characters, at, tags);
}

function chip(kind: ChipSegment['kind'], label: string, characters: readonly string[], at: number, count: number) {
  return { kind, label, count, text: characters.slice(at, at + count).join('') };
}

function runLength(characters: readonly string[], from: number, belongs: (character: string) => boolean): number {
  let end = from;
  while (end < characters.length && belongs(characters[end] ?? '')) end += 1;
  return end - from;
}

function isSelector(character: string): boolean {
  return /\p{Variation_Selector}/u.test(character);
}

function isTag(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return codePoint >= 0xe0000 && codePoint <= 0xe007f;
}

/** The ASCII character that a tag character stands for, where it is one that shows itself. */
function tagged(character: string): string {
  const ascii = (character.codePointAt(0) ?? 0) - 0xe0000;
  return ascii >= 0x20 && ascii < 0x7f ? String.fromCharCode(ascii) : '';
}
