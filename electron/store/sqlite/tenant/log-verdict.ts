import { DeskError } from '../../../../shared/domain/errors.ts';
import type { LogFailure, LogVerdict } from '../../ledger-store.ts';
import { body, unbody } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { requireTenant, type TenantRow } from './tenants.ts';

/** LedgerStore.logVerdict. NOT_FOUND (tenant). */
export function readLogVerdict(db: Reader, tenant: string): LogVerdict | null {
  return verdictOf(requireTenant(db, tenant));
}

/**
 * LedgerStore.saveLogVerdict. What a person accepted stays accepted while nothing but that is found; a list that is full
 * may lack something else. NOT_FOUND (tenant).
 */
export function saveLogVerdict(db: Writer, name: string, found: Omit<LogVerdict, 'accepted'>, full: boolean): void {
  const tenant = requireTenant(db, name);
  const known = verdictOf(tenant);
  const isAccepted = known?.accepted != null && !full && found.failures.every((one) => isAmong(one, known.failures));
  const accepted = isAccepted && found.failures.length > 0 ? known.accepted : null;
  db.run(put, { tenantId: tenant.tenantId, verdict: body({ ...found, accepted }) });
}

/** Keeps that the event `seq` accepted what was found. */
export function storeAccepted(db: Writer, { tenantId }: TenantRow, verdict: LogVerdict, seq: number): void {
  db.run(put, { tenantId, verdict: body({ ...verdict, accepted: String(seq) }) });
}

/** What was found broken and nobody accepted; null where there is no such. */
export function brokenOf(tenant: TenantRow): LogVerdict | null {
  const verdict = verdictOf(tenant);
  return verdict === null || verdict.failures.length === 0 || verdict.accepted !== null ? null : verdict;
}

/** INTEGRITY_FAILED where the log was found broken, unless a person has accepted it. */
export function refuseBrokenLog(tenant: TenantRow): void {
  const [first] = brokenOf(tenant)?.failures ?? [];
  if (first === undefined) return;
  const message = `The last verification of the log found that it does not hold, first at ${first.place}. Nothing was recorded; all that is there was kept. Put a backup back, or accept the log with a reason.`;
  throw new DeskError('INTEGRITY_FAILED', message, { log: 'broken', first });
}

function verdictOf({ logVerdict }: TenantRow): LogVerdict | null {
  return logVerdict === null ? null : unbody<LogVerdict>(logVerdict);
}

function isAmong({ place, code }: LogFailure, known: readonly LogFailure[]): boolean {
  return known.some((one) => one.place === place && one.code === code);
}

const put = statement<{ tenantId: number; verdict: Uint8Array }>()((arg) =>
  queries.updateTable('tenants').set({ log_verdict: arg.verdict }).where('tenant_id', '=', arg.tenantId),
);
