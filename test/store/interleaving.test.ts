import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import {
  ADA,
  BOB,
  CountedIds,
  decisionOn,
  escalation,
  HandClock,
  importRows,
  keyOf,
  pageQuery,
  writing,
} from '../contract/store/makers.ts';
import { faultsOf } from './check-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

/** All orders in which three things can be started. */
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

describe('operations that are started before the others have ended', () => {
  test.each(ORDERS)('I2: one that fails takes nothing of another with it (order %s %s %s)', async (...order) => {
    const path = folder.path(`${order.join('')}.ledger`);
    const clock = new HandClock();
    const store = await openSqliteStore({ path, clock, ids: new CountedIds() });
    await importRows(store, writing(clock), [escalation('first')]);
    const key = keyOf(escalation('first'));
    const decision = await decisionOn(store, key, clock);
    // The second fails in its middle, after it has written a row.
    const operations = [
      () => store.decide(writing(clock), decision),
      () =>
        importRows(store, writing(clock, BOB), [
          escalation('lost'),
          escalation('bad', {}, { escalation_event_id: 'no uuid' }),
        ]),
      () => importRows(store, writing(clock, ADA), [escalation('kept')]),
    ];
    const ended = await Promise.allSettled(order.map((at) => operations[at]?.()));
    expect(order.map((at) => ended[order.indexOf(at)]?.status).filter((status) => status === 'rejected')).toHaveLength(
      1,
    );
    const { rows, counts } = await store.page(pageQuery(clock, { status: 'all' }));
    expect(rows.map(({ id }) => id).toSorted()).toEqual(['first', 'kept']);
    expect(counts).toMatchObject({ active: 1, expired: 1 });
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('a page, a read and an export that are cut into by writes each come from one snapshot (I10)', async () => {
    const path = folder.path('snapshots.ledger');
    const clock = new HandClock();
    const store = await openSqliteStore({ path, clock, ids: new CountedIds() });
    await importRows(store, writing(clock), [escalation('0')]);
    const pages = Array.from({ length: 20 }, (_, n) => [
      importRows(store, writing(clock), [escalation(String(n + 1))]),
      store.page(pageQuery(clock)),
    ]).flat();
    for (const answer of await Promise.all(pages)) {
      if ('rows' in answer) expect(answer.rows).toHaveLength(answer.counts.active);
    }
    await store.close();
  });
});
