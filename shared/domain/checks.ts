import type { EvidenceRole, Verdict } from './escalation.ts';
import type { CheckName, EvidenceReport } from './verdict.ts';

/** A report with what its piece is to the escalation. */
type Report = Pick<EvidenceReport, 'checks'> & { readonly role: EvidenceRole };

/**
 * Names of the checks that came out as `verdict` on what the request is judged by, each once, in the order of the
 * evidence. An approval names each failed one; each unchecked one is recorded as accepted: nothing passes unsaid (I6).
 */
export function checksThat(
  verdict: Verdict,
  reports: readonly Report[],
  role: EvidenceRole = 'escalation',
): CheckName[] {
  const found = reports.filter((report) => report.role === role).flatMap(({ checks }) => checks);
  return [...new Set(found.filter((check) => check.verdict === verdict).map(({ name }) => name))];
}
