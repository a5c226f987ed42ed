import { sql } from 'kysely';
import type { ExportedEscalation, ExportRange } from '../../ledger-store.ts';
import { text } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { FIRST, type From, inOrderAfter, type ListPlace } from '../base/list-place.ts';
import { queries, statement } from '../base/statement.ts';
import { statementsOf } from '../escalation/carried-statements.ts';
import { keyOf } from '../escalation/insert-escalation.ts';
import { toEscalations } from '../escalation/many.ts';
import type { EscalationRow } from '../escalation/rows.ts';
import { findTenant, type TenantRow } from '../tenant/tenants.ts';
import { isHit, matchOf, walk } from './search-walk.ts';

const BATCH = 200;
const IDS_AT_ONCE = 5_000;
/** How many rows `countRange` counts one by one; what it answers beyond that is a lower bound. */
const COUNTED_AT_MOST = 10_000;
const STATUS = { active: 'ESCALATED', resolved: 'RESOLVED', expired: 'EXPIRED', all: null } as const;
/** The next escalations of the range after `from` (null: the first), in the order of recording; `next` null at the end. */
export function exportAfter(
  db: Reader,
  query: ExportRange & { statements?: boolean },
  from: ListPlace | null,
): { batch: ExportedEscalation[]; next: ListPlace | null } {
  const tenant = findTenant(db, query.tenant);
  if (tenant === undefined) return { batch: [], next: null };
  const fits = inRange(db, query, tenant);
  const rows = db.all(query.status === 'active' ? activeInOrder : allInOrder, {
    tenantId: tenant.tenantId,
    ...(from ?? FIRST),
  });
  const chosen = rows.filter(fits);
  const escalations = toEscalations(db, tenant, chosen, query.now);
  const decided = chosen.filter((_, at) => escalations[at]?.decision?.signed === true);
  const ids = query.statements === true ? decided.map(({ escalation_id }) => escalation_id) : [];
  const statements = statementsOf(db, ids);
  const batch = escalations.map((escalation, at) => ({
    escalation,
    statement: statements.get(chosen[at]?.escalation_id ?? 0) ?? null,
    listPosition: chosen[at]?.list_position ?? 0,
  }));
  return { batch, next: rows.length < BATCH ? null : (rows.at(-1) ?? null) };
}

/** How many escalations an export would contain: exact where a kept count says it, else up to 10,000. */
export function countRange(db: Reader, query: ExportRange): { records: number; exact: boolean } {
  const tenant = findTenant(db, query.tenant);
  if (tenant === undefined) return { records: 0, exact: true };
  const { from = '', to, search } = query;
  const span = {
    tenantId: tenant.tenantId,
    from: from === '' ? '' : keyOf(from),
    to: to === undefined ? '~' : keyOf(to),
  };
  const status = STATUS[query.status];
  if (search !== undefined) return countHits(db, query, tenant);
  if (from === '' && to === undefined) return { records: keptCount(db, query, tenant.tenantId), exact: true };
  const found = status === null ? db.get(countAll, span) : db.get(countStatus, { ...span, status });
  const records = found?.n ?? 0;
  return { records, exact: records < COUNTED_AT_MOST };
}

/** Ids of what is active after `from`, in the order of recording. */
export function activeIdsAfter(
  db: Reader,
  tenant: string,
  from: ListPlace | null,
): { ids: string[]; next: ListPlace | null } {
  const tenantId = findTenant(db, tenant)?.tenantId;
  if (tenantId === undefined) return { ids: [], next: null };
  const rows = db.all(activeIds, { tenantId, ...(from ?? FIRST) });
  return { ids: rows.map((row) => text(row.id)), next: rows.length < IDS_AT_ONCE ? null : (rows.at(-1) ?? null) };
}

/** Whether a row is in the range; its search is answered by the index, row by row. */
export function inRange(
  db: Reader,
  query: ExportRange,
  tenant: TenantRow,
): (row: Pick<EscalationRow, 'status' | 'recorded_key' | 'escalation_id'>) => boolean {
  const status = STATUS[query.status];
  const from = query.from === undefined ? '' : keyOf(query.from);
  const to = query.to === undefined ? '~' : keyOf(query.to);
  const match = query.search === undefined ? undefined : matchOf(query.search, tenant.uid);
  const matches = (escalationId: number) => match === undefined || (match !== null && isHit(db, match, escalationId));
  return (row) =>
    (status === null || row.status === status) &&
    row.recorded_key >= from &&
    row.recorded_key < to &&
    matches(row.escalation_id);
}

function countHits(db: Reader, query: ExportRange, tenant: TenantRow): { records: number; exact: boolean } {
  const match = matchOf(query.search ?? '', tenant.uid);
  if (match === null) return { records: 0, exact: true };
  const { search: _search, ...rest } = query;
  const fits = inRange(db, rest, tenant);
  let [records, lookedAt] = [0, 0];
  for (const { escalationId, hit } of walk(db, match, { newestFirst: true, begin: null })) {
    if (!hit) continue;
    lookedAt += 1;
    if (lookedAt > COUNTED_AT_MOST) return { records, exact: false };
    const row = db.get(byNumber, { escalationId });
    if (row !== undefined && fits(row)) records += 1;
  }
  return { records, exact: true };
}

function keptCount(db: Reader, query: ExportRange, tenantId: number): number {
  const counts = db.get(kept, { tenantId }) ?? { active: 0, resolved: 0, expired: 0 };
  return query.status === 'all' ? counts.active + counts.resolved + counts.expired : counts[query.status];
}

const all = queries.selectFrom('escalations');
const active = all.where('status', '=', sql.lit('ESCALATED'));
export const allInOrder = statement<From>()((arg) => inOrderAfter(all.selectAll(), arg).limit(BATCH));
export const activeInOrder = statement<From>()((arg) => inOrderAfter(active.selectAll(), arg).limit(BATCH));
export const activeIds = statement<From>()((arg) =>
  inOrderAfter(active.select(['id', 'list_epoch', 'list_position', 'escalation_id']), arg).limit(IDS_AT_ONCE),
);
const byNumber = statement<{ escalationId: number }>()((arg) =>
  queries.selectFrom('escalations').selectAll().where('escalation_id', '=', arg.escalationId),
);
const kept = statement<{ tenantId: number }>()((arg) =>
  queries.selectFrom('counts').select(['active', 'resolved', 'expired']).where('tenant_id', '=', arg.tenantId),
);
type CountSpan = { tenantId: number; from: string; to: string };
const span = (arg: CountSpan) =>
  queries
    .selectFrom('escalations')
    .select('escalation_id')
    .where('tenant_id', '=', arg.tenantId)
    .where('recorded_key', '>=', arg.from)
    .where('recorded_key', '<', arg.to)
    .limit(COUNTED_AT_MOST);
const countAll = statement<CountSpan>()((arg) =>
  queries.selectFrom(span(arg).as('some')).select((eb) => eb.fn.countAll<number>().as('n')),
);
const countStatus = statement<CountSpan & { status: string }>()((arg) =>
  queries
    .selectFrom(span(arg).where('status', '=', arg.status).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('n')),
);
