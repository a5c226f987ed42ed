import { sql } from 'kysely';
import type { EscalationKey } from '../../../../shared/domain/escalation.ts';
import { isCursorOf, type Position, readCursor, writeCursor } from '../../cursor.ts';
import type { ToJudge } from '../../ledger-store.ts';
import { text, uuidText } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { FIRST, inOrderAfter, type ListPlace } from '../base/list-place.ts';
import { queries, statement } from '../base/statement.ts';
import { COUNTED_AT_MOST, counted } from '../tenant/counts.ts';
import { requireTenant } from '../tenant/tenants.ts';

/** The parts of what is to be judged: never or with other keys; what lapsed; and, where all is asked for, all. */
const [STALE, LAPSED, EVERY] = ['stale', 'lapsed', 'every'];
const START: Position = { key: -1, escalationId: -1 };

interface Batch {
  readonly keys: EscalationKey[];
  readonly next: string | null;
}

/**
 * Lets the escalation be judged anew, by what is new about it. What was found against it stands until then. One whose
 * evidence was removed is never judged again.
 */
export function judgeAgain(db: Writer, escalationId: number): void {
  db.run(forget, { escalationId });
}

/** LedgerStore.toJudge. INVALID_INPUT for another list's cursor; NOT_FOUND (tenant). */
export function toJudge(db: Reader, query: ToJudge): Batch {
  const { tenantId, trustEpoch: epoch } = requireTenant(db, query.tenant);
  const { now, limit, after } = query;
  const args = { tenantId, epoch, now };
  if (query.all) return everyBatch(db, query, args);
  const inLapsed = after !== null && isCursorOf(LAPSED, after);
  const stale = inLapsed ? [] : db.all(staleAfter, { ...args, ...placeOf(STALE, after), limit });
  if (stale.length === limit) return batchOf(query, stale, STALE);
  const left = limit - stale.length;
  const lapsed = db.all(lapsedAfter, { ...args, ...placeOf(LAPSED, inLapsed ? after : null), limit: left });
  return batchOf(query, [...stale, ...lapsed], lapsed.length === left ? LAPSED : null);
}

/** LedgerStore.countToJudge. NOT_FOUND (tenant). */
export function countToJudge(db: Reader, tenant: string, now: number): number {
  const { tenantId, trustEpoch: epoch } = requireTenant(db, tenant);
  const stale = db.get(countStale, { tenantId, epoch })?.n ?? 0;
  const lapsed = db.get(countLapsed, { tenantId, epoch, now })?.n ?? 0;
  return Math.min(stale + lapsed, COUNTED_AT_MOST);
}

/** In the order of recording, which no judgement changes; it looks at `limit` of them, and may name fewer. */
function everyBatch(db: Reader, query: ToJudge, args: { tenantId: number; epoch: number; now: number }): Batch {
  const rows = db.all(everyAfter, { ...args, ...listPlaceOf(query.after), limit: query.limit });
  const last = rows.length < query.limit ? undefined : rows.at(-1);
  return {
    keys: rows.filter(({ is_wanted }) => is_wanted === 1).map((row) => keyOf(query, row)),
    next:
      last === undefined
        ? null
        : writeCursor(EVERY, { key: `${last.list_epoch} ${last.list_position}`, escalationId: last.escalation_id }),
  };
}

/** A batch, and where its list goes on: at its end, where there may be more of `list`. */
function batchOf(query: ToJudge, rows: readonly PlacedRow[], list: string | null): Batch {
  const last = rows.at(-1);
  return {
    keys: rows.map((row) => keyOf(query, row)),
    next:
      list === null || last === undefined
        ? null
        : writeCursor(list, { key: last.key ?? 0, escalationId: last.escalation_id }),
  };
}

function placeOf(list: string, cursor: string | null): Position {
  return cursor === null ? START : readCursor(list, cursor);
}

