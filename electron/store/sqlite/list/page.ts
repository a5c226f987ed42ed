import type { Counts } from '../../../../shared/contract/queue.ts';
import { epochMs } from '../../../../shared/domain/deadline.ts';
import { readCursor, writeCursor } from '../../cursor.ts';
import type { PageQuery, StorePage } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import { keyOf } from '../escalation/insert-escalation.ts';
import { COUNTED_AT_MOST, readCounts } from '../tenant/counts.ts';
import { requireTenant, type TenantRow } from '../tenant/tenants.ts';
import {
  type ListArgs,
  type ListedRow,
  type ListShape,
  listStatement,
  type SortColumn,
  shapeOf,
} from './list-query.ts';
import { toQueueRow } from './queue-row.ts';
import { countFound, foundAs, isVerdictView } from './verdict-views.ts';

const BEFORE_ALL = -1;
const AFTER_ALL = Number.MAX_SAFE_INTEGER;

/** A page of a list by keyset: its cost does not grow with what lies before it. INVALID_INPUT; NOT_FOUND (tenant). */
export function readPage(db: Reader, query: PageQuery): StorePage {
  const { tenantId, trustEpoch } = requireTenant(db, query.tenant);
  const { now, by = null, dueWithinMs } = query;
  const counts = readCounts(db, { tenantId, now, by, dueWithinMs });
  const name = listName(query);
  const start = startOf(query, name);
  const found = db.all(listStatement(start.shape), {
    ...argsOf(query, tenantId, trustEpoch),
    ...start.position,
    limit: query.limit + 1,
  });
  const more = found.length > query.limit;
  const rows = found.slice(0, query.limit);
  if (query.direction === 'before') rows.reverse();
  return {
    ...cursorsOf(start, rows, { name, more, forward: query.direction === 'after' }),
    rows: rows.map((row) => toQueueRow(db, row, trustEpoch, now)),
    counts,
    total: totalOf(db, query, counts, start.shape, { tenantId, trustEpoch }),
    lookedAt: 0,
    sortedBy: start.shape.sort,
  };
}

/** Names the list that a cursor belongs to: another tenant, filter or order is another list. */
export function listName(query: PageQuery): string {
  const { tenant, status, view, sort = '', search = null, by = '' } = query;
  return JSON.stringify([tenant, status, view, sort, search, view === 'claimed' ? by : '']);
}

/** Where a page begins. */
export interface Start {
  readonly shape: ListShape;
  readonly position: { key: string | number; escalationId: number };
}

/** INVALID_INPUT for a cursor that is not one of the list `name`. */
export function startOf(query: PageQuery, name: string): Start {
  const { cursor, direction, from_instant: instant } = query;
  if (cursor !== undefined) return { shape: shapeOf(query, direction), position: readCursor(name, cursor) };
  if (instant !== undefined) return jump(query, instant);
  return { shape: shapeOf(query, direction === 'after' ? 'start' : 'end'), position: { key: '', escalationId: 0 } };
}

/** The first row at or after the instant in the list's order; backwards, the last one before it. */
function jump(query: PageQuery, instant: string): Start {
  const shape = shapeOf(query, query.direction);
  const key = shape.column === 'deadline_ms' ? (epochMs(instant) ?? 0) : keyOf(instant);
  return { shape, position: { key, escalationId: shape.ascending ? BEFORE_ALL : AFTER_ALL } };
}

function argsOf(query: PageQuery, tenantId: number, epoch: number): Omit<ListArgs, 'limit' | 'key' | 'escalationId'> {
  const { now, by = '', dueWithinMs, view } = query;
  const [earliest, latest] = view === 'past' ? [0, now - 1] : [now, now + dueWithinMs];
  return { tenantId, by, now, earliest, latest, foundAs: isVerdictView(view) ? foundAs(view, epoch) : '' };
}

/** The cursors of a page: on from its last row and back from its first, where there may be more. */
export function cursorsOf(
  start: Start,
  rows: readonly Pick<ListedRow, SortColumn | 'escalation_id'>[],
  { name, more, forward }: { name: string; more: boolean; forward: boolean },
): Pick<StorePage, 'nextCursor' | 'previousCursor'> {
  const begun = start.shape.from === 'after' || start.shape.from === 'before';
  const cursor = (row: (typeof rows)[number] | undefined) =>
    row === undefined ? null : writeCursor(name, { key: row[start.shape.column], escalationId: row.escalation_id });
  return {
    nextCursor: (forward ? more : begun) ? cursor(rows.at(-1)) : null,
    previousCursor: (forward ? begun : more) ? cursor(rows[0]) : null,
  };
}

function totalOf(
  db: Reader,
  { status, view, now }: PageQuery,
  counts: Counts,
  shape: ListShape,
  tenant: Pick<TenantRow, 'tenantId' | 'trustEpoch'>,
): StorePage['total'] {
  if (view === 'failed' && status === 'active') return { n: counts.failed, exact: true };
  if (isVerdictView(view)) return countFound(db, tenant, { status: shape.status ?? '', view, now });
  if (view !== 'all') return { n: counts[view], exact: view === 'deceptive' || counts[view] < COUNTED_AT_MOST };
  if (status !== 'all') return { n: counts[status], exact: true };
  return { n: counts.active + counts.resolved + counts.expired, exact: true };
}
