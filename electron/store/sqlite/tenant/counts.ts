import type { SelectQueryBuilder } from 'kysely';
import type { Counts } from '../../../../shared/contract/queue.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Schema } from '../base/schema.ts';
import { queries, statement } from '../base/statement.ts';

/** Time-dependent counts are counted over an index, so far and no farther. */
export const COUNTED_AT_MOST = 10_000;

export interface CountsDelta {
  readonly active: number;
  readonly resolved: number;
  readonly expired: number;
  readonly deceptive: number;
  readonly failed: number;
}
export const NO_DELTA: CountsDelta = { active: 0, resolved: 0, expired: 0, deceptive: 0, failed: 0 };

export function addCounts(db: Writer, tenantId: number, delta: CountsDelta): void {
  db.run(add, { tenantId, ...delta });
}

/** How many rows there are, up to 10,000. */
export function counted(query: SelectQueryBuilder<Schema, 'escalations', { escalation_id: number }>) {
  return queries.selectFrom(query.limit(COUNTED_AT_MOST).as('some')).select((eb) => eb.fn.countAll<number>().as('n'));
}

/** The tenant's counts: kept ones exact, those that move with the clock (claimed, due, past) up to 10,000. */
export function readCounts(
  db: Reader,
  query: { tenantId: number; now: number; by: string | null; dueWithinMs: number },
): Counts {
  const { tenantId, now } = query;
  const kept = db.get(keptCounts, { tenantId }) ?? NO_DELTA;
  const by =
    query.by === null ? db.get(claimed, { tenantId, now }) : db.get(claimedBy, { tenantId, now, by: query.by });
  return {
    ...kept,
    claimed: by?.n ?? 0,
    due: db.get(deadlineWithin, { tenantId, from: now, to: now + query.dueWithinMs })?.n ?? 0,
    past: db.get(deadlineWithin, { tenantId, from: 0, to: now - 1 })?.n ?? 0,
  };
}

const keptCounts = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('counts')
    .select(['active', 'resolved', 'expired', 'deceptive', 'failed'])
    .where('tenant_id', '=', arg.tenantId),
);
const add = statement<CountsDelta & { tenantId: number }>()((arg) =>
  queries
    .updateTable('counts')
    .set((eb) => ({
      active: eb('active', '+', arg.active),
      resolved: eb('resolved', '+', arg.resolved),
      expired: eb('expired', '+', arg.expired),
      deceptive: eb('deceptive', '+', arg.deceptive),
      failed: eb('failed', '+', arg.failed),
    }))
    .where('tenant_id', '=', arg.tenantId),
);

const rows = queries.selectFrom('escalations').select('escalation_id');
const claimedRows = rows.where('claimed_by', 'is not', null);
const claimed = statement<{ tenantId: number; now: number }>()((arg) =>
  counted(claimedRows.where('tenant_id', '=', arg.tenantId).where('claim_until_ms', '>', arg.now)),
);
const claimedBy = statement<{ tenantId: number; now: number; by: string }>()((arg) =>
  counted(
    claimedRows
      .where('tenant_id', '=', arg.tenantId)
      .where('claimed_by', '=', arg.by)
      .where('claim_until_ms', '>', arg.now),
  ),
);
const deadlineWithin = statement<{ tenantId: number; from: number; to: number }>()((arg) =>
  counted(
    rows
      .where('tenant_id', '=', arg.tenantId)
      .where('status', '=', 'ESCALATED')
      .where('deadline_ms', '>=', arg.from)
      .where('deadline_ms', '<=', arg.to),
  ),
);
