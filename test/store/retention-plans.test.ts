import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { decidedBefore, keptFrom, lastEvent, piecesOf, users } from '../../electron/store/sqlite/retention/due.ts';
import { balance, tenantBalance } from '../../electron/store/sqlite/retention/legal-holds.ts';
import { CountedIds, HandClock } from '../contract/store/makers.ts';
import { temporaryFolder } from './temporary-folder.ts';

const path = temporaryFolder().path('plans.ledger');
let db: Database.Database;

beforeAll(async () => {
  await (await openSqliteStore({ path, clock: new HandClock(), ids: new CountedIds() })).close();
  db = new Database(path, { readonly: true });
});
afterAll(() => {
  db.close();
});

test.each([
  ['what was decided', decidedBefore.sql, ['escalations_by_decided', 'evidence_of_escalation']],
  ['the last event about one', lastEvent.sql, ['ledger_events_of_escalation']],
  ['its pieces', piecesOf.sql, ['evidence_of_escalation']],
  ['who has the same bytes', users.sql, ['evidence_of_tenant']],
  ['events in order', keptFrom.sql, ['ledger_events_in_order']],
  ['holds on one', balance.sql, ['ledger_events_of_escalation']],
  ['holds on the tenant', tenantBalance.sql, ['ledger_events_by_kind']],
])('retention looks no table through: %s', (_what, sql, indexes) => {
  const parameters = [...sql.matchAll(/\?/g)].map(() => null);
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as { detail: string }[];
  const scans = plan.map(({ detail }) => detail).filter((step) => step.startsWith('SCAN'));
  expect(scans.filter((step) => !/^SCAN t\b/.test(step))).toEqual([]);
  const used = plan.map(({ detail }) => /INDEX (\w+)/.exec(detail)?.[1]).filter((name) => name !== undefined);
  expect(used.filter((name) => name !== 'tenants')).toEqual(expect.arrayContaining(indexes));
});
