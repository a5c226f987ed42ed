import { z } from 'zod';
import { EscalationKey, Instant, Tenant, Uuid, WellFormedText } from '../domain/escalation.ts';
import { Acting, InTenant, mutation, query, Target } from './base.ts';

/** The rules that a tenant's settings have: days that are kept; null: for good. */
export const RetentionDays = z.strictObject({
  evidence_days: z.number().int().nullable(),
  fields_days: z.number().int().nullable(),
});

/** What the rules remove. */
export const RetentionTally = z.strictObject({
  /** Decided escalations whose packets, capsules and tokens lose their bytes, how many those are, and the room freed. */
  escalations: z.number().int(),
  pieces: z.number().int(),
  bytes: z.number().int(),
  /** Events that lose what is kept beside the log, and how many values that is. */
  events: z.number().int(),
  values: z.number().int(),
});

export const RetentionPreview = z.strictObject({
  rules: RetentionDays,
  due: RetentionTally,
  /** Escalations that would be due, and are kept by a legal hold on them. */
  held: z.number().int(),
  /** A legal hold on the whole tenant: nothing is removed. */
  tenant_held: z.boolean(),
});
export type RetentionPreview = z.infer<typeof RetentionPreview>;

export const RetentionResult = z.strictObject({
  removed: RetentionTally,
  /** False while another program keeps the freed room from being given back. */
  room_given_back: z.boolean(),
  /** The file was written anew: it has all its room back, and no copy of anything that was removed. */
  compacted: z.boolean(),
});
export type RetentionResult = z.infer<typeof RetentionResult>;

export const LegalHold = z.strictObject({
  hold_id: Uuid,
  /** null: the whole tenant. */
  escalation: EscalationKey.nullable(),
  set_at: Instant,
  reason: WellFormedText.nullable(),
  by: WellFormedText.nullable(),
});
export type LegalHold = z.infer<typeof LegalHold>;

const Holds = z.strictObject({ holds: z.array(LegalHold) });
const Reason = WellFormedText.min(1).max(2000);

export const retentionContract = {
  /** What the tenant's rules would remove now; nothing is. */
  preview: query(['operator', 'auditor'], ['NOT_FOUND']).input(InTenant).output(RetentionPreview),
  /**
   * Removes what is due, as a job in steps (`retention_result`); stopped or killed, the rest is due still. CONFLICT where
   * the rules are others than `rules`, which were previewed. `compact`: then write the store's file anew, however large it
   * is; all others wait meanwhile. A small one always is.
   */
  apply: mutation(['operator'], ['job', 'log', 'escalation', 'queue'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, rules: RetentionDays, compact: z.boolean().default(false) }))
    .output(z.strictObject({ job_id: Uuid })),
  /** Legal holds in force, oldest first. */
  holds: query(['operator', 'auditor', 'reviewer'], ['NOT_FOUND']).input(InTenant).output(Holds),
  /** Holds one escalation, else the whole tenant. */
  hold: mutation(['operator', 'auditor'], ['settings', 'log', 'escalation'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, escalation: Target.omit({ tenant: true }).optional(), reason: Reason }))
    .output(Holds),
  lift: mutation(['operator', 'auditor'], ['settings', 'log', 'escalation'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, hold_id: Uuid, reason: Reason }))
    .output(Holds),
};
