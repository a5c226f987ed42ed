import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import {
  CountedIds,
  escalation,
  HandClock,
  importRows,
  minutes,
  pageQuery,
  writing,
} from '../contract/store/makers.ts';
import { faultsOf } from './check-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const clock = new HandClock();
const ids = new CountedIds();
/** More than two steps. */
const ROWS = 2_300;
const TURNS = 10;

async function withActive(path: string): Promise<LedgerStore> {
  const store = await openSqliteStore({ path, clock, ids });
  for (let from = 0; from < ROWS; from += 1_000) {
    const count = Math.min(1_000, ROWS - from);
    const rows = Array.from({ length: count }, (_, n) =>
      escalation(`esc-${from + n}`, {}, { timestamp: minutes(-((from + n) % 97)) }),
    );
    await importRows(store, writing(clock), rows);
  }
  return store;
}

/** How many rows have no limit yet, and how many moves are on their way. */
function left(path: string): { unmoved: number; moves: number } {
  const db = new Database(path, { readonly: true });
  try {
    const one = (sql: string) => db.prepare(sql).pluck().get() as number;
    const unmoved = one('SELECT count(*) FROM escalations WHERE sla_ms IS NULL');
    return { unmoved, moves: one('SELECT count(*) FROM deadline_moves') };
  } finally {
    db.close();
  }
}

test('a new limit goes through a large ledger in steps, between which others read and write (I10)', async () => {
  const path = folder.path('steps.ledger');
  const store = await withActive(path);
  const settings = await store.settings('acme');
  const saving = store.saveSettings(writing(clock), { ...settings, sla_minutes: 30 });
  const { unmoved } = left(path);
  expect(unmoved).toBeGreaterThan(0);
  expect(unmoved).toBeLessThan(ROWS);
  expect((await store.settings('acme')).sla_minutes).toBe(30);
  await importRows(store, writing(clock), [escalation('new', {}, { timestamp: minutes(0) })]);
  const page = await store.page(pageQuery(clock, { limit: 1_000 }));
  const deadlines = page.rows.map(({ deadline }) => deadline?.at ?? '~');
  expect(deadlines).toEqual(deadlines.toSorted());
  await saving;
  expect(left(path)).toEqual({ unmoved: 0, moves: 0 });
  await store.close();
  expect(faultsOf(path)).toEqual([]);
});

test('a store that was closed on the way goes on when it is opened, with the limit that holds then', async () => {
  const path = folder.path('resumed.ledger');
  const store = await withActive(path);
  const settings = await store.settings('acme');
  const saving = store.saveSettings(writing(clock), { ...settings, sla_minutes: 30 });
  await store.close();
  await saving;
  expect(left(path)).toMatchObject({ moves: 1 });
  const again = await openSqliteStore({ path, clock, ids });
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
  expect(left(path)).toEqual({ unmoved: 0, moves: 0 });
  await again.close();
  expect(faultsOf(path)).toEqual([]);
});

test('a limit that changes again on the way leaves no row behind, and changes none that has it', async () => {
  const path = folder.path('twice.ledger');
  const store = await withActive(path);
  const settings = await store.settings('acme');
  const first = store.saveSettings(writing(clock), { ...settings, sla_minutes: 30 });
  await Promise.all([first, store.saveSettings(writing(clock), settings)]);
  expect(left(path)).toEqual({ unmoved: ROWS, moves: 0 });
  // There and back again, or never touched: the first limit did not reach the newest.
  const versions = (await store.page(pageQuery(clock, { limit: 1_000, sort: 'newest' }))).rows.map(
    (row) => row.version,
  );
  expect(new Set(versions)).toEqual(new Set(['1', '3']));
  expect(versions[0]).toBe('1');
  await store.close();
});
