import { inflateSync } from 'node:zlib';

/** An object of a PDF: its dictionary as text, and what its stream holds, inflated. */
export interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer | null;
}

/** All objects of a PDF by number, found by its cross-reference table (ISO 32000-1, 7.5.4). */
export function objectsOf(file: Buffer): Map<number, PdfObject> {
  const text = file.toString('latin1');
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const offsets = [...text.slice(table).matchAll(/^(\d{10}) 00000 n/gm)].map(([, offset]) => Number(offset));
  return new Map(offsets.map((offset, i) => [i + 1, objectAt(file, text, offset, i + 1)]));
}

function objectAt(file: Buffer, text: string, offset: number, number: number): PdfObject {
  const start = `${number} 0 obj\n`;
  if (!text.startsWith(start, offset)) throw new Error(`object ${number} is not where the table says`);
  const from = offset + start.length;
  const body = text.slice(from, text.indexOf('\nendobj', from));
  const streamAt = body.indexOf('\nstream\n');
  if (streamAt < 0) return { dictionary: body, stream: null };
  const dictionary = body.slice(0, streamAt);
  const first = from + streamAt + '\nstream\n'.length;
  const bytes = file.subarray(first, first + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
  return { dictionary, stream: dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes };
}

/** Each page's text as a program that copies it takes it: a line for each run, in the order of drawing. */
export function pageTexts(file: Buffer): string[] {
  const objects = objectsOf(file);
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\n/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const resources = objects.get(referenced(dictionary, 'Resources'))?.dictionary ?? '';
    const content = objects.get(referenced(dictionary, 'Contents'))?.stream?.toString('latin1') ?? '';
    return runsOf(objects, resources, content).join('\n');
  });
}

function referenced(dictionary: string, name: string): number {
  return Number(new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1]);
}

const STEP =
  /\/Span <<\n\/ActualText \(((?:[^()\\]|\\[\s\S])*)\)\n>> BDC|(EMC)|BT \/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[\s\d.-])*)\] TJ|(ET)|\/(Total) Do/g;

function runsOf(objects: Map<number, PdfObject>, resources: string, content: string): string[] {
  const runs: string[] = [];
  let font = new Map<string, string>();
  let run = '';
  let actual: string | null = null;
  for (const [, span, end, name, shown, ended, total] of content.matchAll(STEP)) {
    if (span !== undefined) actual = pdfString(span);
    if (end !== undefined) actual = null;
    if (name !== undefined) font = lettersOf(objects, referenced(resources, name));
    for (const [code] of shown?.replace(/>[^<]*</g, '').matchAll(/[0-9a-f]{4}/g) ?? []) run += font.get(code) ?? '\0';
    if (ended !== undefined) runs.push(actual ?? run);
    if (ended !== undefined) run = '';
    if (total !== undefined) runs.push(totalOf(objects, resources));
  }
  return runs;
}

function totalOf(objects: Map<number, PdfObject>, resources: string): string {
  const form = objects.get(referenced(resources, 'Total'));
  return runsOf(objects, form?.dictionary ?? '', form?.stream?.toString('latin1') ?? '').join('');
}

/** The letters of a font's codes, by its /ToUnicode. */
function lettersOf(objects: Map<number, PdfObject>, number: number): Map<string, string> {
  const map = objects.get(referenced(objects.get(number)?.dictionary ?? '', 'ToUnicode'))?.stream?.toString('latin1');
  const letters = new Map<string, string>();
  for (const [, first = '', list = ''] of (map ?? '').matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    for (const [i, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const code = (Number.parseInt(first, 16) + i).toString(16).padStart(4, '0');
      letters.set(code, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  }
  return letters;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function pdfString(written: string): string {
  const bytes = written.replace(/\\([\s\S])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  if (!bytes.startsWith('\xfe\xff')) return bytes;
  return Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le');
}
