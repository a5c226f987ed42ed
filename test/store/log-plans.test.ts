import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { logFailures } from '../contract/store/checked.ts';
import { CountedIds, escalation, flattened, HandClock, keyOf } from '../contract/store/makers.ts';
import { signing } from '../contract/store/signing.ts';
import { fillLedger } from './full-ledger.ts';
import { temporaryFolder } from './temporary-folder.ts';

const path = temporaryFolder().path('plans.ledger');
/** Few rows, whatever the length of the ledger. */
const SMALL = ['own_keys', 'json_each', 'tenants', 'checkpoints', 'CONSTANT ROW'];

/** The statements that a call prepares, each once. */
async function statementsOf(call: (store: LedgerStore) => Promise<unknown>): Promise<string[]> {
  const store = await openSqliteStore({ path, clock: new HandClock(), ids: new CountedIds() });
  const prepare = Database.prototype.prepare;
  const seen = new Set<string>();
  Database.prototype.prepare = function prepareAndKeep(this: Database.Database, sql: string) {
    seen.add(sql);
    return prepare.call(this, sql);
  } as typeof prepare;
  try {
    await call(store);
  } finally {
    Database.prototype.prepare = prepare;
    await store.close();
  }
  return [...seen].filter((sql) => /^select/i.test(sql));
}

describe('what is asked of the log goes by an index, however long it is', () => {
  let db: Database.Database;
  const planOf = (sql: string) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([...sql.matchAll(/\?/g)].map(() => null)) as { detail: string }[]).map(
      ({ detail }) => detail,
    );
  const isScan = (step: string) => /^SCAN /.test(step) && !SMALL.some((name) => step.includes(name));

  beforeAll(async () => {
    const clock = new HandClock();
    const store = signing(await openSqliteStore({ path, clock, ids: new CountedIds() }));
    await fillLedger(store, clock);
    await store.close();
    db = new Database(path, { readonly: true });
  }, 60_000);
  afterAll(() => db.close());

  test.each<[string, (store: LedgerStore) => Promise<unknown>]>([
    ['the timeline', (store) => store.logRows({ tenant: 'acme', limit: 10 })],
    ['the timeline of a kind', (store) => store.logRows({ tenant: 'acme', kinds: ['claim.taken'], limit: 10 })],
    ['one event', (store) => store.logEvent('acme', 7)],
    ['a range', (store) => flattened(store.logRange('acme', 0, 20))],
    ['a range of a kind', (store) => flattened(store.logRange('acme', 0, 20, 'decision.recorded'))],
    ['evidence by digest', (store) => flattened(store.evidencePieces('acme', ['ab'.repeat(32)]))],
    ['a proof', (store) => store.inclusionProof('acme', 3, 20)],
    ['heads', (store) => store.checkpoints('acme', 3)],
    ['an escalation’s decision', (store) => store.decisionEvent(keyOf(escalation('first')))],
  ])('%s: nothing is scanned, nothing sorted', async (_what, call) => {
    const statements = await statementsOf(call);
    expect(statements.length).toBeGreaterThan(1);
    for (const sql of statements) {
      const wrong = planOf(sql).filter((step) => isScan(step) || /TEMP B-TREE/.test(step));
      expect([sql, wrong]).toEqual([sql, []]);
    }
  });

  test('verifying goes on from where it was, and finds what hangs on an event by its number', async () => {
    const statements = await statementsOf((store) => logFailures(store, 'acme'));
    expect(statements.length).toBeGreaterThan(20);
    const scans = statements.flatMap((sql) => planOf(sql).filter(isScan));
    expect(scans).toEqual([]);
    const [ofTenants] = statements.flatMap(planOf).filter((step) => step.includes('ledger_events_by_kind'));
    expect(ofTenants).toContain('tenant_id=? AND kind=?');
  });
});
