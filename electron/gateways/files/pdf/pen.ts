import PDFDocument from 'pdfkit';
import type { ChipAtom } from './atoms.ts';
import type { Face, Fonts } from './fonts.ts';
import { INK, type Ink } from './ink.ts';
import { CHIP, type ChipRun, type Line, type TextRun, type TextStyle } from './paragraph.ts';

/** What pdfkit keeps of an embedded font, none of it in its types: codes of its subset, and where glyphs stand. */
interface EmbeddedFont {
  readonly id: string;
  ref(): unknown;
  encode(text: string, features: readonly string[]): [codes: string[], positions: Position[]];
}
/** In thousandths of the font's size. */
interface Position {
  readonly xAdvance: number;
  readonly advanceWidth: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** What a page names, by kind and name; its types leave that out. */
export function resourcesOf(page: PDFKit.PDFPage): Record<string, Record<string, unknown>> {
  return (page as unknown as { resources: { data: Record<string, Record<string, unknown>> } }).resources.data;
}

/** Two digits behind the point are finer than any printer. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/**
 * Draws lines of text on the page of a pdfkit document, y downwards. Its own text operators: pdfkit's `text` lays out
 * in the direction of a text's first letter and changes coordinates inside marked content, which readers of
 * /ActualText do not follow.
 */
export class Pen {
  readonly doc: PDFKit.PDFDocument;
  private readonly fonts: Fonts;
  private readonly embedded = new Map<Face, EmbeddedFont>();

  constructor(doc: PDFKit.PDFDocument, fonts: Fonts) {
    this.doc = doc;
    this.fonts = fonts;
  }

  /** The line with its left end at `x`, its letters standing on `baseline`. */
  line(line: Line, style: TextStyle, x: number, baseline: number, ink: Ink = INK.text): void {
    for (const run of line.runs) {
      if (run.kind === 'chip') this.chip(run, style, x + run.x, baseline);
      else this.run(run, style.size, x + run.x, baseline, ink);
    }
  }

  /** A few plain words on one line; their width. */
  words(text: string, style: TextStyle, x: number, baseline: number, ink: Ink = INK.text): number {
    const face = this.fonts.face(style.family);
    this.run({ kind: 'text', x: 0, text, face, rtl: false }, style.size, x, baseline, ink);
    return this.widthOf(text, style);
  }

  widthOf(text: string, style: TextStyle): number {
    return this.fonts.face(style.family).width(text, false) * style.size;
  }

  private chip({ chip, width }: ChipRun, { size }: TextStyle, x: number, baseline: number): void {
    const small = size * CHIP.scale;
    const hidden = chip.kind === 'hidden';
    const ink = hidden ? INK.hidden : INK.soft;
    this.doc.roundedRect(x + CHIP.gap, baseline - size * 0.82, width - 2 * CHIP.gap, size * 1.08, 1.5).lineWidth(0.5);
    this.doc.fillAndStroke(hidden ? INK.hiddenGround : INK.letterGround, ink);
    const run: TextRun = { kind: 'text', x: 0, text: chip.label, face: chip.face, rtl: false };
    this.run(run, small, x + CHIP.gap + CHIP.pad, baseline - size * 0.06, ink, asCopied(chip));
  }

  private run(
    { text, face, rtl }: TextRun,
    textSize: number,
    x: number,
    baseline: number,
    ink: Ink,
    copied?: string,
  ): void {
    const font = this.fontOf(face);
    const size = textSize * face.scale;
    const actual = copied ?? (rtl || face.spelt(text, rtl) === text ? null : text);
    const resources = resourcesOf(this.doc.page);
    resources.Font ??= {};
    resources.Font[font.id] ??= font.ref();
    this.doc.fillColor(ink);
    if (actual !== null) this.doc.markContent('Span', { actual });
    this.doc.addContent(`BT /${font.id} ${number(size)} Tf`);
    this.glyphs(font.encode(text, [rtl ? 'rtla' : 'ltra']), size, x, baseline);
    this.doc.addContent('ET');
    if (actual !== null) this.doc.endMarkedContent();
  }

  /** Shows the glyphs; those that stand off the line, such as marks on letters, each at its place. */
  private glyphs([codes, positions]: [string[], Position[]], size: number, x: number, baseline: number): void {
    const scale = size / 1000;
    let pen = x;
    let shown = '';
    const place = (at: number, y: number) => this.doc.addContent(`1 0 0 -1 ${number(at)} ${number(y)} Tm`);
    const show = () => {
      if (shown !== '') this.doc.addContent(`[<${shown}>] TJ`);
      shown = '';
    };
    place(x, baseline);
    for (const [i, position] of positions.entries()) {
      const off = position.xOffset !== 0 || position.yOffset !== 0;
      if (off) show();
      if (off) place(pen + position.xOffset * scale, baseline - position.yOffset * scale);
      const kern = position.advanceWidth - position.xAdvance;
      shown += kern === 0 ? codes[i] : `${codes[i]}> ${number(kern)} <`;
      pen += position.xAdvance * scale;
      if (off) show();
      if (off) place(pen, baseline);
    }
    show();
  }

  private fontOf(face: Face): EmbeddedFont {
    const known = this.embedded.get(face);
    if (known !== undefined) return known;
    // pdfkit takes a font that fontkit has opened as it is, though its types know files and bytes only.
    this.doc.registerFont(face.name, face.font as unknown as Uint8Array).font(face.name);
    const font = (this.doc as unknown as { readonly _font: EmbeddedFont })._font;
    this.embedded.set(face, font);
    return font;
  }
}

/** A chip as it is copied and read aloud: as the command line prints it. */
function asCopied({ kind, label }: ChipAtom): string {
  return kind === 'hidden' ? `<${label}>` : label;
}

/** A document that names nothing outside itself and whose bytes depend on nothing but what is drawn and `dated`. */
export function newDocument(title: string, generator: string, dated: Date): PDFKit.PDFDocument {
  return new PDFDocument({
    autoFirstPage: false,
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    // No font of its own: those of the PDF standard are never embedded.
    font: null as unknown as string,
    fontLayoutCache: false,
    info: { Title: title, Creator: generator, Producer: generator, CreationDate: dated },
  });
}
