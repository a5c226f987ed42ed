import type { Position } from '../../cursor.ts';
import type { PageQuery } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import type { ListShape } from './list-query.ts';
import { cursorsOf, listName, type Start, startOf } from './page.ts';
import type { Found, HitPage } from './search-collect.ts';

/** Names the list of a search in the sort that was asked for; newest first, the same search is another list. */
export function sortedName(query: PageQuery): string {
  return `${listName(query)} sorted`;
}

/** A page of all that was found, in the sort that was asked for: by keyset, as a list without a search. */
export function sortedPage(db: Reader, query: PageQuery, all: Found): HitPage {
  const name = sortedName(query);
  const start = startOf(query, name);
  const rows = all.ids.flatMap((escalationId) => db.all(keysOf, { escalationId }));
  const place = (row: KeysRow): Position => ({ key: row[start.shape.column], escalationId: row.escalation_id });
  const order = orderOf(start.shape);
  const beyond = rows
    .sort((a, b) => order(place(a), place(b)))
    .filter((row) => isBeyond(start, order(place(row), start.position)));
  const forward = query.direction === 'after';
  const page = forward ? beyond.slice(0, query.limit) : beyond.slice(-query.limit);
  return {
    ids: page.map(({ escalation_id }) => escalation_id),
    ...cursorsOf(start, page, { name, more: beyond.length > page.length, forward }),
    total: { n: rows.length, exact: true },
    lookedAt: all.lookedAt,
    sortedBy: start.shape.sort,
  };
}

function orderOf({ ascending }: ListShape): (a: Position, b: Position) => number {
  const sign = ascending ? 1 : -1;
  return (a, b) => {
    if (a.key === b.key) return sign * (a.escalationId - b.escalationId);
    return a.key < b.key ? -sign : sign;
  };
}

function isBeyond({ shape }: Start, order: number): boolean {
  if (shape.from === 'after') return order > 0;
  return shape.from === 'before' ? order < 0 : true;
}

type KeysRow = typeof keysOf extends { readonly row?: infer R } ? NonNullable<R> : never;
const keysOf = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('escalations')
    .select(['escalation_id', 'deadline_ms', 'recorded_key', 'decided_key'])
    .where('escalation_id', '=', arg.escalationId),
);
