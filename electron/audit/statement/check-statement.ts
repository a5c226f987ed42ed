import { z } from 'zod';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { type Instant, parseInstant } from '../../../shared/domain/instant.ts';
import { jcs, jcsText } from '../../evidence/json/jcs.ts';
import { judgeSignature } from '../../evidence/trust/signature.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import type { Leaf } from '../log/entry-line.ts';
import { type DecisionPredicate, type DecisionStatement, readDecision } from './decision-statement.ts';
import { type Envelope, pae, readOwnEnvelope } from './dsse.ts';

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
  const { statement } = read;
  const decidedAt = parseInstant(statement.predicate.decided_at);
  // A time that cannot be placed would leave the key's validity aside.
  if (decidedAt === null || decidedAt.leapSecond) {
    return { verdict: 'failed', code: 'NOT_A_STATEMENT', detail: 'It was decided at a time that no calendar has.' };
  }
  const differs = differingMember(leaf, statement);
  if (differs !== null) {
    const detail = `Its statement says another ${differs} than its entry in the log.`;
    return { verdict: 'failed', code: 'STATEMENT_DIFFERS', detail };
  }
  return judgeSigner(envelope, statement.predicate, { trust, at: decidedAt });
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
function differingMember(leaf: Leaf, { subject, predicate }: DecisionStatement): string | null {
  const said = SAME_NAME.find((name) => jcsText(leaf[name] ?? null) !== jcsText(predicate[name]));
  const committed = COMMITTED.find((name) => leaf.fields[name] !== predicate[name]);
  if (said !== undefined || committed !== undefined) return said ?? committed ?? null;
  if (leaf.fields.policy !== undefined && leaf.fields.policy !== predicate.policy) return 'policy';
  const packets = subject.filter(({ name }) => name === 'resolution').map(({ digest }) => digest.sha256);
  const named = leaf.resolution === undefined ? packets : packetsIn(leaf);
  return jcsText(named) === jcsText(packets) ? null : 'resolution';
}

const Packets = z.object({
  resolution: z.object({ vep_hash: z.string() }).nullish().catch(null),
  sealed: z.object({ vep_sha256: z.string() }).nullish().catch(null),
});

/** The packet that the leaf names, by its hash; more than one where it names them differently. */
function packetsIn(leaf: Leaf): string[] {
  const { resolution, sealed } = Packets.parse(leaf);
  const hashes = [resolution?.vep_hash, sealed?.vep_sha256];
  return [...new Set(hashes.filter((hash) => hash !== undefined))];
}

/** The statement itself says when it was signed, so that the key's validity is judged at that time. */
function judgeSigner(
  envelope: Envelope,
  predicate: DecisionPredicate,
  { trust, at }: { trust: TrustStore; at: Instant },
): StatementAnswer {
  const { verdict, code, detail, key } = judgeSignature({
    signature: envelope.signatures[0]?.sig ?? new Uint8Array(),
    messages: [{ profile: 'dsse', bytes: pae(envelope.payloadType, envelope.payload) }],
    purposes: [predicate.signed_by],
    trust,
    at,
    over: 'statement',
  });
  if (key !== null && key.public_hex !== predicate.key) {
    return { verdict: 'failed', code: 'OTHER_KEY', detail: 'Another key signed it than the one that it names.' };
  }
  return { verdict, code, detail };
}
