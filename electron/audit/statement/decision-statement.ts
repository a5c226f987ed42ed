import { z } from 'zod';
import { Instant, Outcome, ReasonCode, Sha256Hex, Uuid, Verdict } from '../../../shared/domain/escalation.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { readCanonical } from '../log/canonical.ts';
import { type Envelope, pae } from './dsse.ts';
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

/** Who signs: the public key in lower-case hex, and the signature of 64 bytes over a message. */
export interface StatementSigner {
  readonly publicHex: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
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
  { publicHex, sign }: StatementSigner,
): Envelope {
  const payload = writeDecision(subjects, { ...predicate, key: publicHex });
  const sig = sign(pae(PAYLOAD_TYPE, payload));
  return { payloadType: PAYLOAD_TYPE, payload, signatures: [{ keyid: publicHex, sig }] };
}

export type DecisionRead =
  | { readonly ok: true; readonly statement: DecisionStatement }
  /** UNKNOWN_STATEMENT: of a version, or of a kind, that this desk does not know; nothing is said against it. */
  | { readonly ok: false; readonly code: 'UNKNOWN_STATEMENT' | 'NOT_A_STATEMENT'; readonly why: string };

const AnyStatement = z.looseObject({ _type: z.literal(STATEMENT_TYPE), predicateType: z.string() });

/** The decision that an envelope holds; no signature is looked into. */
export function readDecision({ payloadType, payload }: Envelope): DecisionRead {
  if (payloadType !== PAYLOAD_TYPE)
    return refuse('UNKNOWN_STATEMENT', 'The payload is of a type that is not known here.');
  const any = AnyStatement.safeParse(readCanonical(decodeUtf8(payload)));
  if (!any.success) return refuse('NOT_A_STATEMENT', 'The payload is no in-toto Statement in canonical form.');
  if (any.data.predicateType !== DECISION_TYPE) {
    const newer = DECISION_FAMILY.test(any.data.predicateType);
    return refuse(
      'UNKNOWN_STATEMENT',
      newer ? 'It is of a version that this desk does not know.' : 'It is no decision.',
    );
  }
  const decision = DecisionStatement.safeParse(any.data);
  if (decision.success) return { ok: true, statement: decision.data };
  const member = decision.error.issues[0]?.path.join('.') ?? '';
  return refuse('NOT_A_STATEMENT', `The decision does not fit its schema at ${member === '' ? 'its top' : member}.`);
}

function refuse(code: 'UNKNOWN_STATEMENT' | 'NOT_A_STATEMENT', why: string): DecisionRead {
  return { ok: false, code, why };
}
