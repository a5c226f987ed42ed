import type { Escalation } from './escalation.ts';
import type { Check, EvidenceReport } from './verdict.ts';

/** A check as a decision rests on it: how it came out and why. Its words may be put better without being another check. */
type ViewedCheck = Pick<Check, 'name' | 'verdict' | 'code'> & {
  parts?: Pick<Check, 'verdict' | 'code'>[];
};

/**
 * The part of an escalation that a decision is about: what the reviewer judges, at one state of it. Left out is what
 * changes without changing the matter (claim, delivery, version, whether the clock has passed the deadline), so that
 * taking a claim or a tick of the clock does not make an open form stale, while any new fact does (I9). `checks` has
 * those of each piece of evidence, in its order; null for a piece that is not verified, with the present keys and now.
 */
export type EscalationView = Omit<Escalation, 'claim' | 'delivery' | 'version' | 'deadline'> & {
  deadline: Omit<NonNullable<Escalation['deadline']>, 'overdue'> | null;
  checks: (ViewedCheck[] | null)[];
};

/** The view of `escalation`, whose evidence has these `reports`; its RFC 8785 bytes are what `view_sha256` digests. */
export function viewOf(
  escalation: Escalation,
  reports: readonly (Pick<EvidenceReport, 'checks'> | null)[],
): EscalationView {
  const { tenant, record, request, decision, deadline, evidence, findings, dissents } = escalation;
  const checks = reports.map((report) => report?.checks.map(viewedCheck) ?? null);
  const view = { tenant, record, request, decision, evidence, checks, findings, dissents };
  if (deadline === null) return { ...view, deadline: null };
  const { overdue: _overdue, ...lasting } = deadline;
  return { ...view, deadline: lasting };
}

function viewedCheck({ name, verdict, code, parts }: Check): ViewedCheck {
  const check = { name, verdict, code };
  if (parts === undefined) return check;
  return { ...check, parts: parts.map((part) => ({ verdict: part.verdict, code: part.code })) };
}
