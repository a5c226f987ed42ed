import { earliestMs, epochMs, isPast, NO_DEADLINE_MS } from '../../../../shared/domain/deadline.ts';
import type { DeadlinePart, Decision, Finding, WireRecord } from '../../../../shared/domain/escalation.ts';
import { instantKey, parseInstant } from '../../../../shared/domain/instant.ts';
import { isDeceptive } from '../../deceptive.ts';
import type { NewEscalation } from '../../ledger-store.ts';
import { body, sha256, unhex, utf8, uuidBytes } from '../base/bytes.ts';
import { queries, statement } from '../base/statement.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import type { KeptDecision } from './carried-statements.ts';
import { contentOf } from './content.ts';
import { addDissent } from './dissents.ts';
import { type AttachedPiece, countPackets, keepPieces, linkPieces } from './evidence.ts';
import { decisionBrought } from './record-state.ts';
import { indexTexts } from './search-index.ts';

/** After all positions of a source's active list: what it does not name. */
const UNLISTED = Number.MAX_SAFE_INTEGER;
const MINUTE_MS = 60_000;

/** The finding of an id that names another escalation already. */
const ID_REUSED: Finding = {
  code: 'ID_REUSED',
  message: 'This id was used before, for another escalation. Each is decided on its own.',
};

/** Records a new escalation with all that came with it; its number, and how many packets it brought. */
export function insertEscalation(
  tx: TenantWrite,
  row: NewEscalation,
  place: { listEpoch: number; idReused: boolean },
): { escalationId: number; packets: number } {
  const findings = place.idReused ? withIdReused(row.findings) : row.findings;
  const deceptive = isDeceptive(findings);
  const pieces = keepPieces(tx.db, row.evidence);
  const columns = {
    ...columnsOf(tx, row),
    findings: body(findings),
    deceptive: deceptive ? 1 : 0,
    packets: countPackets(pieces),
    listEpoch: place.listEpoch,
  };
  const { lastInsertRowid: escalationId } = tx.db.run(insert, columns);
  const { added, packets } = linkPieces(tx.db, tx.tenant, escalationId, pieces);
  const decision = decisionBrought(row);
  const decided = decision === null ? null : insertDecision(tx, escalationId, decision);
  indexTexts(tx.db, escalationId, tx.tenant.uid, row.record.escalation_id, row.request);
  const content = contentOf(contentColumns(columns), decided);
  logRecorded(tx, row.record, decision, { escalationId, evidence: added, content });
  const { escalation_id: id, escalation_event_id: event } = row.record;
  for (const dissent of row.dissents ?? []) addDissent(tx, { escalationId, id, event }, dissent, null);
  tx.count({ status: row.record.status, deceptive, failed: false }, 1);
  return { escalationId, packets };
}

/** A row that the desk exported says it already. */
function withIdReused(findings: readonly Finding[]): Finding[] {
  return [...findings.filter(({ code }) => code !== ID_REUSED.code), ID_REUSED];
}

/** The first decision of an escalation; the list is there for more than one person's. Answers its bytes. */
export function insertDecision(tx: TenantWrite, escalationId: number, decision: KeptDecision): Uint8Array {
  const bytes = body(decision);
  tx.db.run(insertFirst, { escalationId, body: bytes });
  return bytes;
}

/** The columns that follow from a record, its deadlines and the tenant's limit. */
export function sortColumns(
  record: WireRecord,
  deadlines: readonly DeadlinePart[],
  decidedAt: string | null,
  slaMs: number | null,
) {
  const fixedDeadlineMs = earliestMs(deadlines);
  return {
    status: record.status,
    fixedDeadlineMs,
    slaMs,
    deadlineMs: Math.min(fixedDeadlineMs, slaMs ?? NO_DEADLINE_MS),
    recordedKey: keyOf(record.timestamp),
    decidedKey: decidedAt === null ? '' : keyOf(decidedAt),
    deadlines: body(deadlines),
    record: body(record),
  };
}

/** Text whose order as bytes is the order in time. */
export function keyOf(at: string): string {
  const instant = parseInstant(at);
  return instant === null ? '' : instantKey(instant);
}

/** The tenant's own limit for what is active since `escalatedMs`, epoch milliseconds; null where it has none. */
export function slaOf(slaMinutes: number | null, escalatedMs: number | null): number | null {
  return slaMinutes === null || escalatedMs === null ? null : escalatedMs + slaMinutes * MINUTE_MS;
}

function columnsOf(tx: TenantWrite, row: NewEscalation) {
  const { record, deadlines } = row;
  const escalatedMs = record.status === 'ESCALATED' ? epochMs(record.timestamp) : null;
  const decision = decisionBrought(row);
  const arrived = row.pastOnArrival ?? deadlines.some(({ at }) => isPast(at, tx.write.now));
  return {
    ...sortColumns(record, deadlines, decision?.decided_at ?? null, slaOf(tx.tenant.settings.sla_minutes, escalatedMs)),
    tenantId: tx.tenant.tenantId,
    idSha256: sha256(record.escalation_id),
    event: uuidBytes(record.escalation_event_id),
    id: utf8(record.escalation_id),
    listPosition: row.listPosition ?? UNLISTED,
    escalatedMs,
    pastOnArrival: arrived ? 1 : 0,
    tokenRoot: row.tokenRoot === undefined ? null : unhex(row.tokenRoot),
    request: row.request === null ? null : body(row.request),
  };
}

function contentColumns(columns: Columns) {
  const { record, request, findings, deadlines, listEpoch, listPosition, pastOnArrival, tokenRoot } = columns;
  const place = { list_epoch: listEpoch, list_position: listPosition };
  return { record, request, findings, deadlines, ...place, past_on_arrival: pastOnArrival, token_root: tokenRoot };
}

function logRecorded(
  tx: TenantWrite,
  record: WireRecord,
  decision: Decision | null,
  { escalationId, evidence, content }: { escalationId: number; evidence: readonly AttachedPiece[]; content: string },
): void {
  tx.log(
    {
      kind: 'escalation.recorded',
      event: record.escalation_event_id,
      status: record.status,
      timestamp: record.timestamp,
      outcome: decision?.outcome ?? null,
      evidence: [...evidence],
      idempotency_key: tx.write.idempotencyKey,
    },
    { escalation_id: record.escalation_id, content },
    escalationId,
  );
}

type Columns = ReturnType<typeof columnsOf> & {
  findings: Uint8Array;
  deceptive: number;
  packets: number;
  listEpoch: number;
};

const insert = statement<Columns>()((arg) =>
  queries.insertInto('escalations').values({
    tenant_id: arg.tenantId,
    id_sha256: arg.idSha256,
    event: arg.event,
    status: arg.status,
    version: 1,
    deadline_ms: arg.deadlineMs,
    recorded_key: arg.recordedKey,
    decided_key: arg.decidedKey,
    list_epoch: arg.listEpoch,
    list_position: arg.listPosition,
    fixed_deadline_ms: arg.fixedDeadlineMs,
    sla_ms: arg.slaMs,
    escalated_ms: arg.escalatedMs,
    past_on_arrival: arg.pastOnArrival,
    deceptive: arg.deceptive,
    packets: arg.packets,
    token_root: arg.tokenRoot,
    id: arg.id,
    deadlines: arg.deadlines,
    findings: arg.findings,
    record: arg.record,
    request: arg.request,
  }),
);
const insertFirst = statement<{ escalationId: number; body: Uint8Array }>()((arg) =>
  queries.insertInto('decisions').values({ escalation_id: arg.escalationId, n: 0, body: arg.body }),
);
