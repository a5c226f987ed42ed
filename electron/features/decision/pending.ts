import type { PendingDecision } from '../../../shared/contract/escalation.ts';
import type { StoredPending } from '../../store/ledger-store.ts';

/** What others may see of a pending decision: that it is there, whose, and how long it still waits. */
export function pendingOf(stored: StoredPending | PendingDecision, leftMs: number): PendingDecision {
  const { pending_id, by, by_profile, outcome, started_at, due_at, tenant, id, event } = stored;
  return { pending_id, by, by_profile, outcome, started_at, due_at, left_ms: leftMs, tenant, id, event };
}
