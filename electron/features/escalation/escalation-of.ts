import type { Escalation, EscalationInFull } from '../../../shared/domain/escalation.ts';

/** The escalation alone, as lists and answers of mutations carry it. */
export function withoutHistory(full: EscalationInFull): Escalation {
  const { events: _events, view_sha256: _digest, ...escalation } = full;
  return escalation;
}
