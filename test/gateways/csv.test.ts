import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../electron/gateways/files/csv.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { readCsv } from '../helpers/read-csv.ts';

interface Vector {
  value: string;
  why: string;
  harmless?: boolean;
}

const vectors: Vector[] = readFileSync(join(projectRoot, 'test/fixtures/vectors/csv-injection/cells.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Vector);

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
