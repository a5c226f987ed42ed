import { INK, type Ink } from './ink.ts';
import { type Pages, TEXT_WIDTH } from './pages.ts';
import type { TextStyle } from './paragraph.ts';
import { STYLE } from './styles.ts';

const LABEL_WIDTH = 116;

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly style?: TextStyle;
  readonly ink?: Ink;
}

/** A heading that does not stay behind at the foot of a page. */
export function heading(pages: Pages, text: string, room = 48): void {
  pages.y += 12;
  pages.need(room);
  pages.rule();
  pages.y += 7;
  pages.text(text, STYLE.heading);
  pages.y += 3;
}

/** A row a fact: its label, and beside it all of its value. */
export function facts(pages: Pages, all: readonly Fact[]): void {
  for (const { label, value, style = STYLE.body, ink = INK.text } of all) {
    const lines = pages.lines(value, style, TEXT_WIDTH - LABEL_WIDTH);
    pages.row([
      { x: 0, style: STYLE.label, ink: INK.soft, lines: pages.lines(label, STYLE.label, LABEL_WIDTH - 8) },
      { x: LABEL_WIDTH, style, ink, lines },
    ]);
    pages.y += 2;
  }
}

/** An instant for people, exact: `2026-11-15 15:28:14 UTC`. */
export function moment(instant: string): string {
  return instant.replace('T', ' ').replace(/Z$/, ' UTC');
}

/** A hash or fingerprint in groups of four, to be read aloud. */
export function inFours(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex;
}
