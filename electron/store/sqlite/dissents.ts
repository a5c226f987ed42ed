import type { Dissent } from '../../../shared/domain/escalation.ts';
import { body } from './bytes.ts';
import { dissentsOf } from './rows.ts';
import { queries, statement } from './statement.ts';
import type { TenantWrite } from './tenant-write.ts';

/** Keeps a decision that lost, with its ledger event (I8). */
export function addDissent(
  tx: TenantWrite,
  target: { escalationId: number; id: string; event: string },
  dissent: Dissent,
): void {
  const { escalationId, id, event } = target;
  storeDissent(tx, escalationId, dissent);
  const { outcome, source } = dissent;
  tx.log(
    { kind: 'dissent.recorded', event, outcome, source, idempotency_key: tx.write.idempotencyKey },
    { escalation_id: id, dissent },
    escalationId,
  );
}

/** Keeps a dissent that an export brought along; the escalation's own event tells of it. */
export function storeDissent(tx: TenantWrite, escalationId: number, dissent: Dissent): void {
  tx.db.run(insert, { escalationId, n: dissentsOf(tx.db, escalationId).length, body: body(dissent) });
}

const insert = statement<{ escalationId: number; n: number; body: Uint8Array }>()((arg) =>
  queries.insertInto('dissents').values({ escalation_id: arg.escalationId, n: arg.n, body: arg.body }),
);
