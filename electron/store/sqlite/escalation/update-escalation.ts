import type { Finding, Request, WireRecord } from '../../../../shared/domain/escalation.ts';
import { transition } from '../../../../shared/domain/state-machine.ts';
import { isDeceptive } from '../../deceptive.ts';
import type { NewEscalation, RecordOutcome } from '../../ledger-store.ts';
import { body, unbody } from '../base/bytes.ts';
import { queries, statement } from '../base/statement.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { storedContent } from './content.ts';
import { addDissent } from './dissents.ts';
import { type Attached, attachEvidence } from './evidence.ts';
import { insertDecision, slaOf, sortColumns } from './insert-escalation.ts';
import { commandOf, decisionBrought, dissentOf, rulingOf, stateOf } from './record-state.ts';
import { countedAs, type EscalationRow } from './rows.ts';
import { indexTextsAgain } from './search-index.ts';
import { judgeAgain } from './to-judge.ts';

/** Finding of a record whose audit event was not there; void once it is. */
const EVENT_ABSENT = 'EVENT_ABSENT';

/**
 * Takes in a record that is known already (docs/architecture.md, "Importing again"). Nothing decided is overwritten
 * (I8); evidence and a request that were missing are added whatever becomes of the record.
 */
export function importAgain(tx: TenantWrite, stored: EscalationRow, row: NewEscalation): RecordOutcome {
  const state = stateOf(tx.db, stored);
  const { state: next, effect } = transition(state, commandOf(row, 'import'));
  const attached = attachEvidence(tx.db, tx.tenant, stored.escalation_id, row.evidence);
  const requestCame = stored.request === null && row.request !== null;
  if (effect === 'updated') replaceRecord(tx, stored, row);
  if (next !== null && next.dissents.length > state.dissents.length) keepDissent(tx, stored, row);
  const changed = effect === 'updated' || next !== state || requestCame || attached.added.length > 0;
  if (changed) enrich(tx, stored, row, { attached, updated: effect === 'updated', requestCame });
  const result = effect === 'conflict' ? 'conflict' : effect === 'updated' || requestCame ? 'updated' : 'unchanged';
  return { result, idReused: false, newEvidence: attached.packets };
}

function replaceRecord(tx: TenantWrite, stored: EscalationRow, row: NewEscalation): void {
  const decision = decisionBrought(row);
  const slaMs =
    row.record.status === 'ESCALATED' ? slaOf(tx.tenant.settings.sla_minutes, stored.escalated_ms) : stored.sla_ms;
  const columns = sortColumns(row.record, row.deadlines, decision?.decided_at ?? null, slaMs);
  tx.db.run(setRecord, { ...columns, escalationId: stored.escalation_id });
  if (decision === null) return;
  insertDecision(tx, stored.escalation_id, decision);
  tx.db.run(dropClaim, { escalationId: stored.escalation_id });
}

function keepDissent(tx: TenantWrite, stored: EscalationRow, row: NewEscalation): void {
  const decision = decisionBrought(row);
  if (decision === null) return;
  const { escalation_id: id, escalation_event_id: event } = row.record;
  const { vep_hash: _packet, ...said } = decision;
  const { vepHash } = rulingOf(decision, row.record);
  const dissent = dissentOf({ ...said, ...(vepHash === null ? {} : { vep_hash: vepHash }) });
  addDissent(tx, { escalationId: stored.escalation_id, id, event }, dissent, null);
}

interface News {
  readonly attached: Attached;
  readonly updated: boolean;
  readonly requestCame: boolean;
}

function enrich(tx: TenantWrite, stored: EscalationRow, row: NewEscalation, news: News): void {
  const findings = mergeFindings(unbody<Finding[]>(stored.findings), row.findings, news);
  const deceptive = isDeceptive(findings);
  const request: Request | null = news.requestCame || news.updated ? row.request : null;
  const requestBody = request === null ? stored.request : body(request);
  if (news.attached.toJudge || isOther(requestBody, stored.request) || (news.updated && tokenIsOther(stored, row)))
    judgeAgain(tx.db, stored.escalation_id);
  tx.db.run(setContent, {
    escalationId: stored.escalation_id,
    findings: body(findings),
    deceptive: deceptive ? 1 : 0,
    packets: stored.packets + news.attached.packets,
    request: requestBody,
  });
  const { escalation_id: id } = row.record;
  if (request !== null) indexTextsAgain(tx.db, stored.escalation_id, tx.tenant.uid, id, request);
  recount(tx, stored, news.updated ? row.record.status : null, deceptive);
  if (news.updated || news.requestCame || news.attached.added.length > 0) logUpdated(tx, stored, row, news);
  tx.changed(stored.escalation_id);
}

function recount(
  tx: TenantWrite,
  stored: EscalationRow,
  newStatus: NewEscalation['record']['status'] | null,
  deceptive: boolean,
): void {
  const known = countedAs(stored);
  tx.count(known, -1);
  tx.count({ ...known, status: newStatus ?? known.status, deceptive }, 1);
}

function isOther(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a !== b : !Buffer.from(a).equals(b);
}

function tokenIsOther(stored: EscalationRow, { record }: NewEscalation): boolean {
  return record.continuation_token !== unbody<WireRecord>(stored.record).continuation_token;
}

function logUpdated(tx: TenantWrite, stored: EscalationRow, row: NewEscalation, news: News): void {
  const { escalation_id, escalation_event_id, status, timestamp } = row.record;
  tx.log(
    {
      kind: 'escalation.updated',
      event: escalation_event_id,
      status: news.updated ? status : (stored.status as typeof status),
      timestamp,
      outcome: news.updated ? (decisionBrought(row)?.outcome ?? null) : null,
      evidence: [...news.attached.added],
      idempotency_key: tx.write.idempotencyKey,
    },
    { escalation_id, content: storedContent(tx.db, stored.escalation_id) },
    stored.escalation_id,
  );
}

/** What was found before stays; an absent event that came is no longer absent. */
function mergeFindings(known: readonly Finding[], came: readonly Finding[], news: News): Finding[] {
  const lasting = news.requestCame ? known.filter(({ code }) => code !== EVENT_ABSENT) : known;
  if (!news.updated && !news.requestCame) return [...lasting];
  const isKnown = (finding: Finding) =>
    lasting.some(({ code, message }) => code === finding.code && message === finding.message);
  return [...lasting, ...came.filter((finding) => !isKnown(finding))];
}

const setRecord = statement<ReturnType<typeof sortColumns> & { escalationId: number }>()((arg) =>
  queries
    .updateTable('escalations')
    .set({
      status: arg.status,
      deadline_ms: arg.deadlineMs,
      fixed_deadline_ms: arg.fixedDeadlineMs,
      sla_ms: arg.slaMs,
      recorded_key: arg.recordedKey,
      decided_key: arg.decidedKey,
      deadlines: arg.deadlines,
      record: arg.record,
    })
    .where('escalation_id', '=', arg.escalationId),
);
const dropClaim = statement<{ escalationId: number }>()((arg) =>
  queries
    .updateTable('escalations')
    .set({ claimed_by: null, claim_until_ms: null })
    .where('escalation_id', '=', arg.escalationId),
);
const setContent = statement<{
  escalationId: number;
  findings: Uint8Array;
  deceptive: number;
  packets: number;
  request: Uint8Array | null;
}>()((arg) =>
  queries
    .updateTable('escalations')
    .set((eb) => ({
      findings: arg.findings,
      deceptive: arg.deceptive,
      packets: arg.packets,
      request: arg.request,
      version: eb('version', '+', 1),
    }))
    .where('escalation_id', '=', arg.escalationId),
);
