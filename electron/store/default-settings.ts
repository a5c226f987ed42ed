import type { TenantSettings } from '../../shared/contract/settings.ts';

/** A tenant's settings until an operator changes them. */
export const DEFAULT_SETTINGS: TenantSettings = {
  auto_expire: false,
  sla_minutes: null,
  warn_minutes: 240,
  bad_minutes: 30,
  reason_codes: [
    { code: 'WITHIN_POLICY', label: 'Within policy' },
    { code: 'EXCEPTION_APPROVED', label: 'Exception, approved' },
    { code: 'NOT_AUTHORISED', label: 'Not authorised' },
    { code: 'WRONG_REQUEST', label: 'Wrong amount, target or account' },
    { code: 'NOT_ENOUGH_EVIDENCE', label: 'Not enough evidence' },
    { code: 'SUSPECTED_FRAUD', label: 'Suspected fraud' },
    { code: 'NO_LONGER_NEEDED', label: 'No longer needed' },
    { code: 'OTHER', label: 'Other' },
  ],
  findings_off: [],
  evidence_days: null,
  fields_days: null,
  waived_checks: [],
};
