import type {
  DecisionPage,
  ReportCover,
  ReportModel,
  SummaryRow,
} from '../../electron/gateways/files/pdf/report-model.ts';
import type { Escalation, Outcome } from '../../shared/domain/escalation.ts';
import type { Check } from '../../shared/domain/verdict.ts';

export const cover: ReportCover = {
  title: 'Decisions of November 2026',
  tenant: 'acme-finance',
  range: '2026-11-01 00:00:00 UTC to 2026-11-15 15:28:14 UTC, entries 0 to 284 of the log',
  query: 'every decision',
  rows: 3,
  left_out: 'Nothing: the query names every decision of the range.',
  generator: 'vex-review-desk 0.1.0',
  dated: '2026-11-15T15:28:14Z',
  checkpoint: {
    origin: 'vex-review-desk/log/0d5d1f6e-2f0b-4d6e-9a53-2f5e0b8c7a11',
    size: '285',
    root: '5f'.repeat(32),
    signed_at: '2026-11-15T15:28:14Z',
    key_fingerprint: 'c0ffee42'.repeat(8),
  },
  manifest_sha256: '1234567890abcdef'.repeat(4),
  proves: [
    'Each decision below was in the log when the checkpoint was signed, as its leaf says, and none was changed since.',
    'Who signed each statement, with which key, and which evidence it names by its digest.',
  ],
  proves_not: [
    'That the paper was not changed after it was printed: only the bundle that it came with can be checked.',
    'That the log was never forked: one signer alone can still keep two; witnesses’ cosignatures are how to tell.',
  ],
  sample: false,
};

export function check(name: Check['name'], verdict: Check['verdict'], code: string, detail: string): Check {
  return { name, verdict, code, detail };
}

export const checks: Check[] = [
  check('structure', 'verified', 'OK', 'Version 3, four pillars, 2,048 bytes'),
  check('root', 'verified', 'OK', 'The pillars hash to the root that the header names'),
  check(
    'signature',
    'failed',
    'NOT_THE_GATE',
    'Not the gate’s signature over this root. No pinned key made it. Anyone could have written this request.',
  ),
  check('pcrs', 'unchecked', 'NO_BASELINE', 'No PCR baseline is pinned.'),
];

export function request(changes: Partial<NonNullable<Escalation['request']>> = {}): NonNullable<Escalation['request']> {
  return {
    event_id: '11111111-2222-3333-4444-555555555555',
    agent_id: 'agent-7',
    agent_name: 'Procurement agent',
    action: 'payments.transfer',
    target: 'IBAN DE89 3704 0044 0532 0130 00',
    amount: '{"value":47094.00,"currency":"EUR"}' as NonNullable<Escalation['request']>['amount'] & string,
    policy: 'PAY-LIMIT-10K',
    explanation: 'The supplier asks for payment before Friday.',
    source_hash: 'ok',
    signed: ['action', 'target'],
    raw: '{"action":"payments.transfer"}' as NonNullable<Escalation['request']>['raw'],
    ...changes,
  };
}

export function decisionPage(number: number, changes: Partial<DecisionPage['escalation']> = {}): DecisionPage {
  const sha256 = number.toString(16).padStart(64, '0');
  const escalation: DecisionPage['escalation'] = {
    record: {
      escalation_id: `ESC-2026-${String(number).padStart(6, '0')}`,
      status: 'RESOLVED',
      escalation_event_id: '7f3b1c52-6a30-4a3e-9a33-8a60c3b0a001',
      timestamp: '2026-11-15T14:02:11.123Z',
    },
    request: request(),
    decision: {
      outcome: (['approved', 'rejected', 'expired'] as const)[number % 3] as Outcome,
      source: 'desk',
      decided_at: '2026-11-15T15:20:00Z',
      reviewer: 'Zoë Brandt',
      reason_code: 'SUPPLIER_KNOWN',
      reason: 'Called the supplier back on the number in the contract.\nThe invoice is theirs.',
      sealed: true,
      signed: true,
      vep_hash: 'ab'.repeat(32),
      overrides: ['signature'],
      accepted_unchecked: ['pcrs', 'stark'],
    },
    deadline: null,
    evidence: [
      { sha256, kind: 'vep', role: 'escalation', bytes: 2048, verdict: 'failed' },
      { sha256: 'cd'.repeat(32), kind: 'source-row', role: 'escalation', bytes: 512, verdict: null },
    ],
    findings: [{ code: 'REVERSED', message: 'Two hidden characters reverse the digits on screen.' }],
    dissents: [],
    ...changes,
  };
  return {
    number,
    escalation,
    reports: [{ verdict: 'failed', profile: 'vex-0.3', findings: [], checks }, null],
    escalated_at: '2026-11-15T14:02:11.123Z',
    shown_at: '2026-11-15T15:12:40Z',
    statement: {
      signed_by: 'reviewer',
      signer: 'Zoë Brandt',
      key_fingerprint: 'beef'.repeat(16),
      log_index: String(200 + number),
      leaf_sha256: '9a'.repeat(32),
      view_sha256: '77'.repeat(32),
    },
    corrections: [],
    withheld: [],
  };
}

export function summaryOf({ number, escalation: { record, decision } }: DecisionPage): SummaryRow {
  return {
    number,
    decided_at: decision?.decided_at ?? record.timestamp,
    escalation_id: record.escalation_id,
    outcome: decision?.outcome ?? 'unknown',
    reason_code: decision?.reason_code ?? null,
    reviewer: decision?.reviewer ?? null,
    evidence: (['verified', 'failed', 'unchecked'] as const)[number % 3] ?? 'unchecked',
  };
}

export function reportOf(decisions: readonly DecisionPage[], changes: Partial<ReportCover> = {}): ReportModel {
  return { cover: { ...cover, rows: decisions.length, ...changes }, summary: decisions.map(summaryOf), decisions };
}
