import bidiFactory, { type EmbeddingLevels } from 'bidi-js';
import LineBreaker from 'linebreak';
import { type Atom, atomsOf, type ChipAtom, OBJECT } from './atoms.ts';
import type { Face, Family, Fonts } from './fonts.ts';

/** How a text is set: size and the distance of lines in points. */
export interface TextStyle {
  readonly family: Family;
  readonly size: number;
  readonly leading: number;
}

/** Where letters stand in a line, from its top: the same for all sizes of one leading. */
export function baselineOf({ leading }: TextStyle): number {
  return leading * 0.75;
}

/** A run as it stands on a line: of one font, in one direction. */
export interface TextRun {
  readonly kind: 'text';
  readonly x: number;
  readonly text: string;
  readonly face: Face;
  readonly rtl: boolean;
}
export interface ChipRun {
  readonly kind: 'chip';
  readonly x: number;
  readonly width: number;
  readonly chip: ChipAtom;
}
export type Run = TextRun | ChipRun;

/** A line, its runs from left to right. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  /** The paragraph begins at the right. */
  readonly rtl: boolean;
}

/** A chip's label is set smaller than the text, with room around it. */
export const CHIP = { scale: 0.78, pad: 2.5, gap: 1 } as const;

const bidi = bidiFactory();
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** A piece without a place to break it that is longer than this is cut anywhere, unmeasured. */
const LONG_PIECE = 400;

/**
 * One paragraph broken into lines of at most `width` points (UAX 14; what is longer is cut between letters), each line
 * put in the order of its directions (UAX 9), with the paragraph's direction from its first letter that has one.
 * Controls of direction are chips and have no effect. A text without a letter gives one empty line.
 */
export function breakParagraph(text: string, style: TextStyle, width: number, fonts: Fonts): Line[] {
  return new Paragraph(atomsOf(text, style.family, fonts), style).lines(width);
}

class Paragraph {
  private readonly atoms: readonly Atom[];
  private readonly size: number;
  /** The text with one object for each chip. */
  private readonly shown: string;
  /** The atom of each UTF-16 unit of `shown`. */
  private readonly atomAt: readonly number[];
  private readonly levels: EmbeddingLevels | null;

  constructor(atoms: readonly Atom[], { size }: TextStyle) {
    const pieces = atoms.map((atom) => (atom.kind === 'text' ? atom.text : OBJECT));
    this.atoms = atoms;
    this.size = size;
    this.shown = pieces.join('');
    this.atomAt = pieces.flatMap((piece, i) => new Array<number>(piece.length).fill(i));
    this.levels = RIGHT_TO_LEFT.test(this.shown) ? bidi.getEmbeddingLevels(this.shown) : null;
  }

  lines(width: number): Line[] {
    const ends = this.lineEnds(width);
    return ends.map((end, i) => this.line(ends[i - 1] ?? 0, end));
  }

  private lineEnds(width: number): number[] {
    const ends: number[] = [];
    let start = 0;
    let used = 0;
    let from = 0;
    for (const to of this.pieceEnds(width)) {
      const needed = this.width(from, this.trimmed(from, to));
      if (used + needed > width && from > start) {
        ends.push(from);
        start = from;
        used = 0;
      }
      used += this.width(from, to);
      from = to;
    }
    ends.push(this.shown.length);
    return ends;
  }

  /** Ends of what must not be parted, and of letters in what is wider than a line. */
  private *pieceEnds(width: number): Generator<number> {
    const breaker = new LineBreaker(this.shown);
    let from = 0;
    for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
      const to = next.position;
      const fits = to - from <= LONG_PIECE && this.width(from, this.trimmed(from, to)) <= width;
      if (fits) yield to;
      else yield* this.clusterEnds(from, to);
      from = to;
    }
  }

  private *clusterEnds(from: number, to: number): Generator<number> {
    for (const { index, 0: cluster } of this.shown.slice(from, to).matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
      yield from + index + cluster.length;
    }
  }

  /** Where the text before `to` ends without its last spaces. */
  private trimmed(from: number, to: number): number {
    let end = to;
    while (end > from && this.shown[end - 1] === ' ') end -= 1;
    return end;
  }

  private width(from: number, to: number): number {
    let sum = 0;
    for (const [start, end] of this.uniform(from, to)) sum += this.widthOf(start, end);
    return sum;
  }

  /** Ranges of one atom and one level. */
  private *uniform(from: number, to: number): Generator<[number, number]> {
    let start = from;
    for (let at = from + 1; at <= to; at += 1) {
      if (at < to && this.atomAt[at] === this.atomAt[start] && this.level(at) === this.level(start)) continue;
      yield [start, at];
      start = at;
    }
  }

  private atomOf(at: number): Atom {
    const atom = this.atoms[this.atomAt[at] ?? -1];
    if (atom === undefined) throw new RangeError(`no letter stands at ${at}`);
    return atom;
  }

  private level(at: number): number {
    return this.levels?.levels[at] ?? 0;
  }

  private widthOf(start: number, end: number): number {
    const atom = this.atomOf(start);
    if (atom.kind !== 'text') return chipWidth(atom, this.size);
    return atom.face.width(this.textOf(start, end), this.level(start) % 2 === 1) * this.size;
  }

  /** The letters as they are set: in text that runs to the left, brackets are turned round. */
  private textOf(start: number, end: number): string {
    const text = this.shown.slice(start, end);
    if (this.level(start) % 2 === 0) return text;
    return [...text].map((letter) => bidi.getMirroredCharacter(letter) ?? letter).join('');
  }

  private line(start: number, to: number): Line {
    const end = this.trimmed(start, to);
    const runs: Run[] = [];
    let x = 0;
    for (const [from, until] of this.visual(start, end)) {
      const width = this.widthOf(from, until);
      runs.push(this.run(from, until, x, width));
      x += width;
    }
    return { runs, width: x, rtl: (this.levels?.paragraphs[0]?.level ?? 0) % 2 === 1 };
  }

  private run(from: number, until: number, x: number, width: number): Run {
    const atom = this.atomOf(from);
    if (atom.kind !== 'text') return { kind: 'chip', x, width, chip: atom };
    return { kind: 'text', x, text: this.textOf(from, until), face: atom.face, rtl: this.level(from) % 2 === 1 };
  }

  /** The line's ranges of one atom and one level, from left to right. */
  private visual(start: number, end: number): [number, number][] {
    const ranges = [...this.uniform(start, end)];
    if (this.levels === null || start === end) return ranges;
    const order = Array.from({ length: end - start }, (_, i) => start + i);
    for (const [first = 0, last = 0] of bidi.getReorderSegments(this.shown, this.levels, start, end - 1)) {
      const [a, b] = [first - start, last - start + 1];
      order.splice(a, b - a, ...order.slice(a, b).reverse());
    }
    const places = new Map(order.map((at, place) => [at, place]));
    return ranges.sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  }
}

export function chipWidth(atom: ChipAtom, size: number): number {
  return atom.face.width(atom.label, false) * size * CHIP.scale + 2 * (CHIP.pad + CHIP.gap);
}