function listPlaceOf(cursor: string | null): ListPlace {
  if (cursor === null) return FIRST;
  const { key, escalationId } = readCursor(EVERY, cursor);
  const [list_epoch = 0, list_position = 0] = String(key).split(' ').map(Number);
  return { list_epoch, list_position, escalation_id: escalationId };
}

interface PlacedRow {
  readonly id: Uint8Array;
  readonly event: Uint8Array;
  /** What the list goes by: the epoch, or the end of what was found. */
  readonly key: number | null;
  readonly escalation_id: number;
}

function keyOf({ tenant }: ToJudge, row: Pick<PlacedRow, 'id' | 'event'>): EscalationKey {
  return { tenant, id: text(row.id), event: uuidText(row.event) };
}

const forget = statement<{ escalationId: number }>()((arg) =>
  queries
    .updateTable('escalations')
    .set({ judged: 0, judged_until_ms: null })
    .where('escalation_id', '=', arg.escalationId)
    .where('judged', '>', 0),
);

interface Place {
  readonly tenantId: number;
  readonly epoch: number;
  readonly now: number;
  readonly limit: number;
  readonly key: string | number;
  readonly escalationId: number;
}
const escalations = queries.selectFrom('escalations');
/** As in list-query.ts: those that share the place's value, then those beyond it. */
export const staleAfter = statement<Place>()((arg) => {
  const rows = escalations
    .select(['id', 'event', 'judged as key', 'escalation_id'])
    .where('tenant_id', '=', arg.tenantId)
    .where('judged', '<', arg.epoch);
  return rows
    .where('judged', '=', sql<number>`${arg.key}`)
    .where('escalation_id', '>', arg.escalationId)
    .unionAll(rows.where('judged', '>', sql<number>`${arg.key}`))
    .orderBy('key')
    .orderBy('escalation_id')
    .limit(arg.limit);
});
export const lapsedAfter = statement<Place>()((arg) => {
  const rows = escalations
    .select(['id', 'event', 'judged_until_ms as key', 'escalation_id'])
    .where('tenant_id', '=', arg.tenantId)
    .where('judged_until_ms', 'is not', null)
    .where('judged_until_ms', '<=', arg.now)
    .where('judged', '=', arg.epoch);
  return rows
    .where('judged_until_ms', '=', sql<number>`${arg.key}`)
    .where('escalation_id', '>', arg.escalationId)
    .unionAll(rows.where('judged_until_ms', '>', sql<number>`${arg.key}`))
    .orderBy('key')
    .orderBy('escalation_id')
    .limit(arg.limit);
});
export const everyAfter = statement<ListPlace & Pick<Place, 'tenantId' | 'epoch' | 'now' | 'limit'>>()((arg) => {
  const isWanted = sql<number>`judged >= 0 AND (judged < ${arg.epoch} OR judged_until_ms <= ${arg.now} OR EXISTS (
    SELECT 1 FROM evidence WHERE evidence.escalation_id = escalations.escalation_id AND kind <> 'source-row'))`;
  const rows = escalations
    .select(['id', 'event', 'list_epoch', 'list_position', 'escalation_id'])
    .select(isWanted.as('is_wanted'));
  return inOrderAfter(rows, arg).limit(arg.limit);
});
export const countStale = statement<{ tenantId: number; epoch: number }>()((arg) =>
  counted(
    escalations
      .select('escalation_id')
      .where('tenant_id', '=', arg.tenantId)
      .where('judged', '>=', sql.lit(0))
      .where('judged', '<', arg.epoch),
  ),
);
export const countLapsed = statement<{ tenantId: number; epoch: number; now: number }>()((arg) =>
  counted(
    escalations
      .select('escalation_id')
      .where('tenant_id', '=', arg.tenantId)
      .where('judged_until_ms', 'is not', null)
      .where('judged_until_ms', '<=', arg.now)
      .where('judged', '=', arg.epoch),
  ),
);
