import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvHeader, csvLine, tenantInCsv } from '../../electron/gateways/files/csv.ts';
import { csvRows } from '../../electron/gateways/files/csv-reader.ts';

/** Text with what a CSV must quote, none of it taken for a formula. */
const cell = fc
  .string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '✓', '’', ' '), maxLength: 12 })
  .map((text) => `x${text}`);

async function rowsIn(pieces: readonly Uint8Array[]): Promise<string[][]> {
  async function* given() {
    yield* pieces;
  }
  const rows: string[][] = [];
  for await (const row of csvRows(given())) rows.push(row);
  return rows;
}

describe('a CSV of this desk', () => {
  test('reads as the cells that it was written from, wherever its bytes are cut', async () => {
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (written, size) => {
        const bytes = Buffer.from(written.map(csvLine).join(''));
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, (n + 1) * size),
        );
        expect(await rowsIn(pieces)).toEqual(written);
      }),
    );
  });

  test('ends early at what is no row of one', async () => {
    expect(await rowsIn([Buffer.from('"a","b"\r\nc,d\r\n"e"\r\n')])).toEqual([['a', 'b']]);
  });

  test('names its tenant where nobody can doubt whose apostrophe it is', () => {
    const named = (tenant: string) => tenantInCsv(`${csvHeader()}${csvLine([tenant, 'E-1'])}`);
    for (const tenant of ['acme', 'a "quoted", one', 'line\r\nbreak', "'quoted'", '租户'])
      expect(named(tenant)).toBe(tenant);
    for (const tenant of ['=SUM(1)', "'=SUM(1)", '-1', '＝x', '']) expect(named(tenant)).toBeNull();
    expect(tenantInCsv(csvHeader())).toBeNull();
    expect(tenantInCsv('"tenant"\r\n"acme"\r\n')).toBeNull();
    expect(tenantInCsv(`${csvHeader()}"acme`)).toBeNull();
  });
});
