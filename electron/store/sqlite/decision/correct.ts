import { DeskError } from '../../../../shared/domain/errors.ts';
import type { Escalation, EscalationKey } from '../../../../shared/domain/escalation.ts';
import { transition } from '../../../../shared/domain/state-machine.ts';
import type { Guarded, Write } from '../../ledger-store.ts';
import { hex, text, uuidText } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { stateOf } from '../escalation/record-state.ts';
import { type EscalationRow, findRow, idOf, requireRow, toEscalation } from '../escalation/rows.ts';
import { refuseBrokenLog } from '../tenant/log-verdict.ts';
import { once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { findTenant } from '../tenant/tenants.ts';
import { refuseOtherVersion, target, touch } from './guard.ts';

/** LedgerStore.correct: an event that points at the decision, which itself never changes (I3). */
export function correct(engine: Engine, write: Write, wanted: Guarded & { reason: string }): Escalation {
  return once(engine, write, {}, (tx) => {
    refuseBrokenLog(tx.tenant);
    const row = target(tx, wanted);
    refuseOtherVersion(row, wanted);
    if (transition(stateOf(tx.db, row), { do: 'correct' }).refusal !== null) {
      throw new DeskError(
        'CONFLICT',
        'This escalation is not decided yet, so there is nothing to correct. Nothing was changed.',
      );
    }
    tx.log(
      {
        kind: 'decision.corrected',
        event: uuidText(row.event),
        corrects: decidingEvent(tx, row),
        idempotency_key: write.idempotencyKey,
      },
      { escalation_id: idOf(row), reason: wanted.reason },
      row.escalation_id,
    );
    touch(tx, row.escalation_id);
    return toEscalation(tx.db, tx.tenant, requireRow(tx.db, tx.tenant.tenantId, wanted.key), write.now);
  });
}

/** LedgerStore.decisionEvent: the event that recorded the decision, or that brought it from upstream. */
export function decisionEvent(db: Reader, key: EscalationKey): number | null {
  const tenantId = findTenant(db, key.tenant)?.tenantId;
  const row = tenantId === undefined ? undefined : findRow(db, tenantId, key);
  return row === undefined ? null : (findDecidingEvent(db, row)?.seq ?? null);
}

function decidingEvent(tx: TenantWrite, row: EscalationRow): { seq: string; leaf_sha256: string } {
  const deciding = findDecidingEvent(tx.db, row);
  if (deciding === undefined)
    throw new DeskError('INTERNAL', 'The decision has no event in the log. Nothing was changed.');
  return { seq: String(deciding.seq), leaf_sha256: hex(deciding.leaf_sha256) };
}

function findDecidingEvent(db: Reader, row: EscalationRow) {
  const events = db.all(eventsOf, { escalationId: row.escalation_id });
  return events.find(({ leaf }) => bringsDecision(JSON.parse(text(leaf)) as Record<string, unknown>));
}

function bringsDecision(leaf: Record<string, unknown>): boolean {
  return leaf.kind === 'decision.recorded' || (String(leaf.kind).startsWith('escalation.') && leaf.outcome !== null);
}

const eventsOf = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select(['seq', 'leaf', 'leaf_sha256'])
    .where('escalation_id', '=', arg.escalationId)
    .orderBy('seq'),
);
