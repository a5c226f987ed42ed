import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { allLogFailures } from '../contract/store/checked.ts';
import {
  CountedIds,
  escalation,
  evidence,
  HandClock,
  importRows,
  minutes,
  resolvedUpstream,
  uuid,
  writing,
} from '../contract/store/makers.ts';
import { randomOf } from '../faults/kill-cycle.ts';
import { faultsOf } from './check-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const MANY = 1_500;

/** Evidence of all sizes, much of it in one row with its neighbours', decided in no order; every third waits. */
function rowsOf(seed: number) {
  const chance = randomOf(seed);
  return Array.from({ length: MANY }, (_, n) => {
    const mark = `<<${seed} ${n}>>`;
    const text = `${mark}${'x'.repeat(chance(5) === 0 ? chance(90_000) : chance(1_500))}${mark}`;
    const parts = { evidence: [evidence(text)] };
    const decidedAt = minutes(-30 - chance(100_000));
    const decision = { outcome: 'approved' as const, decidedAt };
    const waits = chance(3) === 0;
    const row = waits
      ? escalation(`esc-${n}`, parts)
      : resolvedUpstream(`esc-${n}`, { ...parts, decision }, { timestamp: decidedAt });
    return { mark, waits, row };
  });
}

async function removeAll(store: LedgerStore, clock: HandClock, fields: boolean): Promise<void> {
  const rule = { days: 1, beforeMs: clock.now() + 1 };
  const rules = { evidence: rule, fields: fields ? rule : null };
  for (let after: string | null = null; ; ) {
    const step = await store.removeDue(writing(clock), { jobId: uuid(1), rules, after });
    if (step.next === null) break;
    after = step.next;
  }
  while ((await store.reclaim()).left > 0);
}

function onDisk(path: string): Buffer {
  return Buffer.concat([path, `${path}-wal`].filter(existsSync).map((file) => readFileSync(file)));
}

test.each([1, 2, 3])(
  'bytes of evidence that were removed are nowhere in the store, and those that were not are (seed %i)',
  async (seed) => {
    const path = folder.path(`bytes-${seed}.ledger`);
    const clock = new HandClock();
    const store = await openSqliteStore({ path, clock, ids: new CountedIds() });
    const rows = rowsOf(seed);
    for (let n = 0; n < MANY; n += 500)
      await importRows(
        store,
        writing(clock),
        rows.slice(n, n + 500).map(({ row }) => row),
      );
    await removeAll(store, clock, false);
    const kept = onDisk(path);
    expect(rows.filter(({ mark, waits }) => kept.includes(mark) !== waits).map(({ mark }) => mark)).toEqual([]);
    await store.close();
  },
);

test('compacted, the file has all its room back, and no copy of a value that was removed from beside the log', async () => {
  const path = folder.path('compacted.ledger');
  const clock = new HandClock();
  const store = await openSqliteStore({ path, clock, ids: new CountedIds() });
  const rows = rowsOf(4);
  for (let n = 0; n < MANY; n += 500)
    await importRows(
      store,
      writing(clock),
      rows.slice(n, n + 500).map(({ row }) => row),
    );
  while ((await store.reclaim()).left > 0);
  const size = statSync(path).size;
  const salts: { salt: Buffer; waits: boolean }[] = [];
  for (const [seq, { waits }] of rows.entries()) {
    const fields = (await store.logEvent('acme', seq))?.fields ?? [];
    for (const { salt } of fields) if (salt !== null) salts.push({ salt: Buffer.from(salt), waits });
  }
  expect(salts.length).toBeGreaterThan(MANY);
  await removeAll(store, clock, true);
  expect(await store.compact(1)).toBe(false);
  expect(await store.compact(null)).toBe(true);
  const kept = onDisk(path);
  expect(salts.filter(({ salt, waits }) => kept.includes(salt) !== waits)).toEqual([]);
  expect(statSync(path).size).toBeLessThan(size / 2);
  expect(await allLogFailures(store)).toEqual([]);
  await store.close();
  expect(faultsOf(path)).toEqual([]);
});
