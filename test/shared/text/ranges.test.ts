import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hasHidden, needsShowing } from '../../../shared/domain/text/ranges.ts';

const properties = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/unicode-deception/properties-17.0.0.json', import.meta.url), 'utf8'),
) as { version: string; make_visible: { count: number; ranges: string[] } };

it('S63 the table is what Unicode 17.0.0 says, for every code point', () => {
  const wanted = new Uint8Array(0x110000);
  for (const range of properties.make_visible.ranges) {
    const [start = '', end = start] = range.split('..');
    wanted.fill(1, Number.parseInt(start, 16), Number.parseInt(end, 16) + 1);
  }
  expect(wanted.reduce((sum, one) => sum + one, 0)).toBe(properties.make_visible.count);
  const wrong: string[] = [];
  for (let codePoint = 0; codePoint < 0x110000; codePoint += 1) {
    if (needsShowing(codePoint) !== (wanted[codePoint] === 1)) wrong.push(codePoint.toString(16));
  }
  expect(wrong).toEqual([]);
});

it('finds one hidden character anywhere, and none in honest text', () => {
  expect(hasHidden('plain\ntext')).toBe(false);
  expect(hasHidden('Größe, 日本語, עברית')).toBe(false);
  for (const hidden of ['\u200b', '\t', '\u00a0', '\u{e0041}', '\ud800', '\u2800', '\ufffe']) {
    expect(hasHidden(`a${hidden}b`)).toBe(true);
  }
});
