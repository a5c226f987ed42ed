import { z } from 'zod';
import { ReasonCode, Tenant, WellFormedText } from '../domain/escalation.ts';
import { WAIVABLE_CHECKS, WaivableCheck } from '../domain/verdict.ts';
import { Acting, InTenant, mutation, query } from './base.ts';

/** A century at most, so that a date always comes of it. */
const KeptDays = z.number().int().min(1).max(36_500).nullable().default(null);

/** A tenant's settings that bear on decisions; a change is a ledger event. */
export const TenantSettings = z.strictObject({
  /** The desk records EXPIRED by itself at a deadline (default deny); off at first. */
  auto_expire: z.boolean(),
  /** Minutes from recording to the team's own limit; null: none. */
  sla_minutes: z.number().int().min(1).max(525_600).nullable(),
  warn_minutes: z.number().int().min(1).max(525_600),
  bad_minutes: z.number().int().min(1).max(525_600),
  reason_codes: z.array(z.strictObject({ code: ReasonCode, label: WellFormedText.max(100) })).max(100),
  findings_off: z.array(z.enum(['IMITATES_APP', 'SPEAKS_TO_A_MODEL'])),
  /** Days after which the bytes of a decided escalation's packets and tokens may be removed; null: they are kept. */
  evidence_days: KeptDays,
  /** Days after which the values and names kept beside the log may be removed; null: they are kept. */
  fields_days: KeptDays,
  /**
   * Checks that an approval need not accept by name where they are unchecked: they are shown and recorded as accepted all
   * the same. One that failed is never waived.
   */
  waived_checks: z.array(WaivableCheck).max(WAIVABLE_CHECKS.length).default([]),
});
export type TenantSettings = z.infer<typeof TenantSettings>;

export const settingsContract = {
  get: query([], ['NOT_FOUND']).input(InTenant).output(TenantSettings),
  set: mutation(['operator'], ['settings', 'queue', 'escalation'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, settings: TenantSettings }))
    .output(TenantSettings),
};
