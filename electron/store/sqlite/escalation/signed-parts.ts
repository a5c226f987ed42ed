import { DeskError } from '../../../../shared/domain/errors.ts';
import type { Decision, Request } from '../../../../shared/domain/escalation.ts';
import type { Said } from '../../../../shared/domain/ledger-event.ts';
import {
  DECISION_TYPE,
  type DecisionPredicate,
  type DecisionStatement,
} from '../../../audit/statement/decision-statement.ts';
import { writeEnvelope } from '../../../audit/statement/dsse.ts';
import { PAYLOAD_TYPE } from '../../../audit/statement/statement.ts';
import type { NewDecision, SignedStatement } from '../../ledger-store.ts';
import { unbody, uuidText } from '../base/bytes.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import type { EscalationRow } from './rows.ts';

/** A statement as the event that records its decision has it. */
export interface SignedParts {
  readonly envelope: Said<'decision.recorded'>['envelope'];
  readonly signedBy: Said<'decision.recorded'>['signed_by'];
  readonly salts: Readonly<Record<string, Uint8Array>>;
  /** The values that the statement commits to, besides the escalation's id. */
  readonly named: { readonly reason: string; readonly reviewer: string; readonly policy?: string };
  readonly predicate: DecisionPredicate;
}

/**
 * The decision's statement, for its event. INTERNAL where it has none: nothing is recorded unsigned. INTEGRITY_FAILED
 * where it says another thing than what is about to be recorded (I9). Its form is that of whoever made it.
 */
export function signedParts(tx: TenantWrite, row: EscalationRow, made: Decision, decision: NewDecision): SignedParts {
  const { statement, reason, reviewer } = decision;
  if (statement === null)
    throw new DeskError('INTERNAL', 'The decision was not signed. Nothing was recorded: decide it again.');
  const predicate = predicateOf(statement);
  const differs = differing(predicate, expected(tx, row, made, decision));
  if (differs !== undefined) throw otherStatement(differs);
  const policy = predicate.policy === null ? undefined : policyOf(row);
  const { envelope, signedBy, salts } = statement;
  const named = { reason, reviewer, ...(policy === undefined ? {} : { policy }) };
  return { envelope: writeEnvelope(envelope), signedBy, salts, named, predicate };
}

/** INTEGRITY_FAILED unless the statement commits to just what the event does; takes the whole write back. */
export function requireCommitted(
  { predicate }: SignedParts,
  commitments: Readonly<Record<string, string | undefined>>,
): void {
  const differs = COMMITTED.find((name) => (commitments[name] ?? null) !== predicate[name]);
  if (differs !== undefined) throw otherStatement(differs);
}

const COMMITTED = ['escalation_id', 'reason', 'reviewer', 'policy'] as const;

function predicateOf({ envelope }: SignedStatement): DecisionPredicate {
  const { payloadType, payload, signatures } = envelope;
  const { predicateType, predicate } = unbody<Partial<DecisionStatement>>(payload);
  const known = payloadType === PAYLOAD_TYPE && predicateType === DECISION_TYPE && signatures.length === 1;
  if (!known || predicate === undefined) throw otherStatement('form');
  return predicate;
}

function policyOf({ request }: EscalationRow): string | undefined {
  return request === null ? undefined : unbody<Request>(request).policy;
}

/** What the statement must say openly. */
function expected(tx: TenantWrite, row: EscalationRow, made: Decision, decision: NewDecision) {
  return {
    tenant: tx.tenant.uid,
    event: uuidText(row.event),
    outcome: made.outcome,
    reason_code: decision.reasonCode,
    signed_by: decision.statement?.signedBy,
    view_sha256: decision.viewSha256,
    decided_at: made.decided_at,
    overrides: made.overrides,
    accepted_unchecked: made.accepted_unchecked,
  };
}

function differing(predicate: DecisionPredicate, wanted: ReturnType<typeof expected>): string | undefined {
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  return names.find((name) => {
    const [said, meant] = [predicate[name], wanted[name]];
    return said !== meant && (typeof meant === 'string' || JSON.stringify(said) !== JSON.stringify(meant));
  });
}

function otherStatement(differs: string): DeskError {
  const message = `The signed statement is of another decision (${differs}). Nothing was recorded: decide it again.`;
  return new DeskError('INTEGRITY_FAILED', message, { differs });
}
