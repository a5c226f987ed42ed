import { inflateSync } from 'node:zlib';

interface Printed {
  readonly dictionary: string;
  readonly stream: string;
}

/** The text of each sheet of a PDF as Chromium prints it, in the order of drawing, without spaces. */
export function sheetTexts(file: Buffer): string[] {
  const objects = objectsOf(file);
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary));
  return pages.map(({ dictionary }) => textOf(objects, dictionary));
}

/** All objects by number: Chromium writes each in the open, one after another. */
function objectsOf(file: Buffer): Map<string, Printed> {
  const text = file.toString('latin1');
  const found = [...text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)];
  return new Map(
    found.map(([, number = '', body = '']) => {
      const [dictionary = '', stream = ''] = body.split(/(?<=>>) ?\n?stream\n/);
      const bytes = Buffer.from(stream.replace(/\nendstream$/, ''), 'latin1');
      const plain = dictionary.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : stream;
      return [number, { dictionary, stream: plain }];
    }),
  );
}

const SHOWN = /\/(F\d+) [\d.-]+ Tf|<([0-9A-Fa-f]+)>/g;

interface Letters {
  /** Digits of a code: fonts that are drawn have two, others four. */
  readonly digits: number;
  readonly of: ReadonlyMap<string, string>;
}

function textOf(objects: Map<string, Printed>, page: string): string {
  const content = objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '')?.stream ?? '';
  let text = '';
  let letters: Letters = { digits: 4, of: new Map() };
  for (const [, font, codes = ''] of content.matchAll(SHOWN)) {
    if (font !== undefined) letters = lettersOf(objects, new RegExp(`/${font} (\\d+) 0 R`).exec(page)?.[1] ?? '');
    for (let at = 0; at < codes.length; at += letters.digits)
      text += letters.of.get(codes.slice(at, at + letters.digits).toUpperCase()) ?? '';
  }
  return text;
}

const ONE = /^<([0-9A-F]+)> <([0-9A-F]{4})>$/gm;
const RANGE = /^<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]{4})>$/gm;

/** The letters of a font's codes, by its /ToUnicode. */
function lettersOf(objects: Map<string, Printed>, font: string): Letters {
  const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.dictionary ?? '')?.[1] ?? '';
  const cmap = objects.get(map)?.stream ?? '';
  const of = new Map<string, string>();
  for (const [, code = '', letter = ''] of cmap.matchAll(ONE)) of.set(code, letterOf(Number.parseInt(letter, 16)));
  for (const [, first = '', last = '', letter = ''] of cmap.matchAll(RANGE)) {
    const from = Number.parseInt(first, 16);
    for (let code = from; code <= Number.parseInt(last, 16); code += 1) {
      const written = code.toString(16).toUpperCase().padStart(first.length, '0');
      of.set(written, letterOf(Number.parseInt(letter, 16) + code - from));
    }
  }
  return { digits: [...of.keys()][0]?.length ?? 4, of };
}

const letterOf = (unit: number): string => String.fromCharCode(unit);
