/**
 * A process that removes all that is due in a tenant, step by step, until it is killed: `remover.ts STORE TENANT`. Prints a
 * line of JSON for each step, but only once the store has acknowledged it.
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import { systemClock, systemIds } from './system.ts';

const [path = '', tenant = ''] = process.argv.slice(2);
const store = await openSqliteStore({ path, clock: systemClock, ids: systemIds });
const by = systemIds.uuid();
const rule = { days: 1, beforeMs: systemClock.now() + 60_000 };
const jobId = systemIds.uuid();

for (let after: string | null = null; ; ) {
  const write = { tenant, by, idempotencyKey: systemIds.uuid(), inputHash: '', now: systemClock.now() };
  const step = await store.removeDue(write, { jobId, rules: { evidence: rule, fields: rule }, after });
  writeSync(1, `${JSON.stringify({ ...step.removed, next: step.next })}\n`);
  if (step.next === null) break;
  after = step.next;
}
while ((await store.reclaim()).left > 0);
await store.close();
