import type { Opened } from '../../../shared/contract/escalation.ts';
import type { EscalationInFull, Evidence } from '../../../shared/domain/escalation.ts';

/** A piece of evidence of an escalation: an unchecked packet unless told otherwise. */
export function aPiece(given: Partial<Evidence>): Evidence {
  return { sha256: 'aa'.repeat(32), kind: 'vep', role: 'escalation', bytes: 10, verdict: 'unchecked', ...given };
}

/** What the page is given for one escalation, in parts as the test wants them. */
export function opened(given: { escalation?: Partial<EscalationInFull>; token?: Opened['token'] }): Opened {
  const escalation: EscalationInFull = {
    tenant: 'acme',
    record: {
      escalation_id: 'esc-1',
      status: 'ESCALATED',
      escalation_event_id: '00000000-0000-4000-8000-000000000001',
      timestamp: '2026-11-20T09:00:00Z',
    },
    request: null,
    decision: null,
    deadline: null,
    claim: null,
    delivery: null,
    evidence: [aPiece({})],
    findings: [],
    dissents: [],
    version: '1',
    events: [],
    view_sha256: '11'.repeat(32),
    ...given.escalation,
  };
  return { escalation, token: given.token ?? null, claimed_by: null, pending: null, same_id: [] };
}
