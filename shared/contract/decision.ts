import { z } from 'zod';
import {
  Escalation,
  EvidenceKind,
  Instant,
  ReasonCode,
  ReasonText,
  Sha256Hex,
  Uuid,
  WellFormedText,
} from '../domain/escalation.ts';
import { EvidenceReport } from '../domain/verdict.ts';
import { Acting, Expecting, mutation, query, StagedId, Target } from './base.ts';
import { PendingNow } from './escalation.ts';

/** What an approval is recorded with: the packet itself (its SHA-256 is the VEP hash), a typed hash, or one sealed here. */
export const Resolution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('packet'), staged: StagedId }),
  z.strictObject({ kind: z.literal('hash'), vep_hash: Sha256Hex }),
  /** The desk builds and signs the packet with the caller's key when the decision is due; without `key_id` the newest. */
  z.strictObject({ kind: z.literal('seal'), key_id: Uuid.optional() }),
]);
export type Resolution = z.infer<typeof Resolution>;

const Why = z.strictObject({
  reason: ReasonText,
  reason_code: ReasonCode.default('OTHER'),
  /** Failed checks that the reviewer names one by one; an approval needs all that failed, else INTEGRITY_FAILED. */
  overrides: z.array(z.string().max(64)).max(64).default([]),
  /**
   * Unchecked checks that the reviewer accepts by name: an approval that leaves one of the request's out is CONFLICT,
   * unless the tenant waives that check. Left out: all that are unchecked are accepted. Recorded are those that really
   * are, waived ones too.
   */
  accepted_unchecked: z.array(z.string().max(64)).max(64).optional(),
});

/** One decision: approved needs a resolution, the others take none. */
export const DecisionForm = z.discriminatedUnion('outcome', [
  Why.extend({ outcome: z.literal('approved'), resolution: Resolution, event_id: Uuid.optional() }),
  /** A sealed rejection's packet stands in the decision; the record takes no resolution. */
  Why.extend({ outcome: z.literal('rejected'), seal: z.strictObject({ key_id: Uuid.optional() }).optional() }),
  Why.extend({ outcome: z.literal('withdrawn') }),
  /** Recorded by a person once the deadline has passed; the fact itself is reason enough. */
  Why.extend({
    outcome: z.literal('expired'),
    reason: ReasonText.default('The deadline passed without a decision.'),
    reason_code: ReasonCode.default('DEADLINE_PASSED'),
  }),
]);
export type DecisionForm = z.infer<typeof DecisionForm>;

export const DecideInput = Acting.extend(Target.shape)
  .extend(Expecting.shape)
  .extend({
    /** The digest of the view that was shown; one that is no longer current is CONFLICT (I9). */
    view_sha256: Sha256Hex,
    form: DecisionForm,
    /** What the window knows of how the view was read; a script knows nothing. */
    seen: z
      .strictObject({
        shown_at: Instant,
        opened: z.array(z.strictObject({ sha256: Sha256Hex, ms: z.number().int().nonnegative() })).max(1000),
      })
      .optional(),
  });
export type DecideInput = z.infer<typeof DecideInput>;

/** Kept while a form is open and after an undo; free text, one for each escalation and profile. */
export const Draft = z.strictObject({
  outcome: z.enum(['approved', 'rejected', 'withdrawn', 'expired']),
  reason: WellFormedText.max(20_000),
  reason_code: z.string().max(64),
  vep_hash: z.string().max(128),
  event_id: z.string().max(64),
  /** How the resolution was to be made. */
  resolution: z.enum(['seal', 'packet', 'hash']).default('hash'),
  saved_because: z.enum(['typing', 'undone', 'hold-lost', 'conflict']).default('typing'),
});
export type Draft = z.infer<typeof Draft>;

const ON_DECIDE = ['NOT_FOUND', 'ALREADY_DECIDED', 'INTEGRITY_FAILED'] as const;
const PendingTarget = Acting.extend({ tenant: Target.shape.tenant, pending_id: Uuid });

export const decisionContract = {
  /** Records at once, without a hold. Answers only after the commit. A late decision is kept as a dissent. */
  decide: mutation(['reviewer'], ['queue', 'escalation', 'hold'], ON_DECIDE).input(DecideInput).output(Escalation),
  /**
   * Stores the decision as pending for the profile's undo hold. When that ends all it rests on is read again, hashed and
   * judged, and only what still holds is recorded; else its form is kept as a draft. UNAUTHORIZED: the key that is to
   * seal it is locked.
   */
  hold: mutation(['reviewer'], ['queue', 'escalation', 'hold'], ON_DECIDE)
    .input(DecideInput)
    .output(z.strictObject({ pending: PendingNow.nullable(), escalation: Escalation.nullable() })),
  /** Takes a pending decision back; its form is kept as a draft. NOT_FOUND when it is recorded already. */
  cancel: mutation(['reviewer'], ['queue', 'escalation', 'hold'], ['NOT_FOUND']).input(PendingTarget).output(Draft),
  /** Ends the hold now and records. UNAUTHORIZED with `details.locked`: its key is locked; it stays pending and waits. */
  record_now: mutation(['reviewer'], ['queue', 'escalation', 'hold'], ON_DECIDE)
    .input(PendingTarget)
    .output(Escalation),
  pending: query(['reviewer', 'auditor'])
    .input(z.strictObject({ tenant: Target.shape.tenant }))
    .output(z.array(PendingNow)),
  /** Adds an event that points at the decision; the decision itself never changes (I3). */
  correct: mutation(['reviewer'], ['escalation'], ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(Acting.extend(Target.shape).extend(Expecting.shape).extend({ reason: ReasonText }))
    .output(Escalation),
  /** What a staged file is, before it is attached or used: nothing is stored. */
  inspect: query(['reviewer', 'auditor'], ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(z.strictObject({ staged: StagedId, target: Target.optional() }))
    .output(
      z.strictObject({
        name: WellFormedText,
        sha256: Sha256Hex,
        bytes: z.number().int(),
        kind: z.union([EvidenceKind, z.literal('unknown')]),
        root: Sha256Hex.nullable(),
        /** As a resolution's packet, with the tenant's keys; for `target`; null without one. */
        report: EvidenceReport.nullable(),
      }),
    ),
  draft: query(['reviewer'], ['NOT_FOUND'])
    .input(Target.extend({ by: Uuid }))
    .output(Draft.nullable()),
  /** null drops the draft. */
  save_draft: mutation(['reviewer'], [], ['NOT_FOUND'])
    .input(Acting.extend(Target.shape).extend({ draft: Draft.nullable() }))
    .output(z.strictObject({ saved: z.boolean() })),
};
