import type { TenantSettings } from '../../../shared/contract/settings.ts';
import type { RetentionRule, RetentionRules } from '../../store/ledger-store.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The tenant's rules as they stand at `now`, epoch milliseconds. */
export function rulesAt(
  { evidence_days, fields_days }: Pick<TenantSettings, 'evidence_days' | 'fields_days'>,
  now: number,
): RetentionRules {
  return { evidence: ruleAt(evidence_days, now), fields: ruleAt(fields_days, now) };
}

function ruleAt(days: number | null, now: number): RetentionRule | null {
  return days === null ? null : { days, beforeMs: now - days * DAY_MS };
}
