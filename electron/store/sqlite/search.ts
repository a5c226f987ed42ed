import { readCursor, writeCursor } from '../cursor.ts';
import type { PageQuery, StorePage } from '../ledger-store.ts';
import type { Reader } from './connection.ts';
import { readCounts } from './counts.ts';
import { type ListedRow, listed, shapeOf } from './list-query.ts';
import { listName } from './page.ts';
import { toQueueRow } from './queue-row.ts';
import { matchOf, walk } from './search-walk.ts';
import { statement } from './statement.ts';
import { requireTenant } from './tenants.ts';

/** Counts of hits read "1,000+" beyond this. */
const COUNTED_HITS = 1_000;

/**
 * A page of what matches `query.search`, newest recorded first. It stops when it is full or after `searchBudgetMs` of
 * `monotonic`, with a cursor that goes on and the number of hits that it looked at.
 */
export function readSearchPage(db: Reader, query: PageQuery, monotonic: () => number): StorePage {
  const { tenantId, uid } = requireTenant(db, query.tenant);
  const { now, by = null, dueWithinMs } = query;
  const counts = readCounts(db, { tenantId, now, by, dueWithinMs });
  const match = matchOf(query.search ?? '', uid);
  if (match === null) {
    return { rows: [], nextCursor: null, previousCursor: null, counts, total: { n: 0, exact: true }, lookedAt: 0 };
  }
  const stopAt = monotonic() + query.searchBudgetMs;
  const inTime = () => monotonic() < stopAt;
  const begin = query.cursor === undefined ? null : readCursor(listName(query), query.cursor).escalationId;
  const found = collect(db, match, { query, begin, limit: query.limit, inTime });
  return {
    rows: (found.newestFirst ? found.rows : found.rows.toReversed()).map((row) => toQueueRow(db, row, now)),
    ...cursorsOf(query, begin, found),
    counts,
    total: totalOf(
      collect(db, match, { query: { ...query, direction: 'after' }, begin: null, limit: COUNTED_HITS + 1, inTime }),
    ),
    lookedAt: found.lookedAt,
  };
}

interface Collecting {
  readonly query: PageQuery;
  readonly begin: number | null;
  readonly limit: number;
  readonly inTime: () => boolean;
}
interface Found {
  readonly newestFirst: boolean;
  /** In the order of the walk. */
  readonly rows: ListedRow[];
  readonly lookedAt: number;
  /** The last escalation that the walk came past; null when it came to the end. */
  readonly stoppedAt: number | null;
}

/** Walks until the rows are enough or the time is over, but past one step at least, so that paging always moves on. */
function collect(db: Reader, match: string, { query, begin, limit, inTime }: Collecting): Found {
  const newestFirst = query.direction === 'after';
  const fits = filterOf(query);
  const rows: ListedRow[] = [];
  let lookedAt = 0;
  let stoppedAt: number | null = null;
  for (const { escalationId, hit } of walk(db, match, { newestFirst, begin })) {
    if (rows.length === limit || (stoppedAt !== null && !inTime())) return { newestFirst, rows, lookedAt, stoppedAt };
    stoppedAt = escalationId;
    if (!hit) continue;
    lookedAt += 1;
    const row = db.get(byNumber, { escalationId });
    if (row !== undefined && fits(row)) rows.push(row);
  }
  return { newestFirst, rows, lookedAt, stoppedAt: null };
}

/** The list's filter, on a row that the index named. INVALID_INPUT as `shapeOf`. */
function filterOf(query: PageQuery): (row: ListedRow) => boolean {
  const { status } = shapeOf(query, 'start');
  const { view, now, dueWithinMs, by } = query;
  const inView: Record<PageQuery['view'], (row: ListedRow) => boolean> = {
    all: () => true,
    claimed: (row) => row.claimed_by !== null && row.claimed_by === by && (row.claim_until_ms ?? 0) > now,
    deceptive: (row) => row.deceptive === 1,
    due: (row) => row.deadline_ms >= now && row.deadline_ms <= now + dueWithinMs,
    past: (row) => row.deadline_ms < now,
  };
  return (row) => (status === null || row.status === status) && inView[view](row);
}

function cursorsOf(query: PageQuery, begin: number | null, { newestFirst, rows, stoppedAt }: Found) {
  const name = listName(query);
  const cursor = (escalationId: number | null | undefined) =>
    escalationId === null || escalationId === undefined ? null : writeCursor(name, { key: escalationId, escalationId });
  const back = begin === null ? null : cursor(rows[0]?.escalation_id);
  return newestFirst
    ? { nextCursor: cursor(stoppedAt), previousCursor: back }
    : { nextCursor: back, previousCursor: cursor(stoppedAt) };
}

function totalOf({ rows, stoppedAt }: Found): StorePage['total'] {
  return { n: Math.min(rows.length, COUNTED_HITS), exact: stoppedAt === null };
}

const byNumber = statement<{ escalationId: number }>()((arg) => listed.where('e.escalation_id', '=', arg.escalationId));
