import { DeskError } from '../../../shared/domain/errors.ts';
import type { Decision, Request } from '../../../shared/domain/escalation.ts';
import type { Said } from '../../../shared/domain/ledger-event.ts';
import { type DecisionPredicate, readDecision } from '../../audit/decision-statement.ts';
import { writeEnvelope } from '../../audit/dsse.ts';
import { commitment } from '../../audit/leaf.ts';
import { jcs } from '../../evidence/jcs.ts';
import type { NewDecision, SignedStatement } from '../ledger-store.ts';
import { hex, unbody, uuidText } from './bytes.ts';
import { type EscalationRow, idOf } from './rows.ts';
import type { TenantWrite } from './tenant-write.ts';

/** A statement as the event that records its decision has it. */
export interface SignedParts {
  readonly envelope: Said<'decision.recorded'>['envelope'];
  readonly signedBy: Said<'decision.recorded'>['signed_by'];
  readonly salts: Readonly<Record<string, Uint8Array>>;
  /** The values that the statement commits to, besides the escalation's id. */
  readonly named: { readonly reason: string; readonly reviewer: string; readonly policy?: string };
}

/**
 * The decision's statement, for its event. INTERNAL where it has none: nothing is recorded unsigned. INTEGRITY_FAILED
 * where it says another thing than what is about to be recorded, or commits to it otherwise than the event would (I9).
 */
export function signedParts(tx: TenantWrite, row: EscalationRow, made: Decision, decision: NewDecision): SignedParts {
  const { statement, reason, reviewer } = decision;
  if (statement === null)
    throw new DeskError('INTERNAL', 'The decision was not signed. Nothing was recorded: decide it again.');
  const predicate = predicateOf(statement);
  const policy = predicate.policy === null ? undefined : policyOf(row);
  const differs =
    differing(predicate, expected(tx, row, made, decision)) ??
    uncommitted(predicate, statement, { escalation_id: idOf(row), reason, reviewer, policy });
  if (differs !== null) throw otherStatement(differs);
  const { envelope, signedBy, salts } = statement;
  const named = { reason, reviewer, ...(policy === undefined ? {} : { policy }) };
  return { envelope: writeEnvelope(envelope), signedBy, salts, named };
}

function predicateOf({ envelope }: SignedStatement): DecisionPredicate {
  const read = readDecision(envelope);
  if (!read.ok || envelope.signatures.length !== 1) throw otherStatement('form');
  return read.statement.predicate;
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

function differing(predicate: DecisionPredicate, wanted: ReturnType<typeof expected>): string | null {
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  return names.find((name) => JSON.stringify(predicate[name]) !== JSON.stringify(wanted[name])) ?? null;
}

type Committed = 'escalation_id' | 'reason' | 'reviewer' | 'policy';

/** The first of the values that the statement does not commit to under the salt that comes with it. */
function uncommitted(
  predicate: DecisionPredicate,
  { salts }: SignedStatement,
  values: Readonly<Record<Committed, string | undefined>>,
): string | null {
  const names = Object.keys(values) as Committed[];
  return names.find((name) => predicate[name] !== commit(salts[name], values[name])) ?? null;
}

function commit(salt: Uint8Array | undefined, value: string | undefined): string | null {
  return salt === undefined || value === undefined ? null : hex(commitment(salt, jcs(value)));
}

function otherStatement(differs: string): DeskError {
  const message = `The signed statement is of another decision (${differs}). Nothing was recorded: decide it again.`;
  return new DeskError('INTEGRITY_FAILED', message, { differs });
}
