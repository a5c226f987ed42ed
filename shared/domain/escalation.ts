import { z } from 'zod';

/**
 * The escalation as window, command line and files know it. Shapes and member names are the command line's promise
 * (docs/guide/command-line.md, "Escalation"). Three text forms hold everywhere: instants are RFC 3339 in UTC, 64-bit
 * integers are decimal text, bytes are base64.
 */

/** A JSON value as its exact text: numbers beyond 2^53 survive, nothing is re-rounded on the way. */
export const ExactJson = z.string().brand<'ExactJson'>();
export type ExactJson = z.infer<typeof ExactJson>;

/** Text without lone surrogates: what can be UTF-8. Ids and tenant names are any such text, the empty one too. */
export const WellFormedText = z.string().refine((text) => text.isWellFormed(), 'is not well-formed Unicode');

export const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/, 'is no instant in UTC');
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 of 64 lower-case hex digits');
export const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'is no lower-case UUID');
export const DecimalText = z.string().regex(/^(0|[1-9]\d*)$/, 'is no decimal number');
export const Tenant = WellFormedText.refine((name) => name.length > 0 && name.length <= 512, 'has 1 to 512 characters');
export const ReasonCode = z.string().regex(/^[A-Z0-9_]{1,64}$/, 'is no reason code');
export const ReasonText = WellFormedText.refine(
  (text) => text.trim().length > 0 && [...text].length <= 2000,
  'has 1 to 2,000 characters',
);

export const STATUSES = ['ESCALATED', 'RESOLVED', 'EXPIRED'] as const;
export const Status = z.enum(STATUSES);
export type Status = z.infer<typeof Status>;

/** The coordination record in VEX's wire form (vex-persist 1.7 `CoordinationRecord`); absent members are absent. */
export const WireRecord = z.strictObject({
  escalation_id: WellFormedText,
  status: Status,
  escalation_event_id: Uuid,
  resolution_event_id: Uuid.optional(),
  /** Upstream stores any text here; only what the desk resolves is sure to be a SHA-256 (I4). */
  resolution_vep_hash: WellFormedText.optional(),
  continuation_token: ExactJson.optional(),
  timestamp: Instant,
});
export type WireRecord = z.infer<typeof WireRecord>;

/** What identifies an escalation: an id used again with another event is another escalation. */
export const EscalationKey = z.strictObject({ tenant: Tenant, id: WellFormedText, event: Uuid });
export type EscalationKey = z.infer<typeof EscalationKey>;

/** The request, read from the audit event's data: the agent's side of the story, never trusted. */
export const Request = z.strictObject({
  event_id: Uuid,
  agent_id: WellFormedText.nullable(),
  agent_name: WellFormedText.optional(),
  action: WellFormedText.optional(),
  target: WellFormedText.optional(),
  amount: ExactJson.optional(),
  policy: WellFormedText.optional(),
  policy_text: WellFormedText.optional(),
  reference: WellFormedText.optional(),
  explanation: WellFormedText.optional(),
  respond_by: WellFormedText.optional(),
  source_hash: z.enum(['ok', 'altered', 'unchecked']),
  /** Names of the members that equal the intent of a packet whose root and signature verified. */
  signed: z.array(z.string()),
  raw: ExactJson,
});
export type Request = z.infer<typeof Request>;

export const OUTCOMES = ['approved', 'rejected', 'withdrawn', 'expired', 'unknown'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

export const Decision = z.strictObject({
  /** `unknown` only where the record came decided from upstream and no event says how. */
  outcome: Outcome,
  source: z.enum(['desk', 'upstream']),
  decided_at: Instant,
  reviewer: WellFormedText.optional(),
  reason_code: z.string().optional(),
  reason: WellFormedText.optional(),
  sealed: z.boolean(),
  signed: z.boolean(),
  vep_hash: WellFormedText.optional(),
  overrides: z.array(z.string()),
  accepted_unchecked: z.array(z.string()),
});
export type Decision = z.infer<typeof Decision>;

export const DeadlineSource = z.enum(['token', 'agent', 'sla']);
export type DeadlineSource = z.infer<typeof DeadlineSource>;
export const DeadlinePart = z.strictObject({ at: Instant, source: DeadlineSource });
export type DeadlinePart = z.infer<typeof DeadlinePart>;
export const Deadline = DeadlinePart.extend({
  overdue: z.boolean(),
  past_on_arrival: z.boolean(),
  all: z.array(DeadlinePart),
});
export type Deadline = z.infer<typeof Deadline>;

export const Claim = z.strictObject({ by: WellFormedText, until: Instant });
export type Claim = z.infer<typeof Claim>;

export const Delivery = z.strictObject({
  gateway: WellFormedText,
  state: z.enum(['waits', 'sent', 'unknown', 'acknowledged', 'confirmed', 'conflict']),
  at: Instant,
});

export const EvidenceKind = z.enum(['vep', 'capsule', 'token', 'source-row']);
export type EvidenceKind = z.infer<typeof EvidenceKind>;
export const EvidenceRole = z.enum(['escalation', 'resolution']);
export type EvidenceRole = z.infer<typeof EvidenceRole>;
export const Verdict = z.enum(['verified', 'failed', 'unchecked']);
export type Verdict = z.infer<typeof Verdict>;
export const Evidence = z.strictObject({
  sha256: Sha256Hex,
  kind: EvidenceKind,
  role: EvidenceRole,
  bytes: z.number().int().nonnegative(),
  /** null for a source row: there is nothing in it to verify. */
  verdict: Verdict.nullable(),
  /** When a rule of the tenant's removed its bytes; absent while they are kept. */
  removed_at: Instant.exactOptional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A finding about an escalation, a file or a text: a code of the closed list and words for people. */
export const Finding = z.strictObject({ code: z.string(), message: z.string() });
export type Finding = z.infer<typeof Finding>;

/** A decision that lost against an earlier one: kept beside it, never in its place (I8). */
export const Dissent = z.strictObject({
  outcome: Outcome,
  source: z.enum(['desk', 'upstream']),
  at: Instant,
  reviewer: WellFormedText.optional(),
  reason_code: z.string().optional(),
  reason: WellFormedText.optional(),
  vep_hash: WellFormedText.optional(),
});
export type Dissent = z.infer<typeof Dissent>;

export const HistoryEvent = z.strictObject({
  seq: DecimalText,
  type: z.string(),
  at: Instant,
  actor: WellFormedText,
  leaf_sha256: Sha256Hex,
});
export type HistoryEvent = z.infer<typeof HistoryEvent>;

export const Escalation = z.strictObject({
  tenant: Tenant,
  record: WireRecord,
  request: Request.nullable(),
  decision: Decision.nullable(),
  deadline: Deadline.nullable(),
  claim: Claim.nullable(),
  delivery: Delivery.nullable(),
  evidence: z.array(Evidence),
  findings: z.array(Finding),
  dissents: z.array(Dissent),
  version: DecimalText,
});
export type Escalation = z.infer<typeof Escalation>;

/** One escalation opened: what `show` prints and the window displays, with the digest of the view (I9). */
export const EscalationInFull = Escalation.extend({ events: z.array(HistoryEvent), view_sha256: Sha256Hex });
export type EscalationInFull = z.infer<typeof EscalationInFull>;
