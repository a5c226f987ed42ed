import { instantText } from '../../../../shared/domain/clock.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { Decision, Escalation, WireRecord } from '../../../../shared/domain/escalation.ts';
import { transition } from '../../../../shared/domain/state-machine.ts';
import type { NewDecision, NewEvidence, Write } from '../../ledger-store.ts';
import { body, hex, sha256, unbody, uuidText } from '../base/bytes.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { contentOf } from '../escalation/content.ts';
import { addDissent } from '../escalation/dissents.ts';
import { type AttachedPiece, attachEvidence } from '../escalation/evidence.ts';
import { insertDecision, keyOf } from '../escalation/insert-escalation.ts';
import { dissentOf, stateOf } from '../escalation/record-state.ts';
import { countedAs, deadlineOfRow, type EscalationRow, idOf, requireRow, toEscalation } from '../escalation/rows.ts';
import { requireCommitted, type SignedParts, signedParts } from '../escalation/signed-parts.ts';
import { judgeAgain } from '../escalation/to-judge.ts';
import { type Viewed, viewed } from '../escalation/view.ts';
import { refuseBrokenLog } from '../tenant/log-verdict.ts';
import { KeptRefusal, once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { alreadyDecided, refuseOthersClaim, refuseOtherVersion, target, touch } from './guard.ts';
import { endHold, refuseOthersHold, requireOwnHold } from './holds.ts';

const CHECK_NAME = /^[a-z0-9_.-]{1,64}$/;

/** LedgerStore.decide: record, evidence, decision and ledger event in one transaction (I2). */
export function decide(engine: Engine, write: Write, decision: NewDecision): Escalation {
  refuseBadNames(decision);
  refuseUnsealed(decision);
  return once(engine, write, { forGood: true }, (tx) => {
    refuseBrokenLog(tx.tenant);
    const row = target(tx, decision);
    if (decision.pendingId !== undefined) requireOwnHold(tx, row, decision.pendingId);
    const made = decisionOf(tx, decision);
    const { state, effect, refusal } = transition(stateOf(tx.db, row), {
      do: 'decide',
      ruling: rulingOf(made, decision),
    });
    if (effect === 'dissented') return late(tx, row, { made, decision, signed: signedParts(tx, row, made, decision) });
    if (refusal !== null || state === null)
      throw new DeskError(
        'INVALID_INPUT',
        'An approval needs an event id and a VEP hash, the others take none. Nothing was recorded.',
      );
    const { escalation: seen } = refuseStale(tx, row, decision);
    return commit(tx, row, seen, { made, decision, signed: signedParts(tx, row, made, decision) });
  });
}

/** What is there; CONFLICT unless the caller saw it, and nobody else holds or is deciding it. */
export function refuseStale(tx: TenantWrite, row: EscalationRow, decision: NewDecision): Viewed {
  refuseOtherVersion(row, decision);
  refuseOthersClaim(tx, row);
  refuseOthersHold(tx, row, decision.pendingId ?? null);
  const seen = viewed(tx.db, tx.tenant, row, tx.write.now);
  if (seen.sha256 === decision.viewSha256) return seen;
  throw new DeskError(
    'CONFLICT',
    'What you saw of this escalation has changed since. Nothing was recorded: look at it again.',
    { view_sha256: seen.sha256 },
  );
}

interface SignedDecision {
  readonly made: Decision;
  readonly decision: NewDecision;
  readonly signed: SignedParts;
}

function commit(tx: TenantWrite, row: EscalationRow, seen: Escalation, signedDecision: SignedDecision): Escalation {
  const { made, decision } = signedDecision;
  const pieces = [decision.sealed?.packet ?? null, decision.resolution?.packet ?? null];
  const evidence = pieces.flatMap((piece): NewEvidence[] => (piece === null ? [] : [{ ...piece, role: 'resolution' }]));
  const { added, packets, toJudge } = attachEvidence(tx.db, tx.tenant, row.escalation_id, evidence);
  if (toJudge) judgeAgain(tx.db, row.escalation_id);
  const record = decidedRecord(unbody<WireRecord>(row.record), made, decision);
  const decided = insertDecision(tx, row.escalation_id, made);
  const columns = {
    escalationId: row.escalation_id,
    status: record.status,
    recordedKey: keyOf(record.timestamp),
    decidedKey: keyOf(made.decided_at),
    packets: row.packets + packets,
    record: body(record),
  };
  tx.db.run(setDecided, columns);
  const known = countedAs(row);
  tx.count(known, -1);
  tx.count({ ...known, status: record.status }, 1);
  const content = contentOf({ ...row, record: columns.record }, decided);
  logDecision(tx, row, signedDecision, { evidence: added, content });
  endHold(tx, row, decision.pendingId === undefined ? 'conflict' : null);
  touch(tx, row.escalation_id);
  if (evidence.length > 0)
    return toEscalation(tx.db, tx.tenant, requireRow(tx.db, tx.tenant.tenantId, decision.key), tx.write.now);
  // Nothing else has changed since it was read to be compared.
  const deadline = deadlineOfRow({ ...row, status: record.status }, tx.write.now);
  return { ...seen, record, decision: made, deadline, claim: null, version: String(row.version + 1) };
}

/** The decision lost: it is kept beside the one that stands, and the caller is told (I8). */
function late(tx: TenantWrite, row: EscalationRow, { made, decision, signed }: SignedDecision): KeptRefusal {
  const target = { escalationId: row.escalation_id, id: idOf(row), event: uuidText(row.event) };
  addDissent(tx, target, dissentOf(made), signed);
  if (decision.pendingId !== undefined) endHold(tx, row, 'conflict');
  touch(tx, row.escalation_id);
  return new KeptRefusal(alreadyDecided('Yours is kept beside it as a dissent.'));
}

function decidedRecord(record: WireRecord, made: Decision, { resolution }: NewDecision): WireRecord {
  const base = { ...record, timestamp: made.decided_at };
  if (resolution === null) return { ...base, status: 'EXPIRED' };
  return {
    ...base,
    status: 'RESOLVED',
    resolution_event_id: resolution.eventId,
    resolution_vep_hash: resolution.vepHash,
  };
}

function decisionOf(tx: TenantWrite, decision: NewDecision): Decision {
  const { outcome, reviewer, reasonCode, reason, resolution, sealed, overrides, acceptedUnchecked } = decision;
  const vepHash = sealed?.vepSha256 ?? resolution?.vepHash;
  return {
    outcome,
    source: 'desk',
    decided_at: instantText(tx.write.now),
    reviewer,
    reason_code: reasonCode,
    reason,
    sealed: sealed !== null,
    signed: true,
    ...(vepHash === undefined ? {} : { vep_hash: vepHash }),
    overrides: [...overrides],
    accepted_unchecked: [...(acceptedUnchecked ?? [])],
  };
}

function rulingOf(made: Decision, { resolution }: NewDecision) {
  const { outcome, source, decided_at: at } = made;
  return { outcome, source, at, eventId: resolution?.eventId ?? null, vepHash: resolution?.vepHash ?? null };
}

function logDecision(
  tx: TenantWrite,
  row: EscalationRow,
  { made, decision, signed }: SignedDecision,
  { evidence, content }: { evidence: readonly AttachedPiece[]; content: string },
): void {
  const { resolution, sealed, reasonCode, viewSha256 } = decision;
  const { commitments } = tx.log(
    {
      kind: 'decision.recorded',
      event: uuidText(row.event),
      outcome: made.outcome,
      reason_code: reasonCode,
      view_sha256: viewSha256,
      resolution: resolution === null ? null : { event_id: resolution.eventId, vep_hash: resolution.vepHash },
      overrides: made.overrides,
      accepted_unchecked: made.accepted_unchecked,
      evidence: [...evidence],
      sealed: sealed === null ? null : { vep_sha256: sealed.vepSha256, key: sealed.key },
      envelope: signed.envelope,
      signed_by: signed.signedBy,
      idempotency_key: tx.write.idempotencyKey,
    },
    { ...signed.named, escalation_id: idOf(row), content },
    row.escalation_id,
    signed.salts,
  );
  requireCommitted(signed, commitments);
}

/** Names of checks stand in the log openly, so they must be names. */
function refuseBadNames({ overrides, acceptedUnchecked }: NewDecision): void {
  const bad = [...overrides, ...(acceptedUnchecked ?? [])].find((name) => !CHECK_NAME.test(name));
  if (bad !== undefined)
    throw new DeskError('INVALID_INPUT', 'There is no check of this name. Nothing was recorded.', { check: bad });
}

/** What was to be sealed is recorded with the very packet that was, or not at all. */
function refuseUnsealed({ seal, sealed, outcome, resolution }: NewDecision): void {
  if (sealed === null) {
    if (seal === null) return;
    throw new DeskError('INVALID_INPUT', 'This decision is to be sealed first. Nothing was recorded.');
  }
  if (hex(sha256(sealed.packet.bytes)) !== sealed.vepSha256)
    throw new DeskError('INTEGRITY_FAILED', 'The sealed packet is not the one that was signed. Nothing was recorded.');
  if (outcome !== 'approved' || resolution?.vepHash === sealed.vepSha256) return;
  throw new DeskError(
    'INVALID_INPUT',
    'A sealed approval is resolved by its own packet, and by no other. Nothing was recorded.',
  );
}

const setDecided = statement<{
  escalationId: number;
  status: string;
  recordedKey: string;
  decidedKey: string;
  packets: number;
  record: Uint8Array;
}>()((arg) =>
  queries
    .updateTable('escalations')
    .set({
      status: arg.status,
      recorded_key: arg.recordedKey,
      decided_key: arg.decidedKey,
      packets: arg.packets,
      record: arg.record,
      claimed_by: null,
      claim_until_ms: null,
    })
    .where('escalation_id', '=', arg.escalationId),
);
