import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { ADA, decisionOn, escalation, importRows, keyOf, pageQuery, request, uuid, writing } from './makers.ts';

/** Ten thousand characters without a pattern that an index could shorten. */
const LONG =
  fc.sample(fc.string({ unit: 'binary', minLength: 10_000, maxLength: 10_000 }), { seed: 7, numRuns: 1 })[0] ?? '';

const HARD: [string, string[]][] = [
  ['the empty id', ['']],
  ['U+0000 in every place', ['\u0000', 'a\u0000b', 'a\u0000', 'a']],
  ['10,000 random characters that differ in the last', [LONG, `${LONG}x`]],
  ['NFC and NFD', ['caf\u00e9', 'cafe\u0301', '\u212b', '\u00c5', 'A\u030a']],
  ['letter case', ['esc', 'ESC', 'Esc', 'stra\u00dfe', 'STRASSE', '\u0131', 'i', '\u0130']],
  ['spaces', [' ', '  ', 'a', ' a', 'a ', '\u00a0']],
  [
    'syntax of everything',
    ["'; DROP TABLE escalations;--", '%', '_', '*', '"', '\\', '{"$ne":1}', '../..', 'a:record:b'],
  ],
  ['beyond the basic plane and at its edges', ['\u{1f600}', '\u{10ffff}', '\ufffd', '\ufeff', '\u202e', '\ud7ff']],
];

export function hardTexts(open: OpenStore): void {
  const fresh = freshly(open);

  test.each(HARD)('as ids: %s', async (_name, ids) => {
    const { store, clock } = await fresh();
    const rows = ids.map((id) => escalation(id));
    const outcomes = await importRows(store, writing(clock), rows);
    expect(outcomes.map(({ result, idReused }) => [result, idReused])).toEqual(ids.map(() => ['imported', false]));
    for (const row of rows) {
      expect((await store.read(keyOf(row), clock.now()))?.escalation.record).toEqual(row.record);
      expect(await store.find('acme', row.record.escalation_id)).toHaveLength(1);
      await store.decide(
        writing(clock),
        await decisionOn(store, keyOf(row), clock, { reason: row.record.escalation_id || '-' }),
      );
    }
    const page = await store.page(pageQuery(clock, { status: 'all', sort: 'oldest' }));
    expect(page.rows.map(({ id }) => id)).toEqual(ids);
  });

  test.each(HARD)('as tenants: %s', async (_name, texts) => {
    const { store, clock } = await fresh();
    const names = texts.filter((name) => name !== '');
    for (const tenant of names) await importRows(store, writing(clock, ADA, tenant), [escalation('esc-1')]);
    expect(new Set(await store.tenants())).toEqual(new Set(names));
    for (const tenant of names) {
      expect((await store.page(pageQuery(clock, { tenant }))).rows).toHaveLength(1);
    }
  });

  test('as any text of a record, a request, a finding or evidence (property)', async () => {
    const { store, clock } = await fresh();
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...HARD.flatMap(([, texts]) => texts)),
    );
    let n = 0;
    await fc.assert(
      fc.asyncProperty(text, text, text, async (id, words, hash) => {
        n += 1;
        const row = escalation(
          id,
          { request: request({ action: words, explanation: words }), findings: [{ code: 'X', message: words }] },
          { escalation_event_id: uuid(n), status: 'RESOLVED', resolution_vep_hash: hash },
        );
        await importRows(store, writing(clock), [row]);
        const stored = (await store.read(keyOf(row), clock.now()))?.escalation;
        expect(stored?.record).toEqual(row.record);
        expect(stored?.request).toEqual(row.request);
        expect(stored?.findings[0]).toEqual(row.findings[0]);
      }),
      { numRuns: 200 },
    );
  });

  test('a lone surrogate is refused, never changed in silence', async () => {
    const { store, clock } = await fresh();
    await expect(importRows(store, writing(clock), [escalation('\ud800')])).rejects.toThrow();
    expect(await store.tenants()).toEqual([]);
  });
}
