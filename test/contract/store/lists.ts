import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerStore, NewEscalation, PageQuery } from '../../../electron/store/ledger-store.ts';
import type { ListSort, ListStatus, ListView } from '../../../shared/contract/queue.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import { gateKey, judge } from './judge-makers.ts';
import {
  ADA,
  BOB,
  decisionOn,
  escalation,
  evidence,
  importRows,
  keyOf,
  MINUTE,
  minutes,
  pageQuery,
  request,
  resolvedUpstream,
  uuid,
  writing,
} from './makers.ts';

const STATUSES: ListStatus[] = ['active', 'resolved', 'expired', 'all'];
const SORTS: ListSort[] = ['deadline', 'oldest', 'newest', 'decided'];
const VIEWS: ListView[] = ['claimed', 'due', 'deceptive', 'past'];
const VERDICTS: Verdict[] = ['failed', 'unchecked', 'verified'];
const DECIDED_OR_NOT: ListStatus[] = ['active', 'resolved', 'expired'];
const DECEPTIVE = [{ code: 'BIDI_CONTROL', message: 'Its text runs backwards.' }];

/** Forty escalations of all kinds: every third resolved, some without deadline, equal times among them. */
function mixed(): NewEscalation[] {
  return Array.from({ length: 40 }, (_, n) => {
    const deadlines = n % 4 === 0 ? [] : [{ at: minutes((n % 7) * 20 - 40), source: 'agent' as const }];
    const findings = n % 5 === 0 ? DECEPTIVE : [];
    const timestamp = minutes(-100 + (n % 9));
    const parts = {
      deadlines,
      findings,
      request: request({ target: `ACC-${n}` }),
      evidence: [evidence(`packet ${n}`)],
    };
    return n % 3 === 0
      ? resolvedUpstream(`esc-${n}`, parts, { timestamp })
      : escalation(`esc-${n}`, parts, { timestamp });
  });
}

/** Judges all but a few, each third alike; what was found of some lapses soon. Who was found to be what. */
async function judgeMixed({ store, clock }: Fresh): Promise<[id: string, verdict: Verdict][]> {
  const found: [string, Verdict][] = [];
  for (const [n, row] of mixed().entries()) {
    if (n % 8 === 7) continue;
    const verdict = VERDICTS[(n >> 1) % 3] ?? 'unchecked';
    await judge(store, keyOf(row), clock, verdict, { holdsUntilMs: n % 10 === 5 ? clock.now() + MINUTE : null });
    found.push([row.record.escalation_id, verdict]);
  }
  return found;
}

async function withMixed(fresh: () => Promise<Fresh>): Promise<Fresh> {
  const made = await fresh();
  const rows = mixed();
  await importRows(made.store, writing(made.clock), rows);
  for (const n of [1, 4, 7]) {
    const key = keyOf(rows[n] ?? expect.fail('no such row'));
    made.clock.pass(1);
    await made.store.decide(writing(made.clock), await decisionOn(made.store, key, made.clock));
  }
  for (const [n, by] of [
    [2, ADA],
    [5, ADA],
    [8, BOB],
  ] as const) {
    await made.store.claim(writing(made.clock, by), {
      key: keyOf(rows[n] ?? expect.fail('no such row')),
      untilMs: made.clock.now() + MINUTE,
    });
  }
  return made;
}

