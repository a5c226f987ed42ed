import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import { needsShowing } from '../../../shared/domain/text/ranges.ts';
import { segmentText } from '../../../shared/domain/text/segments.ts';

const odd = fc.constantFrom(
  ...['\u202e', '\u200b', '\u{e0041}', '\u{e007f}', '\u001b', '\u009b', '\u0301', '\ufe0f', '\u{f0000}', '\u0378'],
  ...['\ud800', '\u00a0', '\u2028', '\n', '\r', '\t', 'a', ' ', 'é', '😀', '\u{e0100}'],
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(odd, { maxLength: 40 }).map((all) => all.join('')),
);

function codePoints(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}

describe('S63 what would not be seen', () => {
  it.each([
    ['\u202e', 'bidi', 'RLO 202E'],
    ['\u2066', 'bidi', 'LRI 2066'],
    ['\u200f', 'bidi', 'RLM 200F'],
    ['\u061c', 'bidi', 'ALM 061C'],
    ['\u001b', 'control', 'ESC 001B'],
    ['\u0000', 'control', 'NUL 0000'],
    ['\t', 'control', 'TAB 0009'],
    ['\u009b', 'control', 'CSI 009B'],
    ['\u200b', 'invisible', 'ZWSP 200B'],
    ['\u00ad', 'invisible', 'SHY 00AD'],
    ['\u2060', 'invisible', 'WJ 2060'],
    ['\ufeff', 'invisible', 'ZWNBSP FEFF'],
    ['\u3164', 'invisible', 'HF 3164'],
    ['\u2800', 'invisible', 'BLANK 2800'],
    ['\ufe0f', 'selector', 'VS16 FE0F'],
    ['\u{e0100}', 'selector', 'VS17 E0100'],
    ['\u00a0', 'space', 'NBSP 00A0'],
    ['\u2028', 'space', 'LSEP 2028'],
    ['\u{e000}', 'private', 'U+E000'],
    ['\u0378', 'unassigned', 'U+0378'],
    ['\uffff', 'unassigned', 'U+FFFF'],
    ['\ud800', 'surrogate', 'U+D800'],
  ])('%j is a chip: %s, %s', (text, kind, label) => {
    expect(segmentText(`a${text}b`)).toEqual([
      { kind: 'text', text: 'a' },
      { kind, label, count: 1, text },
      { kind: 'text', text: 'b' },
    ]);
  });

  it('takes runs together, and reads what tags spell', () => {
    expect(segmentText('\u200b'.repeat(14))).toEqual([
      { kind: 'invisible', label: 'ZWSP 200B', count: 14, text: '\u200b'.repeat(14) },
    ]);
    const tags = [...'APPROVE'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    expect(segmentText(`${tags}\u{e007f}`)).toMatchObject([{ kind: 'tag', label: 'TAG “APPROVE”', count: 8 }]);
    expect(segmentText(`e${'\u0301'.repeat(14)}`)).toMatchObject([
      { text: 'e' },
      { kind: 'marks', label: '◌', count: 14 },
    ]);
    expect(segmentText('e\u0301\u0323')).toEqual([{ kind: 'text', text: 'e\u0301\u0323' }]);
  });

  it('loses nothing, and leaves no such character in a plain run', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const segments = segmentText(text);
        expect(segments.map((segment) => segment.text).join('')).toBe(text);
        for (const segment of segments) {
          if (segment.kind === 'text') expect(codePoints(segment.text).some(needsShowing)).toBe(false);
          else expect(segment.count).toBe(codePoints(segment.text).length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('S65 a terminal', () => {
  it('gets names instead of escape sequences, on one line', () => {
    expect(escapeForTerminal('\u001b[2J\u009b31m\nx\u200b\u200b')).toBe(
      '<ESC 001B>[2J<CSI 009B>31m<LF 000A>x<ZWSP 200B ×2>',
    );
    expect(escapeForTerminal('plain é 😀')).toBe('plain é 😀');
  });

  it('never gets a character that would not show itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeForTerminal(text);
        expect(codePoints(escaped).filter((codePoint) => needsShowing(codePoint) || codePoint === 10)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
