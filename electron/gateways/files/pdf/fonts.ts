import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font, type GlyphRun } from 'fontkit';
import { FONT_FILES } from './font-files.ts';

/** How a text is to look; which fonts its letters need is found letter by letter. */
export type Family = 'sans' | 'strong' | 'mono';
export type FaceName = keyof typeof FONT_FILES;

/** Tried in turn; the large ones are only opened for letters that they may have. */
const CHAINS: Readonly<Record<Family, readonly FaceName[]>> = {
  sans: ['sans', 'mono', 'hebrew', 'arabic', 'han', 'hangul'],
  strong: ['strong', 'mono', 'hebrew-strong', 'arabic-strong', 'han', 'hangul'],
  mono: ['mono', 'sans', 'hebrew', 'arabic', 'han', 'hangul'],
};

const HEBREW = /[\u0590-\u05ff\ufb1d-\ufb4f]/;
const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/;
const HAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\u3000-\u303f\u3200-\u33ff\uff00-\uffef]/u;
const WORTH_TRYING: Readonly<Partial<Record<FaceName, RegExp>>> = {
  hebrew: HEBREW,
  'hebrew-strong': HEBREW,
  arabic: ARABIC,
  'arabic-strong': ARABIC,
  han: HAN,
  hangul: /\p{sc=Hangul}/u,
};

/** Naskh is drawn smaller than the other scripts. */
const ENLARGED: Readonly<Partial<Record<FaceName, number>>> = { arabic: 1.22, 'arabic-strong': 1.22 };

/** Scripts that cannot be read without their ligatures. */
const JOINING = /[\p{sc=Arabic}\p{sc=Devanagari}]/u;
/** A ligature makes another sign of `!=` or `fi`: what was written is shown letter by letter. */
const AS_WRITTEN = { liga: false, clig: false, calt: false };

const REMEMBERED = 3000;
const SHORT = 200;

/** The fonts of one report, opened when first needed, from a folder laid out like node_modules. */
export class Fonts {
  private readonly folder: string;
  private readonly faces = new Map<FaceName, Face>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The face of the family that has all these code points; null where none has. */
  faceFor(letters: string, family: Family): Face | null {
    for (const name of CHAINS[family]) {
      if (WORTH_TRYING[name]?.test(letters) === false) continue;
      const face = this.face(name);
      if (face.covers(letters)) return face;
    }
    return null;
  }

  face(name: FaceName): Face {
    const known = this.faces.get(name);
    if (known !== undefined) return known;
    const face = new Face(name, readFileSync(join(this.folder, FONT_FILES[name])));
    this.faces.set(name, face);
    return face;
  }
}

/** One font, whose every text is laid out in the direction that is asked for. */
export class Face {
  readonly name: FaceName;
  /** By how much its letters are enlarged beside those of the others. */
  readonly scale: number;
  /** For pdfkit: its `layout` takes `rtla` among the features as right to left, else lays out left to right. */
  readonly font: Font;
  private readonly shapes = new Map<string, GlyphRun>();
  private readonly inner: Font['layout'];

  constructor(name: FaceName, bytes: Uint8Array) {
    this.name = name;
    this.scale = ENLARGED[name] ?? 1;
    // The zeros: an empty glyph at the very end of a file is looked at beyond it.
    const font = create(Buffer.concat([bytes, Buffer.alloc(16)])) as Font;
    this.font = font;
    this.inner = font.layout.bind(font);
    font.layout = (text, features) => this.shape(text, Array.isArray(features) && features.includes('rtla'));
  }

  covers(letters: string): boolean {
    for (const letter of letters) if (!this.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)) return false;
    return true;
  }

  /** Width at a size of one point. */
  width(text: string, rtl: boolean): number {
    const { positions } = this.remembered(text, rtl);
    return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0) * (this.scale / this.font.unitsPerEm);
  }

  /** What a reader takes from the glyphs, left to right; another text than `text` where glyphs stand in another order. */
  spelt(text: string, rtl: boolean): string {
    const { glyphs } = this.remembered(text, rtl);
    return glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints)).join('');
  }

  /** A run whose positions are the caller's own: pdfkit scales them in place. */
  private shape(text: string, rtl: boolean): GlyphRun {
    const { glyphs, positions } = this.remembered(text, rtl);
    return { glyphs, positions: positions.map((position) => ({ ...position })) } as GlyphRun;
  }

  private remembered(text: string, rtl: boolean): GlyphRun {
    const key = rtl ? `<${text}` : `>${text}`;
    const known = this.shapes.get(key);
    if (known !== undefined) return known;
    const features = JOINING.test(text) ? {} : AS_WRITTEN;
    const run = this.inner(text, features, undefined, undefined, rtl ? 'rtl' : 'ltr');
    if (this.shapes.size >= REMEMBERED) this.shapes.clear();
    if (text.length <= SHORT) this.shapes.set(key, run);
    return run;
  }
}
