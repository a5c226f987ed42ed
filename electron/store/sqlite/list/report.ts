import { instantText } from '../../../../shared/domain/clock.ts';
import { epochMs, NO_DEADLINE_MS } from '../../../../shared/domain/deadline.ts';
import type { Decision, Verdict } from '../../../../shared/domain/escalation.ts';
import type { DecidedRow, TimeSpan } from '../../ledger-store.ts';
import { unbody } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { keyOf } from '../escalation/insert-escalation.ts';
import { isCurrent } from '../escalation/judgement.ts';
import { requireTenant, type TenantRow } from '../tenant/tenants.ts';

const DECIDED_AT_ONCE = 500;
const OVERDUE_AT_ONCE = 5_000;

/** Where a walk through the decisions of a time goes on. */
export interface DecidedPlace {
  readonly decided_key: string;
  readonly escalation_id: number;
}
/** Where a walk through the deadlines of what is active goes on. */
export interface DeadlinePlace {
  readonly deadline_ms: number;
  readonly escalation_id: number;
}

/** LedgerStore.decided: the next of them after `from` (null: the first), with `next` null at the end. NOT_FOUND (tenant). */
export function decidedAfter(
  db: Reader,
  query: TimeSpan & { now: number },
  from: DecidedPlace | null,
): { batch: DecidedRow[]; next: DecidedPlace | null } {
  const tenant = requireTenant(db, query.tenant);
  const place = from ?? { decided_key: keyAt(query.fromMs), escalation_id: -1 };
  const rows = db.all(decidedInOrder, { ...place, tenantId: tenant.tenantId, end: keyAt(query.toMs) });
  return {
    batch: rows.map((row) => toDecidedRow(row, tenant, query.now)),
    next: rows.length < DECIDED_AT_ONCE ? null : (rows.at(-1) ?? null),
  };
}

/** LedgerStore.overdue: how many the next step found. NOT_FOUND (tenant). */
export function overdueAfter(
  db: Reader,
  query: TimeSpan,
  from: DeadlinePlace | null,
): { found: number; next: DeadlinePlace | null } {
  const { tenantId } = requireTenant(db, query.tenant);
  const place = from ?? { deadline_ms: query.fromMs, escalation_id: -1 };
  const rows = db.all(overdueInOrder, { ...place, tenantId, end: query.toMs });
  return { found: rows.length, next: rows.length < OVERDUE_AT_ONCE ? null : (rows.at(-1) ?? null) };
}

function keyAt(ms: number): string {
  return keyOf(instantText(ms));
}

function toDecidedRow(row: DecidedColumns, { trustEpoch }: TenantRow, now: number): DecidedRow {
  const decision = unbody<Decision>(row.body);
  const holds = row.verdict === 'failed' || isCurrent(row, trustEpoch, now);
  return {
    decidedMs: epochMs(row.decided_key) ?? 0,
    escalatedMs: row.escalated_ms,
    deadlineMs: row.deadline_ms === NO_DEADLINE_MS ? null : row.deadline_ms,
    outcome: decision.outcome,
    reviewer: decision.reviewer ?? null,
    reasonCode: decision.reason_code ?? null,
    overrides: decision.overrides,
    acceptedUnchecked: decision.accepted_unchecked,
    verdict: row.packets === 0 && row.verdict !== 'failed' ? null : holds ? (row.verdict as Verdict) : 'unchecked',
  };
}

interface DecidedColumns extends DecidedPlace {
  readonly escalated_ms: number | null;
  readonly deadline_ms: number;
  readonly packets: number;
  readonly verdict: string;
  readonly judged: number;
  readonly judged_until_ms: number | null;
  readonly body: Uint8Array;
}

type DecidedArgs = DecidedPlace & { tenantId: number; end: string };
type OverdueArgs = DeadlinePlace & { tenantId: number; end: number };

/** As in list-query.ts, the rows that share a value and those beyond it are two searches of the index. */
export const decidedInOrder = statement<DecidedArgs>()((arg) => {
  const ofTenant = queries
    .selectFrom('escalations as e')
    .innerJoin('decisions as d', (join) => join.onRef('d.escalation_id', '=', 'e.escalation_id').on('d.n', '=', 0))
    .select(['e.decided_key', 'e.escalation_id', 'e.escalated_ms', 'e.deadline_ms', 'e.packets', 'e.verdict'])
    .select(['e.judged', 'e.judged_until_ms', 'd.body'])
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.decided_key', '<', arg.end);
  return ofTenant
    .where('e.decided_key', '=', arg.decided_key)
    .where('e.escalation_id', '>', arg.escalation_id)
    .unionAll(ofTenant.where('e.decided_key', '>', arg.decided_key))
    .orderBy('e.decided_key')
    .orderBy('e.escalation_id')
    .limit(DECIDED_AT_ONCE);
});

export const overdueInOrder = statement<OverdueArgs>()((arg) => {
  const active = queries
    .selectFrom('escalations')
    .select(['deadline_ms', 'escalation_id'])
    .where('tenant_id', '=', arg.tenantId)
    .where('status', '=', 'ESCALATED')
    .where('deadline_ms', '<', arg.end);
  return active
    .where('deadline_ms', '=', arg.deadline_ms)
    .where('escalation_id', '>', arg.escalation_id)
    .unionAll(active.where('deadline_ms', '>', arg.deadline_ms))
    .orderBy('deadline_ms')
    .orderBy('escalation_id')
    .limit(OVERDUE_AT_ONCE);
});
