import type { Decision, Dissent, WireRecord } from '../../../../shared/domain/escalation.ts';
import type { Command, EscalationState, Ruling } from '../../../../shared/domain/state-machine.ts';
import type { NewEscalation, UpstreamDecision } from '../../ledger-store.ts';
import { unbody } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import type { KeptDecision } from './carried-statements.ts';
import { decisionOf, dissentsOf, type EscalationRow } from './rows.ts';

/** The state machine's view of a stored escalation. */
export function stateOf(db: Reader, row: EscalationRow): EscalationState {
  const record = unbody<WireRecord>(row.record);
  const decision = decisionOf(db, row.escalation_id);
  return {
    status: record.status,
    timestamp: record.timestamp,
    ruling: decision === null ? null : rulingOf(decision, record),
    dissents: dissentsOf(db, row.escalation_id).map(rulingOfDissent),
    corrections: 0,
  };
}

/** What a record that came asks the state machine for. */
export function commandOf(row: NewEscalation, how: 'record' | 'import'): Command {
  const { status, timestamp } = row.record;
  const decision = decisionBrought(row);
  return { do: how, status, timestamp, ruling: decision === null ? null : rulingOf(decision, row.record) };
}

/** The decision that a record brings along, with its statement; a final one without any is `unknown`, decided when it says so itself. */
export function decisionBrought(row: NewEscalation): KeptDecision | null {
  if (row.record.status === 'ESCALATED') return null;
  const came: UpstreamDecision = row.decision ?? { outcome: 'unknown', decidedAt: row.record.timestamp };
  return {
    outcome: came.outcome,
    source: came.source ?? 'upstream',
    decided_at: came.decidedAt,
    ...(came.reviewer === undefined ? {} : { reviewer: came.reviewer }),
    ...(came.reasonCode === undefined ? {} : { reason_code: came.reasonCode }),
    ...(came.reason === undefined ? {} : { reason: came.reason }),
    sealed: came.sealed ?? false,
    signed: came.signed ?? false,
    ...(came.vepHash === undefined ? {} : { vep_hash: came.vepHash }),
    overrides: [...(came.overrides ?? [])],
    accepted_unchecked: [...(came.acceptedUnchecked ?? [])],
    ...(came.statement === undefined ? {} : { statement: came.statement }),
  };
}

/** The dissent that a decision becomes which came too late or from elsewhere. */
export function dissentOf(decision: Decision): Dissent {
  return {
    outcome: decision.outcome,
    source: decision.source,
    at: decision.decided_at,
    ...(decision.reviewer === undefined ? {} : { reviewer: decision.reviewer }),
    ...(decision.reason_code === undefined ? {} : { reason_code: decision.reason_code }),
    ...(decision.reason === undefined ? {} : { reason: decision.reason }),
    ...(decision.vep_hash === undefined ? {} : { vep_hash: decision.vep_hash }),
  };
}

/**
 * What a decision says. The packet in which a decision without a resolution was sealed is no part of it: upstream, which
 * knows nothing of that packet, says the same.
 */
export function rulingOf(decision: Decision, record: WireRecord): Ruling {
  const resolves = decision.outcome === 'approved' || decision.outcome === 'unknown';
  return {
    outcome: decision.outcome,
    source: decision.source,
    at: decision.decided_at,
    eventId: record.resolution_event_id ?? null,
    vepHash: record.resolution_vep_hash ?? (resolves ? decision.vep_hash : undefined) ?? null,
  };
}

function rulingOfDissent(dissent: Dissent): Ruling {
  return {
    outcome: dissent.outcome,
    source: dissent.source,
    at: dissent.at,
    eventId: null,
    vepHash: dissent.vep_hash ?? null,
  };
}
