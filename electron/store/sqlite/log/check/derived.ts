import type { TenantSettings } from '../../../../../shared/contract/settings.ts';
import { earliestMs, epochMs, NO_DEADLINE_MS } from '../../../../../shared/domain/deadline.ts';
import type { DeadlinePart, Decision, Finding, WireRecord } from '../../../../../shared/domain/escalation.ts';
import type { LedgerEvent } from '../../../../../shared/domain/ledger-event.ts';
import { equalBytes } from '../../../../audit/log/merkle.ts';
import { isDeceptive } from '../../../deceptive.ts';
import { sha256 } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import { keyOf, slaOf } from '../../escalation/insert-escalation.ts';
import type { EscalationRow } from '../../escalation/rows.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import type { PieceRow } from './escalation-rows.ts';
import { parsed } from './failure.ts';

/** The limits that a tenant sets on its escalations, in minutes; null: none. */
export interface Limits {
  readonly now: number | null;
  /** All there ever were; null where that is not known any more. */
  readonly ever: ReadonlySet<number | null> | null;
  /** A new one is on its way through what is active. */
  readonly moving: boolean;
}

export function limitsOf(db: Reader, { tenantId, settings }: TenantRow): Limits {
  const told = db.all(settingsTold, { tenantId }).map(({ value }) => (value === null ? undefined : parsed(value)));
  const known = told.every((one) => one !== undefined);
  const minutes = (told as TenantSettings[]).map((one) => one?.sla_minutes ?? null);
  const moving = db.get(moves, { tenantId }) !== undefined;
  return { now: settings.sla_minutes, ever: known ? new Set([null, ...minutes]) : null, moving };
}

/** What the row's columns of JSON say, and its decision, undefined where there is none that can be read. */
export interface Columns {
  readonly record: WireRecord;
  readonly deadlines: readonly DeadlinePart[];
  readonly findings: readonly Finding[];
  readonly decision: Decision | undefined;
}

/** Null where one of them holds no JSON. */
export function columnsOf(row: EscalationRow, decision: Uint8Array | undefined): Columns | null {
  const [record, deadlines, findings] = [row.record, row.deadlines, row.findings].map(parsed);
  if (record === undefined || deadlines === undefined || findings === undefined) return null;
  return { record, deadlines, findings, decision: decision && parsed(decision) } as Columns;
}

interface Rest {
  readonly columns: Columns;
  readonly evidence: readonly PieceRow[];
  readonly recorded: Extract<LedgerEvent, { kind: 'escalation.recorded' }>;
  readonly limits: Limits;
}

/** The first column that does not follow from the others, the decision and the evidence; null where all do. */
export function otherDerived(row: EscalationRow, { columns: said, evidence, recorded, limits }: Rest): string | null {
  const { record, deadlines, findings, decision } = said;
  const came = recorded.status === 'ESCALATED' ? epochMs(recorded.timestamp) : null;
  const packets = evidence.filter(({ kind }) => kind === 'vep' || kind === 'capsule').length;
  const columns = {
    id_sha256: equalBytes(row.id_sha256, sha256(row.id)),
    status: row.status === record.status,
    recorded_key: row.recorded_key === keyOf(record.timestamp),
    decided_key: row.decided_key === (decision === undefined ? '' : keyOf(decision.decided_at)),
    fixed_deadline_ms: row.fixed_deadline_ms === earliestMs(deadlines),
    escalated_ms: row.escalated_ms === came,
    sla_ms: isOfLimits(row, limits),
    deadline_ms: row.deadline_ms === Math.min(row.fixed_deadline_ms, row.sla_ms ?? NO_DEADLINE_MS),
    deceptive: row.deceptive === (isDeceptive(findings) ? 1 : 0),
    packets: row.packets === packets,
  };
  return Object.entries(columns).find(([, holds]) => !holds)?.[0] ?? null;
}

/** What is active has the limit of now, unless that is on its way; what is decided keeps one that there was. */
function isOfLimits({ status, sla_ms, escalated_ms }: EscalationRow, { now, ever, moving }: Limits): boolean {
  if (status === 'ESCALATED' && !moving) return sla_ms === slaOf(now, escalated_ms);
  return ever === null || [...ever].some((minutes) => sla_ms === slaOf(minutes, escalated_ms));
}

const moves = statement<{ tenantId: number }>()((arg) =>
  queries.selectFrom('deadline_moves').select('tenant_id').where('tenant_id', '=', arg.tenantId),
);
const settingsTold = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('ledger_events as e')
    .leftJoin('event_fields as f', (join) => join.onRef('f.event_id', '=', 'e.event_id').on('f.name', '=', 'settings'))
    .select('f.value')
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.kind', '=', 'settings.changed'),
);
