import type { PageQuery } from '../ledger-store.ts';
import type { Reader } from './connection.ts';
import { shapeOf } from './list-query.ts';
import { walk } from './search-walk.ts';
import { queries, statement } from './statement.ts';

export interface Collecting {
  readonly query: PageQuery;
  readonly match: string;
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
export function collect(db: Reader, collecting: Collecting): Found {
  const { match, limit, inTime } = collecting;
  const fits = filterOf(db, collecting.query);
  const ids: number[] = [];
  let lookedAt = 0;
  let stoppedAt: number | null = null;
  for (const { escalationId, hit } of walk(db, match, collecting)) {
    if (ids.length === limit || (stoppedAt !== null && !inTime())) return { ids, lookedAt, stoppedAt };
    stoppedAt = escalationId;
    if (!hit) continue;
    lookedAt += 1;
    if (fits(escalationId)) ids.push(escalationId);
  }
  return { ids, lookedAt, stoppedAt: null };
}

/** The list's filter on a hit; without one, no row is read. */
function filterOf(db: Reader, query: PageQuery): (escalationId: number) => boolean {
  const { status } = shapeOf(query, 'start');
  const { view, now, dueWithinMs, by } = query;
  if (status === null && view === 'all') return () => true;
  const inView: Record<PageQuery['view'], (row: FilteredRow) => boolean> = {
    all: () => true,
    claimed: (row) => row.claimed_by !== null && row.claimed_by === by && (row.claim_until_ms ?? 0) > now,
    deceptive: (row) => row.deceptive === 1,
    due: (row) => row.deadline_ms >= now && row.deadline_ms <= now + dueWithinMs,
    past: (row) => row.deadline_ms < now,
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
}

const filtered = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('escalations')
    .select(['status', 'claimed_by', 'claim_until_ms', 'deceptive', 'deadline_ms'])
    .where('escalation_id', '=', arg.escalationId),
);
