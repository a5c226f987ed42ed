import type { LogHead, LogRow, SignedHead } from '../../../shared/contract/log.ts';

export const ROOT = 'ab'.repeat(32);

export function aHead(given: Partial<LogHead> = {}): LogHead {
  return {
    origin: 'vex-review-desk/log/00000000-0000-4000-8000-000000000001',
    size: '284',
    root: ROOT,
    checkpoint: null,
    due_since: null,
    verified: null,
    remembered: 'agrees',
    remembered_detail: null,
    ...given,
  };
}

export function aSignedHead(given: Partial<SignedHead> = {}): SignedHead {
  return {
    size: '277',
    root: ROOT,
    signed_at: '2026-11-16T09:12:00Z',
    key: 'cd'.repeat(32),
    witnesses: [],
    note: '',
    ...given,
  };
}

export function aRow(given: Partial<LogRow> = {}): LogRow {
  return {
    seq: '283',
    at: '2026-11-16T09:36:40Z',
    kind: 'decision.recorded',
    escalation: { id: 'esc-1', event: '00000000-0000-4000-8000-000000000001' },
    outcome: 'approved',
    actor: 'M. Okafor',
    leaf_sha256: 'ef'.repeat(32),
    holds: true,
    leaf: null,
    ...given,
  };
}
