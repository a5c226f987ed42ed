import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fonts } from '../../electron/gateways/files/pdf/fonts.ts';
import { breakParagraph, type Line, type TextStyle } from '../../electron/gateways/files/pdf/paragraph.ts';
import { needsShowing } from '../../shared/domain/text/ranges.ts';
import { segmentText } from '../../shared/domain/text/segments.ts';
import { projectRoot } from '../helpers/project-root.ts';

const fonts = new Fonts(join(projectRoot, 'node_modules'));
const MONO: TextStyle = { family: 'mono', size: 10, leading: 14 };
const WIDE = 100_000;

/** The line's runs from left to right, as they are set; those that run to the left in `<>`. */
function shown(line: Line | undefined): string {
  const runs = line?.runs.map((run) => {
    if (run.kind === 'chip') return `[${run.chip.label}]`;
    return run.rtl ? `<${run.text}>` : run.text;
  });
  return runs?.join('') ?? '';
}

function one(text: string): string {
  return shown(breakParagraph(text, MONO, WIDE, fonts)[0]);
}

describe('directions of a line (UAX 9)', () => {
  test.each([
    ['right to left inside left to right', 'pay שלום עולם now', ['pay ', '<עולם>', '< >', '<שלום>', ' now']],
    ['left to right inside right to left', 'שלום pay now', ['pay now', '< >', '<שלום>']],
    ['numbers keep their order', 'שלום 1,200 EUR', ['EUR', '< >', '1,200', '< >', '<שלום>']],
    ['and so do digits of Arabic', 'دفع ٤٧ يورو', ['<يورو>', '< >', '٤٧', '< >', '<دفع>']],
    ['brackets are turned round', 'שלום (עולם)', ['<(>', '<עולם>', '< )>', '<שלום>']],
  ])('%s', (_, text, expected) => {
    expect(one(text)).toBe(expected.join(''));
  });

  test('S63: controls of direction have no effect, and are shown where they stand', () => {
    expect(one('pay \u202e0021\u202c EUR')).toBe('pay [RLO 202E]0021[PDF 202C] EUR');
    expect(one('a\u2066\u05d0\u2069b')).toBe('a[LRI 2066]<\u05d0>[PDI 2069]b');
  });

  test('a paragraph begins at the right where its first letter runs to the left', () => {
    expect(breakParagraph('שלום pay', MONO, WIDE, fonts)[0]?.rtl).toBe(true);
    expect(breakParagraph('123 שלום', MONO, WIDE, fonts)[0]?.rtl).toBe(true);
    expect(breakParagraph('pay שלום', MONO, WIDE, fonts)[0]?.rtl).toBe(false);
  });
});

describe('lines', () => {
  test('break between words, and within one only where it is wider than a line', () => {
    const width = 20 * 6;
    const lines = breakParagraph(`one two three four five ${'x'.repeat(45)} six`, MONO, width, fonts).map(shown);
    expect(lines).toEqual(['one two three four', `five ${'x'.repeat(15)}`, 'x'.repeat(20), 'xxxxxxxxxx six']);
  });

  test('an empty text is one empty line', () => {
    expect(breakParagraph('', MONO, 100, fonts)).toEqual([{ runs: [], width: 0, rtl: false }]);
  });

  test('no ligature puts another sign in the place of what was written', () => {
    const { glyphs } = fonts.face('mono').font.layout('a != b => c -> d', ['ltra']);
    const apart = [...'a != b => c -> d'].map(
      (sign) => fonts.face('mono').font.glyphForCodePoint(sign.codePointAt(0) ?? 0).id,
    );
    expect(glyphs.map(({ id }) => id)).toEqual(apart);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'ab 1(.אבعغक्षि中가\u0301\u202e\u200d\n\u{1f642}ไ'), maxLength: 60 }),
  );

  test('S63: whatever the text, each letter is drawn by a font that has it, and none is lost or doubled', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 60, max: 400 }), (text, width) => {
        const lines = breakParagraph(text, MONO, width, fonts);
        const drawn: string[] = [];
        let chips = 0;
        for (const { runs } of lines) {
          for (const run of runs) {
            if (run.kind === 'chip') chips += 1;
            else drawn.push(...run.text.replaceAll(' ', ''));
            if (run.kind === 'text') expect(run.face.covers(run.text)).toBe(true);
          }
        }
        for (const letter of drawn) expect(needsShowing(letter.codePointAt(0) ?? 0)).toBe(false);
        const segments = segmentText(text);
        const plain = segments.flatMap((segment) =>
          segment.kind === 'text' ? [...segment.text.replaceAll(' ', '')] : [],
        );
        const hidden = segments.filter(({ kind }) => kind !== 'text').length;
        expect(drawn.length + chips).toBe(plain.length + hidden);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever the text, no line is wider than it may be by more than a letter', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 120, max: 400 }), (text, width) => {
        for (const line of breakParagraph(text, MONO, width, fonts)) {
          const chip = Math.max(0, ...line.runs.map((run) => (run.kind === 'chip' ? run.width : 0)));
          expect(line.width).toBeLessThanOrEqual(width + Math.max(20, chip - width + 20));
        }
      }),
      { numRuns: 300 },
    );
  });
});
