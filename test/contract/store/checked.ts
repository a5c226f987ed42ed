import type { LedgerStore, LogFailure } from '../../../electron/store/ledger-store.ts';

/** What verifying the tenant's whole log finds, the first that differs first. */
export async function logFailures(store: LedgerStore, tenant: string): Promise<LogFailure[]> {
  const failures: LogFailure[] = [];
  for await (const step of store.checkLog(tenant)) failures.push(...step.failures);
  return failures;
}

/** The same of every tenant. */
export async function allLogFailures(store: LedgerStore): Promise<LogFailure[]> {
  const failures: LogFailure[] = [];
  for (const tenant of await store.tenants()) failures.push(...(await logFailures(store, tenant)));
  return failures;
}
