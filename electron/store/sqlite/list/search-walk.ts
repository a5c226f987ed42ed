import { sql } from 'kysely';
import { searchTerms } from '../../../../shared/domain/search-terms.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { tenantWord } from '../escalation/search-index.ts';

/** The index is walked in spans of so many escalations; the walk can pause between two even without a hit. */
const SPAN = 262_144;

/** The FTS5 expression: the tenant's own word and all terms, each in quotes; null when there is nothing to look for. */
export function matchOf(search: string, tenantUid: string): string | null {
  const terms = searchTerms(search).map(({ words, prefix }) => `"${words}"${prefix ? ' *' : ''}`);
  return terms.length === 0 ? null : `tenant : "${tenantWord(tenantUid)}" AND text : (${terms.join(' AND ')})`;
}

/** A step of a walk: a hit, or a place reached without one. */
export interface Step {
  readonly escalationId: number;
  readonly hit: boolean;
}

/** All hits beyond `begin` (null: from the start) in the order of recording, newest first or last. */
export function* walk(db: Reader, match: string, way: { newestFirst: boolean; begin: number | null }): Generator<Step> {
  const newest = db.get(newestNumber, {})?.newest ?? 0;
  const { newestFirst } = way;
  const query = newestFirst ? descending : ascending;
  let from = way.begin ?? (newestFirst ? newest + 1 : 0);
  while (newestFirst ? from > 1 : from < newest) {
    const to = newestFirst ? Math.max(from - SPAN, 1) : Math.min(from + SPAN, newest);
    const span = newestFirst ? { low: to, high: from - 1 } : { low: from + 1, high: to };
    for (const { rowid } of db.iterate(query, { match, ...span })) yield { escalationId: rowid, hit: true };
    yield { escalationId: to, hit: false };
    from = to;
  }
}

/** Whether one escalation is among the hits. */
export function isHit(db: Reader, match: string, escalationId: number): boolean {
  // A span of one: FTS5 does not hold a match to `rowid = ?` (seen in SQLite 3.54.1).
  return db.get(ascending, { match, low: escalationId, high: escalationId }) !== undefined;
}

const newestNumber = statement<object>()(() =>
  queries.selectFrom('escalations').select((eb) => eb.fn.max<number | null>('escalation_id').as('newest')),
);

interface Span {
  match: string;
  low: number;
  high: number;
}
const hits = (arg: Span) =>
  queries
    .selectFrom('search')
    .select('rowid')
    .where(sql<boolean>`search MATCH ${arg.match}`)
    .where('rowid', '>=', arg.low)
    .where('rowid', '<=', arg.high);
const descending = statement<Span>()((arg) => hits(arg).orderBy('rowid', 'desc'));
const ascending = statement<Span>()((arg) => hits(arg).orderBy('rowid', 'asc'));
