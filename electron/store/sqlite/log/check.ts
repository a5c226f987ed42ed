import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogFailure } from '../../ledger-store.ts';
import type { Engine } from '../base/engine.ts';
import { requireTenant } from '../tenant/tenants.ts';
import { guarded } from './check/failure.ts';
import { LogCheck } from './check/log-check.ts';
import { ORPHAN_WALKS } from './check/orphans.ts';

type Step = { done: number; total: number; failures: LogFailure[] };

/** LedgerStore.checkLog. Others read and write between the steps. NOT_FOUND (tenant). */
export async function* checkLog(engine: Engine, name: string): AsyncGenerator<Step> {
  const unreadable = engine.read((db) => tenantFault(() => requireTenant(db, name)));
  if (unreadable.length > 0) return yield { done: 0, total: 0, failures: unreadable };
  const check = new LogCheck();
  while (!check.ended) {
    yield engine.read((db) => {
      const tenant = requireTenant(db, name);
      const failures = check.step(db, tenant);
      return { done: check.done, total: Math.max(check.done, tenant.logSize), failures };
    });
    await nextTurn();
  }
  yield* checkOrphans(engine, name, check.done);
}

async function* checkOrphans(engine: Engine, name: string, done: number): AsyncGenerator<Step> {
  for (const { step } of ORPHAN_WALKS) {
    for (let from: number | null = 0; from !== null; ) {
      const at: number = from;
      const { failures, next } = engine.read((db) => step(db, requireTenant(db, name).tenantId, at));
      yield { done, total: done, failures };
      from = next;
      await nextTurn();
    }
  }
}

/** Whether the tenant's own row can be read; without it nothing of the tenant can. */
function tenantFault(read: () => object): LogFailure[] {
  return guarded('tenants', () => {
    read();
    return [];
  });
}
