import type { Judgement, Opened, PieceReport } from '../../../shared/contract/escalation.ts';
import type { EscalationInFull, Evidence } from '../../../shared/domain/escalation.ts';
import { type Check, worstVerdict } from '../../../shared/domain/verdict.ts';

/** A piece of evidence of an escalation: an unchecked packet unless told otherwise. */
export function aPiece(given: Partial<Evidence>): Evidence {
  return { sha256: 'aa'.repeat(32), kind: 'vep', role: 'escalation', bytes: 10, verdict: 'unchecked', ...given };
}

/** A check of that name: verified unless told otherwise. */
export function aCheck(given: Partial<Check> & Pick<Check, 'name'>): Check {
  return { verdict: 'verified', code: 'OK', detail: 'It holds.', ...given };
}

/** What a piece was judged as; its verdict is the worst of its checks. */
export function aReport(given: Partial<PieceReport>): PieceReport {
  const checks = given.checks ?? [aCheck({ name: 'structure' }), aCheck({ name: 'pcrs', verdict: 'unchecked' })];
  return {
    sha256: 'aa'.repeat(32),
    bytes: 10,
    kind: 'vep',
    role: 'escalation',
    verdict: worstVerdict(checks.map(({ verdict }) => verdict)),
    profile: null,
    root: null,
    findings: [],
    key: null,
    ...given,
    checks,
  };
}

/** What the page is given for one escalation, in parts as the test wants them. */
export function opened(given: {
  escalation?: Partial<EscalationInFull>;
  token?: Opened['token'];
  judgement?: Partial<Judgement>;
  reports?: PieceReport[];
}): Opened {
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
  const judgement: Judgement = {
    verdict: 'unchecked',
    detail: '1 of 2, not pcrs',
    current: true,
    judged_at: '2026-11-20T09:00:01Z',
    ...given.judgement,
  };
  return {
    escalation,
    token: given.token ?? null,
    judgement,
    reports: given.reports ?? [aReport({})],
    resolution: null,
    cannot_seal: null,
    proof: null,
    claimed_by: null,
    pending: null,
    same_id: [],
  };
}
