import { z } from 'zod';
import {
  DecimalText,
  Escalation,
  EscalationInFull,
  EvidenceKind,
  EvidenceRole,
  ExactJson,
  Instant,
  Outcome,
  Sha256Hex,
  Uuid,
  Verdict,
  WellFormedText,
} from '../domain/escalation.ts';
import { EvidenceReport } from '../domain/verdict.ts';
import { Acting, Expecting, mutation, query, StagedId, Target } from './base.ts';
import { StatementFacts } from './log.ts';

/** A continuation token decoded for reading (both generations); nothing here is verified. */
export const TokenFacts = z.strictObject({
  generation: z.enum(['1.7', '1.6']),
  schema: WellFormedText,
  ledger_event_id: WellFormedText,
  aid: WellFormedText,
  circuit_id: WellFormedText.nullable(),
  intent_hash: WellFormedText.nullable(),
  source_capsule_root: WellFormedText,
  resolution_event_id: WellFormedText.nullable(),
  capabilities: z.array(WellFormedText),
  nonce: WellFormedText,
  issued_at: Instant.nullable(),
  expires_at: Instant.nullable(),
  issuer: WellFormedText,
  unknown_members: z.array(WellFormedText),
});
export type TokenFacts = z.infer<typeof TokenFacts>;

export const PendingDecision = z.strictObject({
  pending_id: Uuid,
  by: WellFormedText,
  by_profile: Uuid,
  outcome: Outcome,
  started_at: Instant,
  due_at: Instant,
  /** Milliseconds left of the hold on the desk's monotonic clock when this was answered. */
  left_ms: z.number().int().nonnegative(),
  tenant: WellFormedText,
  id: WellFormedText,
  event: Uuid,
});
export type PendingDecision = z.infer<typeof PendingDecision>;

/** A pending decision as it stands now. */
export const PendingNow = PendingDecision.extend({
  /** `key`: its time is over, and it is recorded once the key that seals it is unlocked and `record_now` is called. */
  waits_for: z.enum(['key']).nullable(),
});
export type PendingNow = z.infer<typeof PendingNow>;

/** What was checked on one piece of the escalation's evidence. */
export const PieceReport = EvidenceReport.extend({ role: EvidenceRole });
export type PieceReport = z.infer<typeof PieceReport>;

/** What its evidence is worth, all of it together. */
export const Judgement = z.strictObject({
  verdict: Verdict,
  /** Beside the verdict: `9 of 10, not pcrs`, the first failed check, `no packet attached`. */
  detail: z.string(),
  /** False while it waits to be verified with the present keys; nothing is shown as verified then. */
  current: z.boolean(),
  judged_at: Instant.nullable(),
});
export type Judgement = z.infer<typeof Judgement>;

/** Where the decision stands in the log, and who signed it. */
export const DecisionProof = z.strictObject({
  seq: DecimalText,
  /** It was not decided here: the event is the one that brought it, the statement that of the desk it came from. */
  brought: z.boolean(),
  statement: StatementFacts.nullable(),
  /** Of the key that the statement names. */
  fingerprint: Sha256Hex.nullable(),
});

/** Everything the escalation's page shows, from one read. `escalation` is the view; the rest stands beside it. */
export const Opened = z.strictObject({
  escalation: EscalationInFull,
  token: TokenFacts.nullable(),
  judgement: Judgement,
  /** In the order of the evidence, source rows left out. */
  reports: z.array(PieceReport),
  /** What the record's VEP hash is worth once it is decided: its packet's verdict, `unchecked` while none is attached. */
  resolution: z.strictObject({ vep_hash: WellFormedText, verdict: Verdict, detail: z.string() }).nullable(),
  /** Whether a packet can be sealed here: what lacks, in words, else null. */
  cannot_seal: z.string().nullable(),
  proof: DecisionProof.nullable(),
  claimed_by: Uuid.nullable(),
  pending: PendingNow.nullable(),
  /** Other escalations of the same id (ID_REUSED). */
  same_id: z.array(z.strictObject({ event: Uuid, status: z.string() })),
});
export type Opened = z.infer<typeof Opened>;

export const escalationContract = {
  /** One escalation as one view. NOT_FOUND; CONFLICT when the id has several and none or several are active. */
  get: query(['reviewer', 'auditor'], ['NOT_FOUND', 'CONFLICT']).input(Target).output(Opened),
  /** Exact bytes of one piece of evidence, at most 16 MiB, base64; without `sha256` the resolution's. */
  evidence: query(['reviewer', 'auditor'], ['NOT_FOUND', 'CONFLICT'])
    .input(Target.extend({ sha256: Sha256Hex.optional() }))
    .output(
      z.strictObject({
        sha256: Sha256Hex,
        kind: EvidenceKind,
        role: EvidenceRole,
        bytes: z.number().int(),
        base64: z.string(),
      }),
    ),
  /** Records an escalation by hand. ALREADY_EXISTS for a known (tenant, id, event). */
  record: mutation(['operator'], ['queue', 'escalation'], ['ALREADY_EXISTS'])
    .input(
      Acting.extend({ tenant: Target.shape.tenant, id: WellFormedText, event_id: Uuid, token: ExactJson.optional() }),
    )
    .output(Escalation),
  /** Takes or renews the claim for 15 minutes. CONFLICT while another holds it, ALREADY_DECIDED. */
  claim: mutation(['reviewer'], ['queue', 'escalation'], ['NOT_FOUND', 'ALREADY_DECIDED'])
    .input(Acting.extend(Target.shape).extend(Expecting.shape))
    .output(Escalation),
  /** Gives the claim back; releasing what is not claimed is no error. */
  release: mutation(['reviewer'], ['queue', 'escalation'], ['NOT_FOUND'])
    .input(Acting.extend(Target.shape).extend(Expecting.shape))
    .output(Escalation),
  /** Adds evidence files; the same bytes twice are one piece. INTEGRITY_FAILED: not a packet, capsule or token. */
  attach: mutation(['reviewer'], ['queue', 'escalation'], ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(
      Acting.extend(Target.shape)
        .extend(Expecting.shape)
        .extend({ files: z.array(StagedId).min(1).max(100), role: EvidenceRole.default('escalation') }),
    )
    .output(Escalation),
};
