import type { LogFailure } from '../ledger-store.ts';
import type { Engine } from './engine.ts';
import { requireTenant } from './tenants.ts';

/** LedgerStore.checkLog. */
export async function* checkLog(
  engine: Engine,
  tenant: string,
): AsyncGenerator<{ done: number; total: number; failures: LogFailure[] }> {
  const { logSize } = engine.read((db) => requireTenant(db, tenant));
  yield { done: logSize, total: logSize, failures: [] };
}
