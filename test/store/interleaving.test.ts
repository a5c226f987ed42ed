import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { gateKey, judge, judgementOn } from '../contract/store/judge-makers.ts';
import {
  ADA,
  BOB,
  CountedIds,
  decisionOn,
  escalation,
  evidence,
  HandClock,
  importRows,
  keyOf,
  pageQuery,
  writing,
} from '../contract/store/makers.ts';
import { signed } from '../contract/store/signing.ts';
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
    const deciding = writing(clock);
    const decision = await signed(store, deciding, await decisionOn(store, key, clock));
    // The second fails in its middle, after it has written a row.
    const operations = [
      () => store.decide(deciding, decision),
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

  test('I6, I9: judging, keys and a decision in any order: what was judged by other keys or evidence is left out', async () => {
    for (const [n, order] of ORDERS.entries()) {
      const path = folder.path(`judged-${n}.ledger`);
      const clock = new HandClock();
      const store = await openSqliteStore({ path, clock, ids: new CountedIds() });
      const row = escalation('first', { evidence: [evidence('packet')] });
      const key = keyOf(row);
      await importRows(store, writing(clock), [row]);
      await judge(store, key, clock, 'verified');
      const judgement = await judgementOn(store, key, clock, 'failed');
      const deciding = writing(clock);
      const decision = await signed(store, deciding, await decisionOn(store, key, clock));
      const operations = [
        () => store.saveJudgements('acme', [judgement], clock.now()),
        () => store.pinTrust(writing(clock), [{ source: 'typed', entry: gateKey(1), confirmed: 'typed' }]),
        () => store.decide(deciding, decision),
      ];
      const ended = await Promise.allSettled(order.map((at) => operations[at]?.()));
      const precedes = (a: number, b: number) => order.indexOf(a) < order.indexOf(b);
      // The decision stands only where neither another verdict nor other keys came before it.
      const decided = ended[order.indexOf(2)]?.status === 'fulfilled';
      expect([order, decided]).toEqual([order, precedes(2, 0) && precedes(2, 1)]);
      const { judgement: shown } = (await store.read(key, clock.now())) ?? expect.fail('gone');
      expect([order, shown.verdict]).toEqual([order, precedes(0, 1) ? 'failed' : 'unchecked']);
      await store.close();
      expect(faultsOf(path)).toEqual([]);
    }
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
