import type { PageQuery, StorePage } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { shapeOf } from './list-query.ts';
import { walk } from './search-walk.ts';
import { foundAs, type VerdictView } from './verdict-views.ts';

/** Counts of hits read "1,000+" beyond this, and more are not sorted. */
export const COUNTED_HITS = 1_000;

/** What is looked for, and how FTS5 is asked for it. */
export interface Search {
  readonly query: PageQuery;
  readonly match: string;
  /** That of the tenant's keys: what was verified with others is not verified. */
  readonly epoch: number;
}

/** The hits of a page by number, and what the page says of itself. */
export type HitPage = Omit<StorePage, 'rows' | 'counts'> & { readonly ids: readonly number[] };

/** How far a walk goes, and from where. */
export interface Way {
  readonly newestFirst: boolean;
  /** Where the walk begins, itself left out; null: at the start. */
  readonly begin: number | null;
  readonly limit: number;
  readonly inTime: () => boolean;
}

export interface Found {
  /** Numbers of escalations in the order of the walk. */
  readonly ids: readonly number[];
  readonly lookedAt: number;
  /** The last escalation that the walk came past; null when it came to the end. */
  readonly stoppedAt: number | null;
}

/**
 * Walks over the hits until those that fit the query's status and view are enough, or the time is over; past one step
 * at least, so that paging always moves on. INVALID_INPUT as `shapeOf`.
 */
export function collect(db: Reader, search: Search, way: Way): Found {
  const { limit, inTime } = way;
  const fits = filterOf(db, search);
  const ids: number[] = [];
  let lookedAt = 0;
  let stoppedAt: number | null = null;
  for (const { escalationId, hit } of walk(db, search.match, way)) {
    if (ids.length === limit || (stoppedAt !== null && !inTime())) return { ids, lookedAt, stoppedAt };
    stoppedAt = escalationId;
    if (!hit) continue;
    lookedAt += 1;
    if (fits(escalationId)) ids.push(escalationId);
  }
  return { ids, lookedAt, stoppedAt: null };
}

/** All that fit, newest first: at most one more than are counted, and as far as there is time. */
export function collectAll(db: Reader, search: Search, inTime: () => boolean): Found {
  return collect(db, search, { newestFirst: true, begin: null, limit: COUNTED_HITS + 1, inTime });
}

/** The list's filter on a hit; without one, no row is read. */
function filterOf(db: Reader, { query, epoch }: Search): (escalationId: number) => boolean {
  const { status } = shapeOf(query, 'start');
  const { view, now, dueWithinMs, by } = query;
  if (status === null && view === 'all') return () => true;
  const found = (row: FilteredRow, verdict: VerdictView) => row.found_as === foundAs(verdict, epoch);
  const inView: Record<PageQuery['view'], (row: FilteredRow) => boolean> = {
    all: () => true,
    claimed: (row) => row.claimed_by !== null && row.claimed_by === by && (row.claim_until_ms ?? 0) > now,
    deceptive: (row) => row.deceptive === 1,
    due: (row) => row.deadline_ms >= now && row.deadline_ms <= now + dueWithinMs,
    past: (row) => row.deadline_ms < now,
    failed: (row) => found(row, 'failed'),
    unchecked: (row) => found(row, 'unchecked'),
    verified: (row) => found(row, 'verified') && (row.judged_until_ms === null || row.judged_until_ms > now),
  };
  return (escalationId) => {
    const row = db.get(filtered, { escalationId });
    return row !== undefined && (status === null || row.status === status) && inView[view](row);
  };
}

interface FilteredRow {
  readonly status: string;
  readonly claimed_by: string | null;
  readonly claim_until_ms: number | null;
  readonly deceptive: number;
  readonly deadline_ms: number;
  readonly found_as: string | null;
  readonly judged_until_ms: number | null;
}

const filtered = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('escalations')
    .select(['status', 'claimed_by', 'claim_until_ms', 'deceptive', 'deadline_ms', 'found_as', 'judged_until_ms'])
    .where('escalation_id', '=', arg.escalationId),
);