/** All ids of a list, page by page in one direction. */
async function pageThrough(store: LedgerStore, query: PageQuery): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  for (let pages = 0; cursor !== null; pages += 1) {
    expect(pages).toBeLessThan(100);
    const page = await store.page({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    const names = page.rows.map(({ id }) => id);
    if (query.direction === 'after') ids.push(...names);
    else ids.unshift(...names);
    cursor = query.direction === 'after' ? page.nextCursor : page.previousCursor;
  }
  return ids;
}

export function lists(open: OpenStore): void {
  const fresh = freshly(open);

  test('every allowed list is the same paged forwards, backwards and in one piece (I10)', async () => {
    const made = await withMixed(fresh);
    const { store, clock } = made;
    await judgeMixed(made);
    const shapes = [
      ...STATUSES.flatMap((status) => SORTS.map((sort) => ({ status, sort, view: 'all' as const }))),
      ...VIEWS.flatMap((view) => SORTS.slice(0, 3).map((sort) => ({ status: 'active' as const, sort, view }))),
      ...VERDICTS.flatMap((view) => DECIDED_OR_NOT.flatMap((status) => SORTS.map((sort) => ({ status, sort, view })))),
    ];
    for (const shape of shapes) {
      const query = pageQuery(clock, { ...shape, by: ADA });
      const whole = await store.page(query);
      const ids = whole.rows.map(({ id }) => id);
      expect([shape, whole.total]).toEqual([shape, { n: ids.length, exact: true }]);
      expect(whole.nextCursor).toBeNull();
      for (const limit of [1, 3, 7]) {
        expect(await pageThrough(store, { ...query, limit })).toEqual(ids);
        expect(await pageThrough(store, { ...query, limit, direction: 'before' })).toEqual(ids);
      }
    }
  });

  test('the sorts: soonest deadline with none last, oldest, newest, last decided', async () => {
    const { store, clock } = await withMixed(fresh);
    const rowsOf = async (parts: Partial<PageQuery>) => (await store.page(pageQuery(clock, parts))).rows;
    const deadlines = (await rowsOf({})).map(({ deadline }) => deadline?.at ?? '~');
    expect(deadlines).toEqual(deadlines.toSorted());
    expect(deadlines).toContain('~');
    const times = (await rowsOf({ sort: 'oldest', status: 'all' })).map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted());
    const oldest = (await rowsOf({ sort: 'oldest', status: 'all' })).map(({ id }) => id);
    expect((await rowsOf({ sort: 'newest', status: 'all' })).map(({ id }) => id)).toEqual(oldest.toReversed());
    const decided = (await rowsOf({ status: 'expired' })).map(({ id }) => id);
    expect(decided).toEqual(['esc-7', 'esc-4', 'esc-1']);
  });

  test('the views are what they say, and the counts agree with them (I10)', async () => {
    const { store, clock } = await withMixed(fresh);
    const active = (await store.page(pageQuery(clock))).rows;
    const fits: Record<string, (row: (typeof active)[number]) => boolean> = {
      claimed: ({ claimed_by }) => claimed_by === ADA,
      due: ({ deadline }) =>
        deadline !== null && deadline.at >= new Date(clock.now()).toISOString() && deadline.at <= minutes(60),
      deceptive: ({ findings }) => findings.length > 0,
      past: ({ deadline }) => deadline?.overdue === true,
    };
    for (const view of VIEWS) {
      const page = await store.page(pageQuery(clock, { view: view as 'due', by: ADA }));
      const expected = active.filter((row) => fits[view]?.(row)).map(({ id }) => id);
      expect(expected.length).toBeGreaterThan(0);
      expect(page.rows.map(({ id }) => id)).toEqual(expected);
      expect(page.counts[view as 'due']).toBe(expected.length);
    }
    expect(await store.counts(pageQuery(clock, { by: ADA }))).toEqual(
      (await store.page(pageQuery(clock, { by: ADA }))).counts,
    );
    await expect(store.page(pageQuery(clock, { status: 'resolved', view: 'due' }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('I6, I10: the views by verdict are what the rows say, at every moment, and the counts agree with them', async () => {
    const made = await withMixed(fresh);
    const { store, clock } = made;
    const found = new Map(await judgeMixed(made));
    const agree = async () => {
      const { counts } = await store.page(pageQuery(clock));
      for (const status of DECIDED_OR_NOT) {
        const all = (await store.page(pageQuery(clock, { status, sort: 'oldest' }))).rows;
        for (const view of VERDICTS) {
          const listed = await store.page(pageQuery(clock, { status, view, sort: 'oldest' }));
          expect(listed.rows.every(({ evidence: { verdict } }) => verdict === view)).toBe(true);
          // What was found unchecked stays so while it is verified again; what was verified is in no view then.
          const fits = (row: (typeof all)[number]) =>
            view === 'unchecked' ? found.get(row.id) === view : row.evidence.verdict === view;
          expect(listed.rows).toEqual(all.filter(fits));
          expect(listed.total).toEqual({ n: listed.rows.length, exact: true });
          if (status === 'active' && view === 'failed') expect(counts.failed).toBe(listed.rows.length);
          const hits = await store.page(pageQuery(clock, { status, view, search: 'wire', searchBudgetMs: 1000 }));
          expect(hits.rows.map(({ id }) => id).toSorted()).toEqual(listed.rows.map(({ id }) => id).toSorted());
        }
      }
      return counts.failed;
    };
    const before = await agree();
    expect(before).toBeGreaterThan(2);
    clock.pass(2 * MINUTE);
    expect(await agree()).toBe(before);
    await store.pinTrust(writing(clock), [{ source: 'typed', entry: gateKey(1), confirmed: 'typed' }]);
    expect(await agree()).toBe(before);
    const failed = (await store.page(pageQuery(clock, { view: 'failed' }))).rows.map(({ id }) => id);
    const [first, second, third] = mixed().filter(({ record }) => failed.includes(record.escalation_id));
    const keys = [first, second, third].map((row) => keyOf(row ?? expect.fail('too few failed')));
    await judge(store, keys[0] ?? expect.fail(), clock, 'verified');
    found.set(keys[0]?.id ?? '', 'verified');
    await store.decide(writing(clock), await decisionOn(store, keys[1] ?? expect.fail(), clock));
    await importRows(store, writing(clock), [resolvedUpstream(keys[2]?.id ?? '', {}, { timestamp: minutes(5) })]);
    expect(await agree()).toBe(before - 3);
    await judgeMixed(made);
    expect(await agree()).toBe(before - 2);
  });

  test('the views by verdict are of one status each', async () => {
    const { store, clock } = await withMixed(fresh);
    for (const view of VERDICTS)
      await expect(store.page(pageQuery(clock, { status: 'all', view }))).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
  });

  test('a cursor of another list, or none at all, is INVALID_INPUT', async () => {
    const { store, clock } = await withMixed(fresh);
    const { nextCursor } = await store.page(pageQuery(clock, { limit: 2 }));
    for (const [parts, cursor] of [
      [{ sort: 'newest' }, nextCursor],
      [{ status: 'all' }, nextCursor],
      [{}, 'no cursor'],
      [{}, 'bnVsbA'],
    ] as const) {
      await expect(store.page(pageQuery(clock, { ...parts, cursor: cursor ?? '' }))).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
  });

  test('a jump starts at the first row at or after the instant', async () => {
    const { store, clock } = await withMixed(fresh);
    const query = pageQuery(clock, { sort: 'oldest', status: 'all' });
    const all = (await store.page(query)).rows;
    const at = minutes(-96);
    const page = await store.page({ ...query, from_instant: at });
    expect(page.rows).toEqual(all.filter(({ timestamp }) => timestamp >= at));
    const before = await store.page({ ...query, from_instant: at, direction: 'before' });
    expect(before.rows).toEqual(all.filter(({ timestamp }) => timestamp < at));
  });

  test('search finds word beginnings and quoted phrases in the tenant, newest first', async () => {
    const { store, clock } = await withMixed(fresh);
    await importRows(store, writing(clock, ADA, 'other'), [
      escalation('esc-2', { request: request({ target: 'ACC-17' }) }),
    ]);
    const found = async (search: string, parts: Partial<PageQuery> = {}) =>
      (await store.page(pageQuery(clock, { status: 'all', search, ...parts }))).rows.map(({ id }) => id);
    expect(await found('acc-17')).toEqual(['esc-17']);
    expect(await found('"ACC 1"')).toEqual(['esc-1']);
    expect(await found('wire PAY acc-3')).toEqual([
      'esc-39',
      'esc-38',
      'esc-37',
      'esc-36',
      'esc-35',
      'esc-34',
      'esc-33',
      'esc-32',
      'esc-31',
      'esc-30',
      'esc-3',
    ]);
    expect(await found('acc-3', { status: 'resolved' })).toEqual(['esc-39', 'esc-36', 'esc-33', 'esc-30', 'esc-3']);
    expect(await found('wire', { view: 'claimed', status: 'active', by: ADA })).toEqual(['esc-5', 'esc-2']);
    expect(await found('"transfer wire"')).toEqual([]);
    const pages = await pageThrough(store, pageQuery(clock, { status: 'all', search: 'wire', limit: 7 }));
    expect(pages).toEqual(Array.from({ length: 40 }, (_, n) => `esc-${39 - n}`));
    expect(
      await pageThrough(store, pageQuery(clock, { status: 'all', search: 'wire', limit: 7, direction: 'before' })),
    ).toEqual(pages);
  });

  test('a search stops when its time is over, says how far it looked, and goes on from there', async () => {
    const { store, clock } = await withMixed(fresh);
    const query = pageQuery(clock, { status: 'expired', search: 'wire', searchBudgetMs: -1 });
    const page = await store.page(query);
    expect([page.lookedAt, page.rows.length, page.total.exact]).toEqual([1, 0, false]);
    expect(await pageThrough(store, query)).toEqual(['esc-7', 'esc-4', 'esc-1']);
  });

  test('hostile search text is text: it never throws and never leaves the tenant', async () => {
    const { store, clock } = await withMixed(fresh);
    await importRows(store, writing(clock, ADA, 'other'), [
      escalation('secret', { request: request({ target: 'secret' }) }),
    ]);
    const bits = [
      '"',
      '*',
      'AND',
      'OR',
      'NOT',
      'NEAR(',
      ')',
      '(',
      ':',
      '^',
      '-',
      '+',
      'tenant',
      'text:',
      'secret',
      '\u0000',
      '\ud83d',
      '"a',
      'wire',
      '{',
      '}',
      "'",
      ';--',
      '#',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 20 }),
        async (pieces) => {
          const { rows } = await store.page(pageQuery(clock, { status: 'all', search: pieces.join(' ') }));
          expect(rows.map(({ id }) => id)).not.toContain('secret');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a request that comes later is found, and what it replaced is not', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), [escalation('esc-1')]);
    await importRows(store, writing(clock), [escalation('esc-1', { request: request({ target: 'ZEBRA' }) })]);
    const found = await store.page(pageQuery(clock, { search: 'zebra' }));
    expect(found.rows.map(({ id }) => id)).toEqual(['esc-1']);
    expect(found.total).toEqual({ n: 1, exact: true });
  });

  test('all escalations of an id are found, oldest first', async () => {
    const { store, clock } = await fresh();
    const rows = [3, 1, 2].map((n) => escalation('twice', {}, { escalation_event_id: uuid(n) }));
    await importRows(store, writing(clock), rows);
    expect((await store.find('acme', 'twice')).map(({ key }) => key.event)).toEqual([uuid(3), uuid(1), uuid(2)]);
    expect(await store.find('acme', 'never')).toEqual([]);
  });
}
