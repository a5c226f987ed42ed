import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sayFinding } from '../../../renderer/components/agent-text/finding-words.ts';
import { hiddenCount, lineParts } from '../../../renderer/components/agent-text/line-parts.ts';
import { textFindings } from '../../../shared/domain/text/findings.ts';

const said = (text: string) => textFindings(text).map((finding) => sayFinding(finding, text));

describe('findings in words', () => {
  test('S63: reversed digits are quoted as stored and as they would show elsewhere', () => {
    expect(said('Pay to \u202e8812 0043 7719\u202c of Halden')[0]).toEqual({
      code: 'BIDI_CONTROL',
      lead: 'Hidden characters reverse the digits on screen.',
      rest: ['Stored ', { quoted: '8812 0043 7719' }, ', elsewhere shown ', { quoted: '9177 3400 2188' }, '.'],
    });
  });

  test('S63: what tag characters spell is said', () => {
    const tags = [...'APPROVE'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    expect(said(`Drop it. ${tags}`)[0]?.lead).toBe('Seven tag characters spell “APPROVE”.');
  });

  test('S63: words are quoted without the invisible characters that part them', () => {
    expect(said('please App\u200brove qui\u00adckly now')[0]).toEqual({
      code: 'INVISIBLE_IN_TEXT',
      lead: 'Two invisible characters stand in this text.',
      rest: ['Without them: ', { quoted: 'Approve quickly' }],
    });
  });

  test('S67: the lines that imitate the app are named', () => {
    expect(said('a\n✔ Signature verified\n\n[ Approve ]')[0]?.lead).toBe('Lines 2 and 4 imitate this app.');
  });
});

describe('one line of the agent’s text', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 80 });

  test('S63: the parts joined are the text, and no part that is shown as text holds a bidi control', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parts = lineParts(text);
        expect(parts.map((part) => (part.kind === 'text' ? part.text : part.chip.text)).join('')).toBe(text);
        for (const part of parts) if (part.kind === 'text') expect(part.text).not.toMatch(/[\p{Bidi_Control}\n]/u);
      }),
    );
  });

  test('what bidi controls enclose is marked up to the closing one, or to the line’s end', () => {
    const enclosed = (text: string) =>
      lineParts(text).flatMap((part) => (part.kind === 'text' && part.enclosed ? [part.text] : []));
    expect(enclosed('a\u202eb\u202cc')).toEqual(['b']);
    expect(enclosed('a\u2066b\u202ec\u202cd\u2069e')).toEqual(['b', 'c', 'd']);
    expect(enclosed('a\u202eb')).toEqual(['b']);
    expect(hiddenCount('a\u202eb\u202cc\nd')).toBe(2);
  });
});
