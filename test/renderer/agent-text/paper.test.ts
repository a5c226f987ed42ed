import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitHosts } from '../../../renderer/components/agent-text/hosts.ts';
import { countCharacters, layPaper } from '../../../renderer/components/agent-text/paper.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.constantFrom('', ' ', 'word', 'a\r', '\u202e12', '😀'), { maxLength: 120 }).map((all) => all.join('\n')),
  fc.integer({ min: 3990, max: 4010 }).map((n) => '😀'.repeat(n)),
);

describe('the paper', () => {
  test('S66: what is shown and what is left out are the whole text, and each stored line has its number', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = layPaper(text, true);
        const stored = text.split('\n').map((line, n, all) => (n < all.length - 1 ? line.replace(/\r$/, '') : line));
        expect(whole.shown).toBe(countCharacters(text));
        let next = 1;
        for (const row of whole.rows) {
          expect(row.number).toBe(next);
          if (row.kind === 'line') expect(row.text).toBe(stored[row.number - 1]);
          next += row.kind === 'line' ? 1 : row.count;
        }
        expect(next - 1).toBe(stored.length);
      }),
    );
  });

  test('shows at first 40 lines or 4,000 characters at most, never half a character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const first = layPaper(text, false);
        const lines = first.rows.reduce((n, row) => n + (row.kind === 'line' ? 1 : row.count), 0);
        expect(first.shown).toBeLessThanOrEqual(4000);
        expect(lines).toBeLessThanOrEqual(40);
        expect(first.characters).toBe(countCharacters(text));
        for (const row of first.rows)
          if (row.kind === 'line' && text.isWellFormed()) expect(row.text.isWellFormed()).toBe(true);
      }),
    );
  });

  test('S66: 38 empty lines are one row that says so, so nothing can be pushed out of sight', () => {
    expect(layPaper(`above${'\n'.repeat(39)}below`, false).rows).toEqual([
      { kind: 'line', number: 1, text: 'above' },
      { kind: 'empty', number: 2, count: 38 },
      { kind: 'line', number: 40, text: 'below' },
    ]);
  });
});

describe('host names in the agent’s text', () => {
  test('S64: a host beyond ASCII is never without its punycode', () => {
    expect(splitHosts('pay at аpple.com now')).toEqual([
      { text: 'pay at ', host: false, punycode: null },
      { text: 'аpple.com', host: true, punycode: 'xn--pple-43d.com' },
      { text: ' now', host: false, punycode: null },
    ]);
  });

  test('a table, a version and a file are no hosts; an address and a mail domain are', () => {
    const hosts = (text: string) => splitHosts(text).flatMap((piece) => (piece.host ? [piece.text] : []));
    expect(hosts('prod.payout_queue_old 1.7.0 report.pdf')).toEqual([]);
    expect(hosts('https://build.internal/x me@mail.bank www.example.org.')).toEqual([
      'build.internal',
      'mail.bank',
      'www.example.org',
    ]);
  });

  test('the pieces joined are the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(
          splitHosts(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
