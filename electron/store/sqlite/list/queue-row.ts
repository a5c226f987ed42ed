import type { QueueRow } from '../../../../shared/contract/queue.ts';
import { instantText } from '../../../../shared/domain/clock.ts';
import type { Decision, Finding, Request, Status, WireRecord } from '../../../../shared/domain/escalation.ts';
import { text, unbody, uuidText } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { judgementOf, withJudged } from '../escalation/judgement.ts';
import { claimant, deadlineOfRow } from '../escalation/rows.ts';
import { profileName } from '../tenant/profiles.ts';
import type { ListedRow } from './list-query.ts';

/** A list's row as the queue shows it; `epoch` is that of the tenant's keys. */
export function toQueueRow(db: Reader, row: ListedRow, epoch: number, now: number): QueueRow {
  const request = row.request === null ? null : unbody<Request>(row.request);
  const by = claimant(row, now);
  const { verdict, detail, findings } = judgementOf(row, epoch, now);
  return {
    id: text(row.id),
    event: uuidText(row.event),
    status: row.status as Status,
    timestamp: unbody<WireRecord>(row.record).timestamp,
    agent_name: request?.agent_name ?? null,
    action: request?.action ?? null,
    target: request?.target ?? null,
    amount: request?.amount ?? null,
    policy: request?.policy ?? null,
    has_request: request !== null,
    deadline: deadlineOfRow(row, now),
    decision: row.decision === null ? null : brief(unbody<Decision>(row.decision)),
    evidence: { verdict, packets: row.packets, detail },
    findings: withJudged(unbody<Finding[]>(row.findings), findings),
    claim: by === null ? null : { by: profileName(db, by), until: instantText(row.claim_until_ms ?? now) },
    claimed_by: by,
    pending: pendingOf(db, row),
    version: String(row.version),
  };
}

function brief({ outcome, source, decided_at, reviewer }: Decision): QueueRow['decision'] {
  return { outcome, source, decided_at, ...(reviewer === undefined ? {} : { reviewer }) };
}

function pendingOf(db: Reader, row: ListedRow): QueueRow['pending'] {
  if (row.pending_decision === null || row.pending_by === null || row.pending_due_at_ms === null) return null;
  const { outcome } = unbody<Pick<Decision, 'outcome'>>(row.pending_decision);
  return { outcome, by: profileName(db, row.pending_by), due_at: instantText(row.pending_due_at_ms) };
}
