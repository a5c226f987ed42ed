import type { Fonts } from './fonts.ts';
import { INK, type Ink } from './ink.ts';
import { baselineOf, breakParagraph, type Line, type TextStyle } from './paragraph.ts';
import { newDocument, Pen, resourcesOf } from './pen.ts';
import type { ReportCover, ReportSink } from './report-model.ts';

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89, left: 48, right: 48, top: 52, bottom: 64 } as const;
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
const BOTTOM = PAGE.height - PAGE.bottom;
const FOOT: TextStyle = { family: 'sans', size: 8, leading: 10 };
const DIGEST: TextStyle = { family: 'mono', size: 7, leading: 10 };
const FOOT_BASELINE = PAGE.height - 36;

/** A part of a row: lines of one style at one place. */
export interface Cell {
  readonly x: number;
  readonly style: TextStyle;
  readonly lines: readonly Line[];
  readonly ink?: Ink;
}

/**
 * Pages one after the other: what is drawn goes to the sink page by page, and nothing of a page is kept once it is
 * full. Each has its number, the number of all, and the manifest's digest at its foot.
 */
export class Pages {
  readonly pen: Pen;
  readonly fonts: Fonts;
  /** Where the next thing is drawn, from the top. */
  y = 0;
  /** Drawn at the head of each page that begins while something goes on. */
  head: (() => void) | null = null;
  private readonly sink: ReportSink;
  private readonly cover: ReportCover;
  private readonly doc: PDFKit.PDFDocument;
  /** The number of all pages: drawn on each, written when it is known. */
  private readonly total: PDFKit.PDFKitReference;
  private readonly totalFonts = {};
  private count = 0;

  constructor(sink: ReportSink, fonts: Fonts, cover: ReportCover) {
    this.sink = sink;
    this.fonts = fonts;
    this.cover = cover;
    this.doc = newDocument('Report of decisions', 'VEX Review Desk', new Date(cover.dated));
    this.pen = new Pen(this.doc, fonts);
    const form = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, PAGE.width, PAGE.height] };
    this.total = this.doc.ref({ ...form, Resources: { Font: this.totalFonts } });
  }

  /** Begins a page. */
  begin(): void {
    const full = this.count === 0 ? null : this.doc.page;
    this.doc.addPage();
    if (full !== null) release(full);
    this.count += 1;
    this.foot();
    this.y = PAGE.top;
    this.head?.();
  }

  /** Makes sure that so many points are left on the page, by beginning another where they are not. */
  need(height: number): void {
    if (this.y + height > BOTTOM) this.begin();
  }

  left(): number {
    return BOTTOM - this.y;
  }

  lines(text: string, style: TextStyle, width: number): Line[] {
    return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, style, width, this.fonts));
  }

  /** Draws a row: on one page if any page has the room for it, else line by line over as many as it takes. */
  row(cells: readonly Cell[]): void {
    const height = Math.max(...cells.map(({ lines, style }) => lines.length * style.leading));
    if (height <= BOTTOM - PAGE.top - 60) {
      this.need(height);
      for (const cell of cells) this.cell(cell, cell.lines);
      this.y += height;
      return;
    }
    const most = Math.max(...cells.map(({ lines }) => lines.length));
    const leading = Math.max(...cells.map(({ style }) => style.leading));
    for (let i = 0; i < most; i += 1) {
      this.need(leading);
      for (const cell of cells) this.cell(cell, cell.lines.slice(i, i + 1));
      this.y += leading;
    }
  }

  /** A text over the whole width, or from `x` on. */
  text(text: string, style: TextStyle, ink: Ink = INK.text, x = 0): void {
    this.row([{ x, style, ink, lines: this.lines(text, style, TEXT_WIDTH - x) }]);
  }

  rule(ink: Ink = INK.hair, from = PAGE.left, to = PAGE.width - PAGE.right): void {
    this.doc.moveTo(from, this.y).lineTo(to, this.y).lineWidth(0.5).stroke(ink);
  }

  /** Hands on what is drawn so far. */
  async drain(): Promise<void> {
    for (let bytes = this.doc.read(); bytes !== null; bytes = this.doc.read()) await this.sink.write(bytes);
  }

  async end(): Promise<void> {
    this.writeTotal();
    this.doc.end();
    await this.drain();
  }

  private cell({ x, style, ink = INK.text }: Cell, lines: readonly Line[]): void {
    for (const [i, line] of lines.entries()) {
      this.pen.line(line, style, PAGE.left + x, this.y + i * style.leading + baselineOf(style), ink);
    }
  }

  private foot(): void {
    const { pen, doc } = this;
    const y = FOOT_BASELINE - 14;
    doc
      .moveTo(PAGE.left, y)
      .lineTo(PAGE.width - PAGE.right, y)
      .lineWidth(0.5)
      .stroke(INK.hair);
    const width = pen.words(`${this.count} of `, FOOT, PAGE.left, FOOT_BASELINE, INK.soft);
    resourcesOf(doc.page).XObject = { Total: this.total };
    doc.addContent(`q 1 0 0 1 ${width.toFixed(2)} 0 cm /Total Do Q`);
    const digest = `manifest SHA-256 ${this.cover.manifest_sha256}`;
    const from = PAGE.width - PAGE.right - pen.widthOf(digest, DIGEST);
    pen.words(digest, DIGEST, from, FOOT_BASELINE, INK.soft);
    if (this.cover.sample) pen.words('Sample ledger', FOOT, PAGE.left + 90, FOOT_BASELINE, INK.soft);
  }

  /** Draws the number of pages into the form that all of them show. */
  private writeTotal(): void {
    const { page } = this.doc;
    const resources = { data: { Font: this.totalFonts } };
    this.doc.page = Object.create(page, { content: { value: this.total }, resources: { value: resources } });
    this.pen.words(String(this.count), FOOT, PAGE.left, FOOT_BASELINE, INK.soft);
    this.doc.page = page;
    this.total.end(undefined);
  }
}

/** pdfkit keeps every page's dictionary to name it in the list of pages; what was written of it may go. */
function release(page: PDFKit.PDFPage): void {
  Object.assign(page.dictionary, { data: {} });
  const resources = resourcesOf(page);
  for (const kind of Object.keys(resources)) delete resources[kind];
}
