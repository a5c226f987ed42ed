import type { Verdict } from '../../../shared/domain/escalation.ts';
import { parseInstant } from '../../../shared/domain/instant.ts';
import { jcs, jcsText } from '../../evidence/json/jcs.ts';
import { judgeSignature } from '../../evidence/trust/signature.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import { type DecisionPredicate, readDecision } from '../decision-statement.ts';
import { type Envelope, pae, readOwnEnvelope } from '../dsse.ts';
import type { Leaf } from './entry-line.ts';

export interface StatementAnswer {
  readonly verdict: Verdict;
  readonly code: string;
  readonly detail: string;
}

/**
 * Judges the statement that a decision's leaf holds. verified: SIGNED, by the key that it names, pinned for the purpose
 * that it says. failed: ENVELOPE_FORM; NOT_A_STATEMENT; STATEMENT_DIFFERS, where it says another thing than its leaf;
 * OTHER_KEY; and the codes of judgeSignature. unchecked: UNKNOWN_STATEMENT, NO_KEY.
 */
export function judgeStatement(leaf: Leaf, trust: TrustStore): StatementAnswer {
  const envelope = readOwnEnvelope(jcs(leaf.envelope));
  if (envelope === null) return { verdict: 'failed', code: 'ENVELOPE_FORM', detail: 'Its envelope is none.' };
  const read = readDecision(envelope);
  if (!read.ok) {
    return { verdict: read.code === 'UNKNOWN_STATEMENT' ? 'unchecked' : 'failed', code: read.code, detail: read.why };
  }
  const { predicate } = read.statement;
  const differs = differingMember(leaf, predicate);
  if (differs !== null) {
    const detail = `Its statement says another ${differs} than its entry in the log.`;
    return { verdict: 'failed', code: 'STATEMENT_DIFFERS', detail };
  }
  return judgeSigner(envelope, predicate, trust);
}

const SAME_NAME = [
  'tenant',
  'event',
  'outcome',
  'reason_code',
  'view_sha256',
  'overrides',
  'accepted_unchecked',
  'signed_by',
] as const;
const COMMITTED = ['escalation_id', 'reason', 'reviewer'] as const;

/** The first member that leaf and statement both say, and not alike. */
function differingMember(leaf: Leaf, predicate: DecisionPredicate): string | null {
  const said = SAME_NAME.find((name) => jcsText(leaf[name] ?? null) !== jcsText(predicate[name]));
  return said ?? COMMITTED.find((name) => leaf.fields[name] !== predicate[name]) ?? null;
}

/** The statement itself says when it was signed, so that the key's validity is judged at that time. */
function judgeSigner(envelope: Envelope, predicate: DecisionPredicate, trust: TrustStore): StatementAnswer {
  const { verdict, code, detail, key } = judgeSignature({
    signature: envelope.signatures[0]?.sig ?? new Uint8Array(),
    messages: [{ profile: 'dsse', bytes: pae(envelope.payloadType, envelope.payload) }],
    purposes: [predicate.signed_by],
    trust,
    at: parseInstant(predicate.decided_at),
    over: 'statement',
  });
  if (key !== null && key.public_hex !== predicate.key) {
    return { verdict: 'failed', code: 'OTHER_KEY', detail: 'Another key signed it than the one that it names.' };
  }
  return { verdict, code, detail };
}
