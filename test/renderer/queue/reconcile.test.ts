import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FreshList, reconcile, rowKey } from '../../../renderer/features/queue/reconcile.ts';
import type { QueueRow } from '../../../shared/contract/queue.ts';

function row(id: string, version = '1'): QueueRow {
  return {
    id,
    event: '21b64b68-464f-4e54-ac18-7d914f709e42',
    status: 'ESCALATED',
    timestamp: '2026-11-15T12:00:00Z',
    agent_name: null,
    action: null,
    target: null,
    amount: null,
    policy: null,
    has_request: false,
    deadline: null,
    decision: null,
    evidence: { verdict: 'unchecked', packets: 0, detail: '' },
    findings: [],
    claim: null,
    claimed_by: null,
    pending: null,
    version,
  };
}

const list = (ids: string, ends: Partial<Pick<FreshList, 'hasPrevious' | 'hasNext'>> = {}): FreshList => ({
  rows: [...ids].map((id) => row(id)),
  hasPrevious: false,
  hasNext: false,
  ...ends,
});
const shownIds = (shown: ReturnType<typeof reconcile>): string =>
  shown.rows.map(({ row: { id }, gone }) => (gone ? `-${id}` : id)).join('');

describe('a list on screen is steady under the hand', () => {
  test('what came in between and before is counted, not shown', () => {
    const shown = reconcile(reconcile(null, list('bd')), list('abcd'));
    expect(shownIds(shown)).toBe('bd');
    expect(shown).toMatchObject({ news: 2, changed: 0 });
  });

  test('what went stays in its place, struck, until the changes are shown', () => {
    const shown = reconcile(reconcile(null, list('abc')), list('ac'));
    expect(shownIds(shown)).toBe('a-bc');
    expect(shown).toMatchObject({ news: 0, changed: 1 });
    expect(shownIds(reconcile(null, list('ac')))).toBe('ac');
  });

  test('the last row that went stays too, and so does an only one', () => {
    expect(shownIds(reconcile(reconcile(null, list('ab')), list('a')))).toBe('a-b');
    expect(shownIds(reconcile(reconcile(null, list('a')), list('')))).toBe('-a');
  });

  test('a row that moved keeps its place and counts once', () => {
    const shown = reconcile(reconcile(null, list('abcd')), list('bcda'));
    expect(shownIds(shown)).toBe('abcd');
    expect(shown).toMatchObject({ news: 0, changed: 1 });
  });

  test('a row that stayed takes its new content at once', () => {
    const fresh = { ...list('a'), rows: [row('a', '2')] };
    expect(reconcile(reconcile(null, list('a')), fresh).rows[0]?.row.version).toBe('2');
  });

  test('paging adds at either end without a word, and the window lets go at the other', () => {
    const middle = reconcile(null, list('cd', { hasPrevious: true, hasNext: true }));
    const later = reconcile(middle, list('cdef', { hasPrevious: true }));
    expect(shownIds(later)).toBe('cdef');
    expect(later).toMatchObject({ news: 0, changed: 0 });
    expect(shownIds(reconcile(middle, list('defg', { hasPrevious: true, hasNext: true })))).toBe('defg');
    expect(shownIds(reconcile(middle, list('abc', { hasNext: true })))).toBe('abc');
  });

  test('at the end of the list a new row is held back like any other', () => {
    expect(reconcile(reconcile(null, list('ab')), list('abc'))).toMatchObject({ news: 1 });
  });
});

const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 }).map((letters) => letters.join(''));

describe('for any change of a whole list', () => {
  test('rows on screen keep their order, none is doubled, and shown and held back make up the fresh list', () => {
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        fc.pre(before !== '');
        const shown = reconcile(reconcile(null, list(before)), list(after));
        expect(shown.rows.map(({ row: { id } }) => id).join('')).toBe(before);
        const here = shown.rows.filter(({ gone }) => !gone).map(({ row: each }) => rowKey(each));
        expect(new Set(here).size).toBe(here.length);
        expect(here.length + shown.news).toBe(after.length);
        expect(shown.changed).toBeGreaterThanOrEqual(shown.rows.length - here.length);
      }),
    );
  });

  test('reading the same again changes nothing', () => {
    fc.assert(
      fc.property(ids, ids, fc.boolean(), fc.boolean(), (before, after, hasPrevious, hasNext) => {
        const fresh = list(after, { hasPrevious, hasNext });
        const once = reconcile(reconcile(null, list(before, { hasPrevious, hasNext })), fresh);
        expect(reconcile(once, fresh)).toEqual(once);
      }),
    );
  });
});
