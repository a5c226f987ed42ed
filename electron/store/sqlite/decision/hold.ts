import type { PendingDecision } from '../../../../shared/contract/escalation.ts';
import type { NewPending, Write } from '../../ledger-store.ts';
import type { Engine } from '../base/engine.ts';
import { once } from '../tenant/once.ts';
import { refuseStale } from './decide.ts';
import { alreadyDecided, target } from './guard.ts';
import { endHold, insertHold } from './holds.ts';

/** LedgerStore.hold: stores a decision in its undo hold, if it could be recorded now. */
export function hold(engine: Engine, write: Write, pending: NewPending): PendingDecision {
  return once(engine, write, {}, (tx) => {
    const row = target(tx, pending.decision);
    if (row.status !== 'ESCALATED') throw alreadyDecided('Nothing was recorded.');
    refuseStale(tx, row, pending.decision);
    // Another's hold that ran out without being recorded gives way, and stays with its reviewer as a draft.
    endHold(tx, row, 'hold-lost');
    const { owner: _owner, decision: _decision, ...shown } = insertHold(tx, row, pending);
    return shown;
  });
}
