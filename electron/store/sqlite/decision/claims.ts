import { instantText } from '../../../../shared/domain/clock.ts';
import type { Escalation } from '../../../../shared/domain/escalation.ts';
import type { Guarded, NewEvidence, Write } from '../../ledger-store.ts';
import { uuidText } from '../base/bytes.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { attachEvidence } from '../escalation/evidence.ts';
import { claimant, type EscalationRow, idOf, requireRow, toEscalation } from '../escalation/rows.ts';
import { judgeAgain } from '../escalation/to-judge.ts';
import { once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { alreadyDecided, refuseOthersClaim, refuseOtherVersion, target, touch } from './guard.ts';

/** LedgerStore.claim. A renewal by its holder is no ledger event. */
export function claim(engine: Engine, write: Write, wanted: Guarded & { untilMs: number }): Escalation {
  return once(engine, write, {}, (tx) => {
    const row = target(tx, wanted);
    if (row.status !== 'ESCALATED') throw alreadyDecided('Nothing was changed.');
    refuseOtherVersion(row, wanted);
    refuseOthersClaim(tx, row);
    tx.db.run(setClaim, { escalationId: row.escalation_id, by: write.by, until: wanted.untilMs });
    if (claimant(row, write.now) !== write.by) {
      tx.log(
        { kind: 'claim.taken', ...about(row), until: instantText(wanted.untilMs) },
        hidden(row),
        row.escalation_id,
      );
    }
    return changed(tx, row, wanted);
  });
}

/** LedgerStore.release. What nobody holds is released already. */
export function release(engine: Engine, write: Write, wanted: Guarded): Escalation {
  return once(engine, write, {}, (tx) => {
    const row = target(tx, wanted);
    refuseOtherVersion(row, wanted);
    refuseOthersClaim(tx, row);
    if (claimant(row, write.now) === null) return toEscalation(tx.db, tx.tenant, row, write.now);
    tx.db.run(setClaim, { escalationId: row.escalation_id, by: null, until: null });
    tx.log({ kind: 'claim.released', ...about(row) }, hidden(row), row.escalation_id);
    return changed(tx, row, wanted);
  });
}

/** LedgerStore.attach: adds evidence, to a decided escalation too; its decision stays as it is. */
export function attach(
  engine: Engine,
  write: Write,
  wanted: Guarded & { evidence: readonly NewEvidence[] },
): Escalation {
  return once(engine, write, { forGood: true }, (tx) => {
    const row = target(tx, wanted);
    refuseOtherVersion(row, wanted);
    const { added, packets, toJudge } = attachEvidence(tx.db, tx.tenant, row.escalation_id, wanted.evidence);
    if (added.length === 0) return toEscalation(tx.db, tx.tenant, row, write.now);
    if (toJudge) judgeAgain(tx.db, row.escalation_id);
    tx.db.run(addPackets, { escalationId: row.escalation_id, packets });
    const said = { ...about(row), evidence: [...added], idempotency_key: write.idempotencyKey };
    tx.log({ kind: 'evidence.attached', ...said }, hidden(row), row.escalation_id);
    return changed(tx, row, wanted);
  });
}

function changed(tx: TenantWrite, row: EscalationRow, { key }: Guarded): Escalation {
  touch(tx, row.escalation_id);
  return toEscalation(tx.db, tx.tenant, requireRow(tx.db, tx.tenant.tenantId, key), tx.write.now);
}

function about(row: EscalationRow) {
  return { event: uuidText(row.event) };
}

function hidden(row: EscalationRow) {
  return { escalation_id: idOf(row) };
}

const setClaim = statement<{ escalationId: number; by: string | null; until: number | null }>()((arg) =>
  queries
    .updateTable('escalations')
    .set({ claimed_by: arg.by, claim_until_ms: arg.until })
    .where('escalation_id', '=', arg.escalationId),
);
const addPackets = statement<{ escalationId: number; packets: number }>()((arg) =>
  queries
    .updateTable('escalations')
    .set((eb) => ({ packets: eb('packets', '+', arg.packets) }))
    .where('escalation_id', '=', arg.escalationId),
);
