import type { PendingDecision, PendingNow } from '../../../shared/contract/escalation.ts';
import type { StoredPending } from '../../store/ledger-store.ts';

/** How a hold stands in this process. */
export interface HoldState {
  readonly leftMs: number;
  readonly waitsFor: PendingNow['waits_for'];
}

/** What others may see of a pending decision: that it is there, whose, how long it still waits and for what. */
export function pendingOf(stored: StoredPending | PendingDecision, { leftMs, waitsFor }: HoldState): PendingNow {
  const { pending_id, by, by_profile, outcome, started_at, due_at, tenant, id, event } = stored;
  const shown = { pending_id, by, by_profile, outcome, started_at, due_at, tenant, id, event };
  return { ...shown, left_ms: leftMs, waits_for: waitsFor };
}
