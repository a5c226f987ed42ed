import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Piece, type Splitter, splitArray, splitLines } from '../../electron/gateways/files/json-splitter.ts';

/** The pieces of a text that arrives in chunks of the given sizes. */
function pieces(splitter: Splitter, text: string, sizes: readonly number[] = []): Piece[] {
  const bytes = Buffer.from(text);
  const found: Piece[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) found.push(...splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return [...found, ...splitter.end()];
}

const texts = (found: Piece[]) => found.map(({ bytes }) => (bytes === null ? null : Buffer.from(bytes).toString()));
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 40 });

describe('lines of JSONL', () => {
  test('are cut at LF wherever the chunks end, and numbered with the empty ones', () => {
    const found = pieces(splitLines(100), 'one\n\n  \r\ntwo\r\nthree', [2, 1, 1, 3]);
    expect(found.map(({ at }) => at)).toEqual([1, 4, 5]);
    expect(texts(found)).toEqual(['one', 'two\r', 'three']);
  });

  test('S49: a line beyond the limit is passed over, the next one is read', () => {
    expect(texts(pieces(splitLines(3), 'abcdef\nxyz\n', [1, 1, 1, 1]))).toEqual([null, 'xyz']);
  });

  test('any documents come back, in any chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), sizes, (values, chunkSizes) => {
        const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
        const found = texts(pieces(splitLines(1e6), text, chunkSizes));
        expect(found.map((line) => JSON.parse(line ?? ''))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });
});

describe('elements of an array', () => {
  test('any array comes back, in any chunks and with any white space', () => {
    const space = fc.constantFrom('', ' ', '\n', '\r\n\t');
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        sizes,
        space,
        fc.constantFrom(0, 2),
        (values, chunkSizes, around, indent) => {
          const text = `${around}${JSON.stringify(values, null, indent)}${around}`;
          const found = pieces(splitArray(1e6), text, chunkSizes);
          expect(found.map(({ at }) => at)).toEqual(values.map((_, index) => index));
          expect(texts(found).map((element) => JSON.parse(element ?? ''))).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
    );
  });

  test.each([
    ['[1,2', ['1', '']],
    ['[', ['']],
    ['[1] 2', ['1', '']],
    ['[1,]', ['1', '']],
    ['[,1]', ['', '1']],
    ['[{"a":"]"},"\\"]"]', ['{"a":"]"}', '"\\"]"']],
    ['[]', []],
  ])('%s gives %j: what is no JSON stays no JSON', (text, expected) => {
    expect(texts(pieces(splitArray(100), text, [1, 1, 1, 1, 1]))).toEqual(expected);
  });

  test('S49: an element beyond the limit is passed over, the next one is read', () => {
    expect(texts(pieces(splitArray(4), '["abcdef",1]', [2, 2, 2]))).toEqual([null, '1']);
  });
});
