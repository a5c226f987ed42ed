import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportQuery, suggestedName, USUAL_EXPORT } from '../../../renderer/features/exports/export-query.ts';
import { ExportFormat, ExportQuery } from '../../../shared/contract/transfer.ts';

test('a filled-in form asks for instants in UTC and leaves out what was left empty', () => {
  const choice = { ...USUAL_EXPORT, from: '2026-10-01T00:00', search: '  wire ' };
  expect(exportQuery('acme', choice)).toEqual({
    tenant: 'acme',
    format: 'jsonl',
    status: 'all',
    from: new Date('2026-10-01T00:00').toISOString(),
    search: 'wire',
  });
});

test('whatever is typed, the contract allows what is asked', () => {
  const typed = fc.string({ maxLength: 20, unit: 'grapheme' });
  fc.assert(
    fc.property(typed, typed, typed, (from, to, search) => {
      expect(ExportQuery.safeParse(exportQuery('acme', { ...USUAL_EXPORT, from, to, search })).success).toBe(true);
    }),
  );
});

test('any tenant’s file gets a name that is a plain file name everywhere', () => {
  const wide = ['x'.repeat(500), `x${'\u{20000}'.repeat(300)}`];
  const odd = fc.constantFrom('.', '..', '-', '_', '._-a', 'CON/..', 'a\u202eb', '\u0000', '\ud800', ...wide);
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), odd),
      fc.constantFrom(...ExportFormat.options),
      (tenant, format) => {
        const name = suggestedName(tenant, format, new Date(0));
        expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]*-1970-01-01\.(jsonl|json|db|csv)$/u);
        expect(name.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      },
    ),
  );
});
