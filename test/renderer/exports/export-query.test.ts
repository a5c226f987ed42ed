import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ExportChoice,
  exportQuery,
  formatOf,
  hasEvidence,
  queryText,
  suggestedName,
  takesAll,
  USUAL_EXPORT,
} from '../../../renderer/features/exports/export-query.ts';
import { EXPORT_WORDS } from '../../../renderer/features/exports/words.ts';
import { ExportFormat, ExportQuery } from '../../../shared/contract/transfer.ts';

const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];
const KINDS = keysOf(EXPORT_WORDS.kinds);
const RECORDS = keysOf(EXPORT_WORDS.records);
const PARTS = keysOf(EXPORT_WORDS.dialog.parts);

test('a filled-in form asks for instants in UTC and leaves out what was left empty', () => {
  const choice = { ...USUAL_EXPORT, kind: 'csv' as const, from: '2026-10-01T00:00', search: '  wire ' };
  expect(exportQuery('acme', choice)).toEqual({
    tenant: 'acme',
    format: 'csv',
    status: 'all',
    from: new Date('2026-10-01T00:00').toISOString(),
    search: 'wire',
  });
});

test('every format can be asked for', () => {
  const formats = KINDS.flatMap((kind) => RECORDS.map((records) => formatOf({ kind, records })));
  expect([...new Set(formats)].sort()).toEqual([...ExportFormat.options].sort());
});

const choices: fc.Arbitrary<ExportChoice> = fc.record({
  kind: fc.constantFrom(...KINDS),
  records: fc.constantFrom(...RECORDS),
  status: fc.constantFrom('all' as const, 'resolved' as const),
  from: fc.string({ maxLength: 20, unit: 'grapheme' }),
  to: fc.constantFrom('', '2026-10-01T00:00', '+275760-09-13T00:01'),
  search: fc.string({ maxLength: 20, unit: 'grapheme' }),
  evidence: fc.boolean(),
  leftOut: fc.uniqueArray(fc.constantFrom(...PARTS)),
});

test('whatever is filled in, the contract allows what is asked', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      expect(ExportQuery.safeParse(exportQuery('acme', choice)).success).toBe(true);
    }),
  );
});

test('what is left out stands in no evidence that goes along, and no other format is asked for parts', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      const { format, evidence, redact } = exportQuery('acme', choice);
      if (format === 'bundle') {
        const named = choice.leftOut.some((part) => part === 'escalation_id' || part === 'explanation');
        expect(evidence).toBe(choice.evidence && !named ? 'bytes' : 'hashes');
        expect(evidence === 'bytes').toBe(hasEvidence(choice));
      } else expect(evidence).toBeUndefined();
      const leaves = format === 'bundle' || format === 'pdf';
      expect(redact ?? []).toEqual(leaves ? choice.leftOut : []);
    }),
  );
});

test('only a query without any limit takes all', () => {
  expect(takesAll(exportQuery('acme', USUAL_EXPORT))).toBe(true);
  for (const limit of [{ status: 'resolved' as const }, { search: 'x' }, { from: '2026-10-01T00:00' }])
    expect(takesAll(exportQuery('acme', { ...USUAL_EXPORT, ...limit }))).toBe(false);
});

test('a query reads like that of the command line', () => {
  expect(queryText(exportQuery('acme', USUAL_EXPORT))).toBe('status=all format=bundle evidence=bytes');
  const query = { tenant: 'acme', format: 'csv', status: 'all', from: '2026-10-01T00:00:00Z' } as const;
  expect(queryText(query)).toBe('status=all format=csv 2026-10-01T00:00:00Z/…');
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
        expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]*-1970-01-01(\.cloudevents)?\.(zip|pdf|jsonl|json|db|csv)$/u);
        expect(name.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      },
    ),
  );
});
