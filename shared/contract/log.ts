import { z } from 'zod';
import {
  DecimalText,
  ExactJson,
  Instant,
  Outcome,
  Sha256Hex,
  Tenant,
  Uuid,
  Verdict,
  WellFormedText,
} from '../domain/escalation.ts';
import { UsedKey } from '../domain/verdict.ts';
import { Acting, InTenant, mutation, query, StagedId, Target } from './base.ts';

/** One event of the tenant's log, as the timeline shows it. */
export const LogRow = z.strictObject({
  seq: DecimalText,
  /** null where the event cannot be read. */
  at: Instant.nullable(),
  /** Empty where the event cannot be read. */
  kind: z.string(),
  /** Its bytes are those of its leaf's hash, and are an event. */
  holds: z.boolean(),
  /** The escalation it is about; its id as kept beside the log, null where that was removed or there is none. */
  escalation: z.strictObject({ id: WellFormedText.nullable(), event: Uuid }).nullable(),
  /** Of a decision. */
  outcome: Outcome.nullable(),
  /** `removed` where the actor was taken away. */
  actor: WellFormedText,
  leaf_sha256: Sha256Hex,
  /** The leaf, exact, of kinds that say more than which escalation they are about; null: of others, and of what does not hold. */
  leaf: ExactJson.nullable(),
});
export type LogRow = z.infer<typeof LogRow>;

export const Witness = z.strictObject({ name: WellFormedText, at: Instant });

/** A signed head of the log. */
export const SignedHead = z.strictObject({
  size: DecimalText,
  root: Sha256Hex,
  signed_at: Instant,
  key: Sha256Hex,
  /** Cosignatures of pinned witnesses on it. */
  witnesses: z.array(Witness),
  /** The signed note (C2SP tlog-checkpoint). */
  note: z.string(),
});
export type SignedHead = z.infer<typeof SignedHead>;

/** The state that the log is in: its size and root now, what was signed of it, and what was found when it was looked at. */
export const LogHead = z.strictObject({
  origin: z.string(),
  size: DecimalText,
  root: Sha256Hex,
  checkpoint: SignedHead.nullable(),
  /** Since when events stand without a checkpoint over them; null: none do. */
  due_since: Instant.nullable(),
  /**
   * The last whole verification, by any desk of this store; null: never. Failed, it stops deciding and signing until one is
   * clean or a person has accepted what it found: `accepted` is the event that says so.
   */
  verified: z
    .strictObject({
      at: Instant,
      size: DecimalText,
      verdict: Verdict,
      first_difference: z.string().nullable(),
      accepted: DecimalText.nullable(),
    })
    .nullable(),
  /**
   * What the head remembered outside the store says (I7): `rolled-back`: it has seen a longer log; `forked`: another
   * root at the same size. Nothing is signed until a person has accepted it with a reason.
   */
  remembered: z.enum(['none', 'agrees', 'rolled-back', 'forked']),
  remembered_detail: z.string().nullable(),
});
export type LogHead = z.infer<typeof LogHead>;

/** A decision's signed statement, decoded. */
export const StatementFacts = z.strictObject({
  verdict: Verdict,
  detail: z.string(),
  signed_by: z.enum(['reviewer', 'desk']),
  key: UsedKey.nullable(),
  public_hex: Sha256Hex,
  /** The statement's payload, exact. */
  payload: ExactJson,
});
export type StatementFacts = z.infer<typeof StatementFacts>;

/** One event whole, with its place in the log proven. */
export const LogEvent = z.strictObject({
  row: LogRow,
  /** The leaf, exact. */
  leaf: ExactJson,
  /** What its commitments stand for; `withheld`: it was removed. */
  fields: z.array(
    z.strictObject({ name: z.string(), value: ExactJson.nullable(), state: z.enum(['holds', 'differs', 'withheld']) }),
  ),
  statement: StatementFacts.nullable(),
  inclusion: z.strictObject({
    verdict: Verdict,
    size: DecimalText,
    root: Sha256Hex,
    path: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash: Sha256Hex })),
  }),
});
export type LogEvent = z.infer<typeof LogEvent>;

/** What a verification of the whole log found. */
export const LogVerified = z.strictObject({
  size: DecimalText,
  root: Sha256Hex,
  verified: z.boolean(),
  /** At most 100, the first that differs first. */
  failures: z.array(z.strictObject({ place: z.string(), code: z.string(), detail: z.string() })),
});
export type LogVerified = z.infer<typeof LogVerified>;

export const logContract = {
  head: query(['reviewer', 'auditor', 'operator'], ['NOT_FOUND']).input(InTenant).output(LogHead),
  /** A page of the timeline, newest first. */
  list: query(['reviewer', 'auditor', 'operator'], ['NOT_FOUND'])
    .input(
      InTenant.extend({
        kinds: z.array(z.string().max(64)).max(40).optional(),
        before: DecimalText.optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.strictObject({ rows: z.array(LogRow), next_before: DecimalText.nullable(), size: DecimalText })),
  /** One event whole. INTEGRITY_FAILED: its bytes are no event. */
  get: query(['reviewer', 'auditor', 'operator'], ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(InTenant.extend({ seq: DecimalText }))
    .output(LogEvent),
  /** Recomputes the whole log and its links to the tables, as a job (`log_result`). */
  verify: mutation(['reviewer', 'auditor', 'operator'], ['job', 'log'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant }))
    .output(z.strictObject({ job_id: Uuid })),
  /** Signs the head with the desk's key. INTEGRITY_FAILED where it does not follow on the last one (S61), or the log was found broken. */
  checkpoint: mutation(['auditor', 'operator', 'reviewer'], ['log'], ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(Acting.extend({ tenant: Tenant }))
    .output(SignedHead),
  /** Takes witnesses' cosignatures from a note file. INTEGRITY_FAILED: it is not of this head, or does not hold. */
  cosign: mutation(['operator', 'auditor'], ['log'], ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(Acting.extend({ tenant: Tenant, staged: StagedId }))
    .output(SignedHead),
  /** Writes the proof of one event (its newest decision, or its recording, where an escalation is named) as a file. */
  prove: mutation(['auditor', 'reviewer', 'operator'], ['log'], ['NOT_FOUND', 'ALREADY_EXISTS', 'INTEGRITY_FAILED'])
    .input(
      Acting.extend({ tenant: Tenant, target: StagedId, seq: DecimalText.optional(), escalation: Target.optional() }),
    )
    .output(z.strictObject({ file: WellFormedText, sha256: Sha256Hex, bytes: z.number().int() })),
  /** Accepts a log that is not the one remembered (a restored backup), or was found broken, with a reason; an event says so. */
  accept: mutation(['operator'], ['log'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, reason: WellFormedText.min(1).max(2000) }))
    .output(LogHead),
};
