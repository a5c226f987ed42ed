import { expect, test } from 'vitest';
import type { LedgerStore, NewEscalation, PageQuery } from '../../../electron/store/ledger-store.ts';
import type { ListSort, ListStatus } from '../../../shared/contract/queue.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { escalation, importRows, minutes, pageQuery, request, resolvedUpstream, writing } from './makers.ts';

const MOST_SORTED = 1_000;
const SORTS: ListSort[] = ['deadline', 'oldest', 'decided'];

/** Escalations whose order of recording is none of the sorts: times and deadlines go up and down, some are alike. */
function shuffled(from: number, to: number): NewEscalation[] {
  return Array.from({ length: to - from }, (_, at) => {
    const n = from + at;
    const parts = {
      request: request({ target: n % 5 === 0 ? 'ORCHARD' : 'MEADOW' }),
      deadlines: n % 4 === 0 ? [] : [{ at: minutes(((n * 7) % 11) * 5), source: 'agent' as const }],
    };
    const record = { timestamp: minutes(-100 + ((n * 5) % 13)) };
    return n % 3 === 0 ? resolvedUpstream(`esc-${n}`, parts, record) : escalation(`esc-${n}`, parts, record);
  });
}

/** All ids of a search, page by page; each page in the order that is expected. */
async function pageThrough(store: LedgerStore, query: PageQuery, sortedBy: ListSort): Promise<string[]> {
  const pages: string[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    expect(pages.length).toBeLessThan(100);
    const page = await store.page({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.sortedBy).toBe(sortedBy);
    pages.push(page.rows.map(({ id }) => id));
    cursor = query.direction === 'after' ? page.nextCursor : page.previousCursor;
  }
  return (query.direction === 'after' ? pages : pages.reverse()).flat();
}

export function searchSorts(open: OpenStore): void {
  const fresh = freshly(open);

  test('a search in a sort is the list in that sort without what is not found, paged either way', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), shuffled(0, 60));
    for (const status of ['all', 'active', 'resolved'] satisfies ListStatus[]) {
      for (const sort of SORTS) {
        const list = await store.page(pageQuery(clock, { status, sort }));
        const expected = list.rows.filter(({ target }) => target === 'ORCHARD').map(({ id }) => id);
        expect(expected.length).toBeGreaterThan(3);
        const query = pageQuery(clock, { status, sort, search: 'orchard' });
        const whole = await store.page(query);
        expect([status, sort, whole.rows.map(({ id }) => id)]).toEqual([status, sort, expected]);
        expect(whole).toMatchObject({ sortedBy: sort, total: { n: expected.length, exact: true }, nextCursor: null });
        for (const direction of ['after', 'before'] as const) {
          expect(await pageThrough(store, { ...query, limit: 2, direction }, sort)).toEqual(expected);
        }
      }
    }
  });

  test('a cursor goes back to the page before; a row that comes between does not move the others', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), shuffled(0, 60));
    const query = pageQuery(clock, { status: 'all', sort: 'oldest', search: 'orchard', limit: 3 });
    const first = await store.page(query);
    const second = await store.page({ ...query, cursor: first.nextCursor ?? '' });
    const late = escalation('late', { request: request({ target: 'ORCHARD' }) }, { timestamp: minutes(-200) });
    await importRows(store, writing(clock), [late]);
    expect((await store.page({ ...query, cursor: first.nextCursor ?? '' })).rows).toEqual(second.rows);
    const back = await store.page({ ...query, cursor: second.previousCursor ?? '', direction: 'before' });
    expect(back.rows).toEqual(first.rows);
  });

  test('a jump while searching starts at the instant of the sort', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), shuffled(0, 60));
    const query = pageQuery(clock, { status: 'all', sort: 'oldest', search: 'orchard' });
    const at = minutes(-95);
    const all = (await store.page(query)).rows;
    const page = await store.page({ ...query, from_instant: at });
    expect(page.rows).toEqual(all.filter(({ timestamp }) => timestamp >= at));
    expect(page.rows.length).toBeLessThan(all.length);
  });

  test('beyond 1,000 hits a search is newest first whatever was asked for, says so, and goes on so', async () => {
    const { store, clock } = await fresh();
    const rows = Array.from({ length: MOST_SORTED + 1 }, (_, n) =>
      escalation(`esc-${n}`, { request: request() }, { timestamp: minutes(-n) }),
    );
    await importRows(store, writing(clock), rows.slice(0, MOST_SORTED));
    const query = pageQuery(clock, { status: 'all', sort: 'oldest', search: 'wire', limit: 400 });
    const sorted = await store.page(query);
    expect(sorted).toMatchObject({ sortedBy: 'oldest', total: { n: MOST_SORTED, exact: true } });
    expect(sorted.rows[0]?.id).toBe(`esc-${MOST_SORTED - 1}`);

    await importRows(store, writing(clock), rows.slice(MOST_SORTED));
    const expected = rows.map(({ record }) => record.escalation_id).toReversed();
    const first = await store.page(query);
    expect(first).toMatchObject({ sortedBy: 'newest', total: { n: MOST_SORTED, exact: false } });
    expect(await pageThrough(store, query, 'newest')).toEqual(expected);
    expect(await pageThrough(store, { ...query, direction: 'before' }, 'newest')).toEqual(expected);
    // Neither order goes on in the other's midst.
    await expect(store.page({ ...query, cursor: sorted.nextCursor ?? '' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    // Only what fits the status counts: few of many hits can be sorted.
    const none = await store.page({ ...query, status: 'resolved' });
    expect(none).toMatchObject({ sortedBy: 'oldest', rows: [], total: { n: 0, exact: true } });
  });

  test('a search whose time is over before all hits are known is newest first', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), shuffled(0, 60));
    const query = pageQuery(clock, { status: 'all', sort: 'oldest', search: 'orchard', searchBudgetMs: -1 });
    const page = await store.page(query);
    expect(page).toMatchObject({ sortedBy: 'newest', lookedAt: 1, total: { exact: false } });
    const newest = await store.page({ ...query, sort: 'newest', searchBudgetMs: 20 });
    expect(await pageThrough(store, query, 'newest')).toEqual(newest.rows.map(({ id }) => id));
  });

  test('a list without a search says its order, too', async () => {
    const { store, clock } = await fresh();
    const orderOf = async (parts: Partial<PageQuery>) => (await store.page(pageQuery(clock, parts))).sortedBy;
    await importRows(store, writing(clock), shuffled(0, 3));
    expect(await orderOf({})).toBe('deadline');
    expect(await orderOf({ status: 'all' })).toBe('newest');
    expect(await orderOf({ status: 'resolved' })).toBe('decided');
    expect(await orderOf({ view: 'due', sort: 'oldest' })).toBe('deadline');
    expect(await orderOf({ search: 'meadow' })).toBe('newest');
  });
}
