import { readCursor, writeCursor } from '../../cursor.ts';
import type { PageQuery, StorePage } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import { listName } from './page.ts';
import { COUNTED_HITS, collect, collectAll, type Found, type HitPage, type Search } from './search-collect.ts';

/** A page of hits, newest recorded first. `all`: the walk from the start, as far as it came, where it was done already. */
export function newestFirstPage(db: Reader, search: Search, inTime: () => boolean, all: Found | null): HitPage {
  const { query } = search;
  const begin = query.cursor === undefined ? null : readCursor(listName(query), query.cursor).escalationId;
  const newestFirst = query.direction === 'after';
  const found =
    all !== null && newestFirst
      ? upTo(all, query.limit)
      : collect(db, search, { newestFirst, begin, limit: query.limit, inTime });
  const whole = begin === null && found.stoppedAt === null ? found : (all ?? collectAll(db, search, inTime));
  return {
    ids: newestFirst ? found.ids : found.ids.toReversed(),
    ...cursorsOf(query, begin, found),
    total: totalOf(whole),
    lookedAt: found.lookedAt,
    sortedBy: 'newest',
  };
}

function upTo(all: Found, limit: number): Found {
  const ids = all.ids.slice(0, limit);
  return { ...all, ids, stoppedAt: ids.length < all.ids.length ? (ids.at(-1) ?? null) : all.stoppedAt };
}

function cursorsOf(query: PageQuery, begin: number | null, { ids, stoppedAt }: Found) {
  const name = listName(query);
  const cursor = (escalationId: number | null | undefined) =>
    escalationId === null || escalationId === undefined ? null : writeCursor(name, { key: escalationId, escalationId });
  const back = begin === null ? null : cursor(ids[0]);
  return query.direction === 'after'
    ? { nextCursor: cursor(stoppedAt), previousCursor: back }
    : { nextCursor: back, previousCursor: cursor(stoppedAt) };
}

/** How many fit in all: exact up to 1,000, if there was time to count them. */
function totalOf(whole: Found): StorePage['total'] {
  return { n: Math.min(whole.ids.length, COUNTED_HITS), exact: whole.stoppedAt === null };
}
