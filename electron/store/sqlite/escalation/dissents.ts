import type { Dissent } from '../../../../shared/domain/escalation.ts';
import { body } from '../base/bytes.ts';
import { queries, statement } from '../base/statement.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { dissentsOf } from './rows.ts';
import { requireCommitted, type SignedParts } from './signed-parts.ts';

/**
 * Keeps a decision that lost, with its ledger event (I8): one that came too late, or that an export brought along; of one
 * that was made here, its statement with it.
 */
export function addDissent(
  tx: TenantWrite,
  target: { escalationId: number; id: string; event: string },
  dissent: Dissent,
  signed: SignedParts | null,
): void {
  const { escalationId, id, event } = target;
  tx.db.run(insert, { escalationId, n: dissentsOf(tx.db, escalationId).length, body: body(dissent) });
  const { outcome, source } = dissent;
  const { commitments } = tx.log(
    {
      kind: 'dissent.recorded',
      event,
      outcome,
      source,
      envelope: signed?.envelope ?? null,
      signed_by: signed?.signedBy ?? null,
      idempotency_key: tx.write.idempotencyKey,
    },
    { ...signed?.named, escalation_id: id, dissent },
    escalationId,
    signed?.salts,
  );
  if (signed !== null) requireCommitted(signed, commitments);
}

const insert = statement<{ escalationId: number; n: number; body: Uint8Array }>()((arg) =>
  queries.insertInto('dissents').values({ escalation_id: arg.escalationId, n: arg.n, body: arg.body }),
);
