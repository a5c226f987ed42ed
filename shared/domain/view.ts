import type { Escalation } from './escalation.ts';

/**
 * The part of an escalation that a decision is about: what the reviewer judges, at one state of it. Left out is what
 * changes without changing the matter (claim, delivery, version, whether the clock has passed the deadline), so that
 * taking a claim or a tick of the clock does not make an open form stale, while any new fact does (I9).
 */
export type EscalationView = Omit<Escalation, 'claim' | 'delivery' | 'version' | 'deadline'> & {
  deadline: Omit<NonNullable<Escalation['deadline']>, 'overdue'> | null;
};

/** The view of `escalation`; its RFC 8785 bytes are what `view_sha256` digests. */
export function viewOf(escalation: Escalation): EscalationView {
  const { tenant, record, request, decision, deadline, evidence, findings, dissents } = escalation;
  const view = { tenant, record, request, decision, evidence, findings, dissents };
  if (deadline === null) return { ...view, deadline: null };
  const { overdue: _overdue, ...lasting } = deadline;
  return { ...view, deadline: lasting };
}
