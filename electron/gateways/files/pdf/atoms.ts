import { type ChipSegment, segmentText } from '../../../../shared/domain/text/segments.ts';
import type { Face, Family, Fonts } from './fonts.ts';

/** A run of letters of one font. */
export interface TextAtom {
  readonly kind: 'text';
  readonly text: string;
  readonly face: Face;
}

/** What is shown by its name: a character that would not be seen (S63), or a letter that no font here has. */
export interface ChipAtom {
  readonly kind: 'hidden' | 'letter';
  readonly label: string;
  readonly face: Face;
}

export type Atom = TextAtom | ChipAtom;

/** Stands for a chip where directions and line ends are found: an object, of no direction of its own (UAX 9). */
export const OBJECT = '\ufffc';

/** A letter with the marks on it. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

/** The text as runs of letters and chips, in its order; a line feed is a chip here: paragraphs are parted before. */
export function atomsOf(text: string, family: Family, fonts: Fonts): Atom[] {
  const atoms: Atom[] = [];
  for (const segment of segmentText(text)) {
    if (segment.kind === 'text') addPlain(atoms, segment.text, family, fonts);
    else atoms.push(chip('hidden', labelOf(segment), fonts));
  }
  return atoms;
}

function labelOf({ label, count }: ChipSegment): string {
  return count === 1 ? label : `${label} ×${count}`;
}

function chip(kind: ChipAtom['kind'], label: string, fonts: Fonts): ChipAtom {
  return { kind, label, face: fonts.faceFor(label, 'mono') ?? fonts.face('mono') };
}

function addPlain(atoms: Atom[], text: string, family: Family, fonts: Fonts): void {
  if (/^[ -~]+$/.test(text)) {
    addText(atoms, text, fonts.face(family));
    return;
  }
  for (const cluster of text.match(CLUSTER) ?? []) {
    const face = cluster.startsWith('\n') ? null : fonts.faceFor(cluster, family);
    if (face !== null) addText(atoms, cluster, face);
    else for (const letter of cluster) addLetter(atoms, letter, family, fonts);
  }
}

function addLetter(atoms: Atom[], letter: string, family: Family, fonts: Fonts): void {
  const face = fonts.faceFor(letter, family);
  if (letter === '\n') atoms.push(chip('hidden', 'LF 000A', fonts));
  else if (face !== null) addText(atoms, letter, face);
  else atoms.push(chip('letter', codePointLabel(letter), fonts));
}

function addText(atoms: Atom[], text: string, face: Face): void {
  const last = atoms.at(-1);
  if (last?.kind === 'text' && last.face === face) atoms[atoms.length - 1] = { ...last, text: last.text + text };
  else atoms.push({ kind: 'text', text, face });
}

function codePointLabel(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
