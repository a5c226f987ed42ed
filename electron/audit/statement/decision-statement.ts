import { z } from 'zod';
import { Instant, Outcome, ReasonCode, Sha256Hex, Uuid, Verdict } from '../../../shared/domain/escalation.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import type { Envelope } from './dsse.ts';
import {
  misfitOf,
  NO_STATEMENT,
  ownStatement,
  refuse,
  type StatementRefusal,
  type StatementSigner,
  signStatement,
} from './own-statement.ts';
import { PAYLOAD_TYPE, STATEMENT_TYPE } from './statement.ts';

/** What a decision's statement says, by name and version; a name that needs no network (RFC 2606). */
export const DECISION_TYPE = 'https://vex-review-desk.example/decision/v1';
const DECISION_FAMILY = /^https:\/\/vex-review-desk\.example\/decision\/v[1-9]\d*$/;

const CheckName = z.string().regex(/^[a-z0-9_.-]{1,64}$/, 'is no name of a check');
const Code = z.string().regex(/^[A-Z0-9_]{1,64}$/, 'is no code');
const Milliseconds = z.number().int().nonnegative();
/** Stands for a value that is not here: SHA-256(0x02 ‖ salt ‖ JCS(value)), the same as in the leaf that records it. */
const Commitment = Sha256Hex;

/** The predicate of a decision, version 1 (docs/formats/decision-v1.schema.json). It never changes; a new one gets a new type. */
export const DecisionPredicate = z.strictObject({
  tenant: Uuid,
  escalation_id: Commitment,
  event: Uuid,
  outcome: Outcome,
  reason_code: ReasonCode,
  reason: Commitment,
  reviewer: Commitment,
  /** The public key that signs, and whose it is: the reviewer's own, or the desk's where the reviewer has none. */
  key: Sha256Hex,
  signed_by: z.enum(['reviewer', 'desk']),
  /** The view that was on the screen (I9). */
  view_sha256: Sha256Hex,
  shown_at: Instant.nullable(),
  decided_at: Instant,
  verdicts: z.array(
    z.strictObject({
      sha256: Sha256Hex,
      role: z.enum(['escalation', 'resolution']),
      verdict: Verdict,
      checks: z.array(z.strictObject({ name: CheckName, verdict: Verdict, code: Code })),
    }),
  ),
  findings: z.array(Code),
  /** Evidence that was opened, and for how long. */
  opened: z.array(z.strictObject({ sha256: Sha256Hex, ms: Milliseconds })),
  /** Whether the desk suggested an outcome, and which one was chosen beforehand. */
  suggestion: z.strictObject({ shown: z.boolean(), default: Outcome.nullable() }),
  overrides: z.array(CheckName),
  accepted_unchecked: z.array(CheckName),
  /** The policy that the request named. */
  policy: Commitment.nullable(),
  /** SHA-256 of the settings in force, as RFC 8785 bytes. */
  settings: Sha256Hex.nullable(),
});
export type DecisionPredicate = z.infer<typeof DecisionPredicate>;

const Subject = z.strictObject({ name: z.string().min(1), digest: z.strictObject({ sha256: Sha256Hex }) });

/** The whole payload: an in-toto Statement v1 of a decision. */
export const DecisionStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(Subject).min(1),
  predicateType: z.literal(DECISION_TYPE),
  predicate: DecisionPredicate,
});
export type DecisionStatement = z.infer<typeof DecisionStatement>;

/** What was decided on, each by SHA-256 in lower-case hex. */
export interface DecisionSubjects {
  readonly event: string;
  /** The packet that resolves it; null where there is none. */
  readonly resolution: string | null;
  /** In the order shown. */
  readonly evidence: readonly string[];
}

/** The statement's RFC 8785 bytes: the same input always gives the same bytes. Throws where it does not fit the schema. */
export function writeDecision(subjects: DecisionSubjects, predicate: DecisionPredicate): Uint8Array {
  const named = [
    ['escalation-event', subjects.event] as const,
    ...(subjects.resolution === null ? [] : [['resolution', subjects.resolution] as const]),
    ...subjects.evidence.map((sha256, n) => [`evidence/${n + 1}`, sha256] as const),
  ];
  const subject = named.map(([name, sha256]) => ({ name, digest: { sha256 } }));
  return jcs(DecisionStatement.parse({ _type: STATEMENT_TYPE, subject, predicateType: DECISION_TYPE, predicate }));
}

/** The decision signed: one DSSE signature over the statement, by the key that the predicate names. */
export function signDecision(
  subjects: DecisionSubjects,
  predicate: Omit<DecisionPredicate, 'key'>,
  signer: StatementSigner,
): Envelope {
  return signStatement(writeDecision(subjects, { ...predicate, key: signer.publicHex }), signer);
}

export type DecisionRead = { readonly ok: true; readonly statement: DecisionStatement } | StatementRefusal;

/** The decision that an envelope holds; no signature is looked into. */
export function readDecision({ payloadType, payload }: Envelope): DecisionRead {
  if (payloadType !== PAYLOAD_TYPE)
    return refuse('UNKNOWN_STATEMENT', 'The payload is of a type that is not known here.');
  const any = ownStatement(payload);
  if (any === null) return NO_STATEMENT;
  if (any.predicateType !== DECISION_TYPE) {
    const newer = DECISION_FAMILY.test(any.predicateType);
    return refuse(
      'UNKNOWN_STATEMENT',
      newer ? 'It is of a version that this desk does not know.' : 'It is no decision.',
    );
  }
  const decision = DecisionStatement.safeParse(any);
  if (decision.success) return { ok: true, statement: decision.data };
  return refuse('NOT_A_STATEMENT', `The decision does not fit its schema at ${misfitOf(decision.error)}.`);
}
