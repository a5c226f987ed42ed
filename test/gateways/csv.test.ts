import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../electron/gateways/files/csv.ts';
import { projectRoot } from '../helpers/project-root.ts';

interface Vector {
  value: string;
  why: string;
  harmless?: boolean;
}

const vectors: Vector[] = readFileSync(join(projectRoot, 'test/fixtures/vectors/csv-injection/cells.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Vector);

/** A reader of RFC 4180 that takes quoted cells only, as all of ours are. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let rest = text;
  while (rest !== '') {
    const cell = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(rest);
    if (cell === null) throw new Error(`no cell at ${JSON.stringify(rest.slice(0, 20))}`);
    rows.at(-1)?.push((cell[1] ?? '').replaceAll('""', '"'));
    if (cell[2] !== ',') rows.push([]);
    rest = rest.slice(cell[0].length);
  }
  return rows.slice(0, -1);
}

const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

describe('S70: CSV that a spreadsheet cannot run', () => {
  test.each(vectors.map(({ value, why, harmless }) => [why, value, harmless === true] as const))(
    '%s: %j',
    (_, value, harmless) => {
      const rows = readCsv(csvLine(['before', value, 'after']) + csvLine(['next', '', '']));
      expect(rows.map((row) => row.length)).toEqual([3, 3]);
      const cell = rows[0]?.[1] ?? '';
      expect(cell).not.toMatch(FORMULA);
      if (harmless) expect(cell).toBe(FORMULA.test(value) ? `'${value}` : value);
    },
  );

  test('any cells keep their number and their text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const [row = []] = readCsv(csvLine(cells));
        expect(row.length).toBe(cells.length);
        for (const [i, cell] of row.entries()) expect([cells[i], `'${cells[i]}`]).toContain(cell);
      }),
    );
  });
});
