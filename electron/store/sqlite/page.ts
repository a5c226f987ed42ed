import type { Counts } from '../../../shared/contract/queue.ts';
import { epochMs } from '../../../shared/domain/deadline.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { PageQuery, StorePage } from '../ledger-store.ts';
import type { Reader } from './connection.ts';
import { COUNTED_AT_MOST, readCounts } from './counts.ts';
import { keyOf } from './insert-escalation.ts';
import { type ListArgs, type ListedRow, type ListShape, listStatement, shapeOf } from './list-query.ts';
import { toQueueRow } from './queue-row.ts';
import { requireTenant } from './tenants.ts';

const BEFORE_ALL = -1;
const AFTER_ALL = Number.MAX_SAFE_INTEGER;

/** A page of a list by keyset: its cost does not grow with what lies before it. INVALID_INPUT; NOT_FOUND (tenant). */
export function readPage(db: Reader, query: PageQuery): StorePage {
  const { tenantId } = requireTenant(db, query.tenant);
  const { now, by = null, dueWithinMs } = query;
  const counts = readCounts(db, { tenantId, now, by, dueWithinMs });
  const start = startOf(query);
  const found = db.all(listStatement(start.shape), {
    ...argsOf(query, tenantId),
    ...start.position,
    limit: query.limit + 1,
  });
  const more = found.length > query.limit;
  const rows = found.slice(0, query.limit);
  if (query.direction === 'before') rows.reverse();
  const cursors = cursorsOf(start, rows, { more, query });
  return {
    ...cursors,
    rows: rows.map((row) => toQueueRow(db, row, now)),
    counts,
    total: totalOf(query, counts),
    lookedAt: 0,
  };
}

/** Names the list that a cursor belongs to: another tenant, filter or order is another list. */
export function listName(query: PageQuery): string {
  const { tenant, status, view, sort = '', search = null, by = '' } = query;
  return JSON.stringify([tenant, status, view, sort, search, view === 'claimed' ? by : '']);
}

interface Start {
  readonly shape: ListShape;
  readonly position: { key: string | number; escalationId: number };
}

function startOf(query: PageQuery): Start {
  const { cursor, direction, from_instant: instant } = query;
  if (cursor !== undefined) return { shape: shapeOf(query, direction), position: readCursor(listName(query), cursor) };
  if (instant !== undefined) return jump(query, instant);
  return { shape: shapeOf(query, direction === 'after' ? 'start' : 'end'), position: { key: '', escalationId: 0 } };
}

/** The first row at or after the instant in the list's order; backwards, the last one before it. */
function jump(query: PageQuery, instant: string): Start {
  const shape = shapeOf(query, query.direction);
  const key = shape.column === 'deadline_ms' ? (epochMs(instant) ?? 0) : keyOf(instant);
  return { shape, position: { key, escalationId: shape.ascending ? BEFORE_ALL : AFTER_ALL } };
}

function argsOf(query: PageQuery, tenantId: number): Omit<ListArgs, 'limit' | 'key' | 'escalationId'> {
  const { now, by = '', dueWithinMs, view } = query;
  const [earliest, latest] = view === 'past' ? [0, now - 1] : [now, now + dueWithinMs];
  return { tenantId, by, now, earliest, latest };
}

function cursorsOf(start: Start, rows: readonly ListedRow[], page: { more: boolean; query: PageQuery }) {
  const { query, more } = page;
  const forward = query.direction === 'after';
  const begun = start.shape.from === 'after' || start.shape.from === 'before';
  const cursor = (row: ListedRow | undefined) =>
    row === undefined
      ? null
      : writeCursor(listName(query), { key: row[start.shape.column], escalationId: row.escalation_id });
  return {
    nextCursor: (forward ? more : begun) ? cursor(rows.at(-1)) : null,
    previousCursor: (forward ? begun : more) ? cursor(rows[0]) : null,
  };
}

function totalOf({ status, view }: PageQuery, counts: Counts): StorePage['total'] {
  if (view !== 'all') return { n: counts[view], exact: view === 'deceptive' || counts[view] < COUNTED_AT_MOST };
  if (status !== 'all') return { n: counts[status], exact: true };
  return { n: counts.active + counts.resolved + counts.expired, exact: true };
}
