import { DeskError } from '../../../../shared/domain/errors.ts';
import { isCursorOf } from '../../cursor.ts';
import type { PageQuery, StorePage } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import { statement } from '../base/statement.ts';
import { readCounts } from '../tenant/counts.ts';
import { requireTenant } from '../tenant/tenants.ts';
import { listed } from './list-query.ts';
import { toQueueRow } from './queue-row.ts';
import { collectAll, type HitPage, type Search } from './search-collect.ts';
import { newestFirstPage } from './search-newest.ts';
import { sortedName, sortedPage } from './search-sorted.ts';
import { matchOf } from './search-walk.ts';

/** A page that goes on in a sort is given so many times the budget: its first page was made within one. */
const PATIENCE = 10;

/**
 * A page of what matches `query.search`: newest recorded first, or in another sort that was asked for, where all that
 * fits is at most 1,000 and was found in time (`sortedBy`). Newest first it stops when it is full or after
 * `searchBudgetMs` of `monotonic`, with a cursor that goes on and the number of hits that it looked at. INVALID_INPUT for
 * a cursor of another list, and for one of a sort once there are too many hits for it.
 */
export function readSearchPage(db: Reader, query: PageQuery, monotonic: () => number): StorePage {
  const { tenantId, uid, trustEpoch } = requireTenant(db, query.tenant);
  const { now, by = null, dueWithinMs } = query;
  const counts = readCounts(db, { tenantId, now, by, dueWithinMs });
  const match = matchOf(query.search ?? '', uid);
  if (match === null) return { ...NOTHING, sortedBy: query.sort ?? 'newest', rows: [], counts };
  const { ids, ...page } = hitPage(db, { query, match, epoch: trustEpoch }, monotonic);
  const rows = ids
    .flatMap((escalationId) => db.all(byNumber, { escalationId }))
    .map((row) => toQueueRow(db, row, trustEpoch, now));
  return { ...page, rows, counts };
}

const NOTHING = { nextCursor: null, previousCursor: null, total: { n: 0, exact: true }, lookedAt: 0 } as const;

/** Which order it is to be: a cursor goes on in its own, and nothing is sorted that is not known whole. */
function hitPage(db: Reader, search: Search, monotonic: () => number): HitPage {
  const { cursor, sort = 'newest', searchBudgetMs } = search.query;
  const began = monotonic();
  const within = (ms: number) => () => monotonic() < began + ms;
  const ofSort = cursor !== undefined && isCursorOf(sortedName(search.query), cursor);
  if (sort === 'newest' || (cursor !== undefined && !ofSort)) {
    return newestFirstPage(db, search, within(searchBudgetMs), null);
  }
  const all = collectAll(db, search, within(ofSort ? PATIENCE * searchBudgetMs : searchBudgetMs));
  if (all.stoppedAt === null) return sortedPage(db, search.query, all);
  if (ofSort) throw tooMany();
  return newestFirstPage(db, search, within(searchBudgetMs), all);
}

function tooMany(): DeskError {
  return new DeskError(
    'INVALID_INPUT',
    'There are too many hits now to go on in this order. Read the list from its start.',
  );
}

const byNumber = statement<{ escalationId: number }>()((arg) => listed.where('e.escalation_id', '=', arg.escalationId));
