import { closeSync, copyFileSync, openSync, statSync, writeSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openEngine } from '../../electron/store/sqlite/file/open-engine.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { sqliteStore } from '../../electron/store/sqlite/store.ts';
import {
  CountedIds,
  decisionOn,
  escalation,
  evidence,
  HandClock,
  importRows,
  keyOf,
  pageQuery,
  request,
  writing,
} from '../contract/store/makers.ts';
import { faultsOf } from './check-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const clock = new HandClock();
const ids = new CountedIds();
const batch = (n: number) =>
  Array.from({ length: 50 }, (_, at) =>
    escalation(`esc-${n}-${at}`, { request: request(), evidence: [evidence(`${n} ${at} `.repeat(500))] }),
  );

/** Imports until it is refused; how many batches were acknowledged, and the refusal. */
async function importUntilRefused(store: LedgerStore): Promise<{ acknowledged: number; refusal: unknown }> {
  for (let n = 0; n < 1_000; n += 1) {
    try {
      await importRows(store, writing(clock), batch(n));
    } catch (refusal) {
      return { acknowledged: n, refusal };
    }
  }
  return expect.fail('the disk never got full');
}

describe('a full disk (I1, S44)', () => {
  test('the write that does not fit is refused, the store is read-only from then on, and nothing acknowledged is lost', async () => {
    const path = folder.path('full.ledger');
    const engine = openEngine({ path, clock, ids });
    const store = sqliteStore(engine);
    engine.write((db) => db.pragma('max_page_count = 900'));
    const { acknowledged, refusal } = await importUntilRefused(store);
    expect(acknowledged).toBeGreaterThan(0);
    expect(refusal).toMatchObject({ code: 'STORE_READ_ONLY', details: { reason: 'the disk is full' } });
    expect((await store.state()).readOnly).toEqual({ code: 'STORE_READ_ONLY', reason: 'the disk is full' });
    const { counts } = await store.page(pageQuery(clock));
    expect(counts.active).toBe(acknowledged * 50);
    const decision = await decisionOn(store, keyOf(escalation('esc-0-0')), clock);
    await expect(store.decide(writing(clock), decision)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    await store.close();
    const again = await openSqliteStore({ path, clock, ids });
    expect((await again.page(pageQuery(clock))).counts.active).toBe(acknowledged * 50);
    await importRows(again, writing(clock), batch(9_999));
    await again.close();
    expect(faultsOf(path)).toEqual([]);
  });
});

describe('a damaged store', () => {
  test('says so, stops writing, and touches nothing', async () => {
    const whole = folder.path('whole.ledger');
    const store = await openSqliteStore({ path: whole, clock, ids });
    for (let n = 0; n < 20; n += 1) await importRows(store, writing(clock), batch(n));
    await store.close();
    const path = folder.path('damaged.ledger');
    copyFileSync(whole, path);
    scribble(path);
    const damaged = await openSqliteStore({ path, clock, ids });
    const error = await readAll(damaged);
    expect(error).toMatchObject({ code: 'STORE_READ_ONLY', details: { reason: 'its file is damaged' } });
    expect((await damaged.state()).readOnly).toEqual({ code: 'STORE_READ_ONLY', reason: 'its file is damaged' });
    await expect(importRows(damaged, writing(clock), batch(99))).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    await damaged.close();
  });

  test('one whose first page is gone is refused with words, not with a fault of ours', async () => {
    const path = folder.path('headless.ledger');
    await (await openSqliteStore({ path, clock, ids })).close();
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(3_000, 0xa5), 0, 3_000, 100);
    closeSync(file);
    await expect(openSqliteStore({ path, clock, ids })).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  });
});

/** Writes over the middle half of the file. */
function scribble(path: string): void {
  const size = statSync(path).size;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(size / 2, 0xa5), 0, size / 2, Math.floor(size / 4 / 4096) * 4096);
  closeSync(file);
}

async function readAll(store: LedgerStore): Promise<unknown> {
  try {
    for await (const exported of store.exportBatches({ tenant: 'acme', status: 'all', now: clock.now() }))
      expect(exported.length).toBeGreaterThan(0);
    for (const sort of ['oldest', 'deadline', 'newest'] as const)
      await store.page(pageQuery(clock, { sort, limit: 1000 }));
    return expect.fail('nobody noticed the damage');
  } catch (error) {
    return error;
  }
}
