import { readCursor, writeCursor } from '../cursor.ts';
import type { PageQuery, StorePage } from '../ledger-store.ts';
import type { Reader } from './connection.ts';
import { readCounts } from './counts.ts';
import { listed } from './list-query.ts';
import { listName } from './page.ts';
import { toQueueRow } from './queue-row.ts';
import { type Collecting, collect, type Found } from './search-collect.ts';
import { matchOf } from './search-walk.ts';
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
  const begin = query.cursor === undefined ? null : readCursor(listName(query), query.cursor).escalationId;
  const newestFirst = query.direction === 'after';
  const collecting = { query, match, newestFirst, begin, limit: query.limit, inTime: () => monotonic() < stopAt };
  const found = collect(db, collecting);
  const ids = newestFirst ? found.ids : found.ids.toReversed();
  return {
    rows: ids.flatMap((escalationId) => db.all(byNumber, { escalationId })).map((row) => toQueueRow(db, row, now)),
    ...cursorsOf(collecting, found),
    counts,
    total: totalOf(db, collecting, found),
    lookedAt: found.lookedAt,
  };
}

function cursorsOf({ query, newestFirst, begin }: Collecting, { ids, stoppedAt }: Found) {
  const name = listName(query);
  const cursor = (escalationId: number | null | undefined) =>
    escalationId === null || escalationId === undefined ? null : writeCursor(name, { key: escalationId, escalationId });
  const back = begin === null ? null : cursor(ids[0]);
  return newestFirst
    ? { nextCursor: cursor(stoppedAt), previousCursor: back }
    : { nextCursor: back, previousCursor: cursor(stoppedAt) };
}

/** How many fit in all: exact up to 1,000, if there was time to count them. */
function totalOf(db: Reader, collecting: Collecting, page: Found): StorePage['total'] {
  const isAll = collecting.begin === null && page.stoppedAt === null;
  const all = isAll ? page : collect(db, { ...collecting, newestFirst: true, begin: null, limit: COUNTED_HITS + 1 });
  return { n: Math.min(all.ids.length, COUNTED_HITS), exact: all.stoppedAt === null };
}

const byNumber = statement<{ escalationId: number }>()((arg) => listed.where('e.escalation_id', '=', arg.escalationId));
