import type { Change } from '../../ledger-store.ts';
import { text, uuidText } from './bytes.ts';
import type { Reader, Writer } from './connection.ts';
import { queries, statement } from './statement.ts';

/** How many changes other processes can catch up on, and how many one answer names. */
const KEPT = 10_000;
const NAMED = 200;
const PRUNE_EVERY = 256;
/** Beyond so many escalations a change is told of the list alone. */
const NAMED_BY_ONE = 100;

export interface NewChange {
  readonly tenantId: number | null;
  readonly topic: Change['topic'];
  readonly escalationId: number | null;
}

/** Notes changes for the other processes on this store, in the transaction that makes them. */
export function noteChanges(db: Writer, changes: readonly NewChange[]): void {
  for (const change of changes) {
    const { lastInsertRowid } = db.run(insert, change);
    if (lastInsertRowid % PRUNE_EVERY === 0) db.run(prune, { until: lastInsertRowid - KEPT });
  }
}

/** Notes that these escalations, and so the list, are not what they were. */
export function noteEscalations(db: Writer, tenantId: number, escalationIds: ReadonlySet<number>): void {
  if (escalationIds.size === 0) return;
  const named = escalationIds.size > NAMED_BY_ONE ? [null] : [...escalationIds];
  noteChanges(db, [
    ...named.map((escalationId): NewChange => ({ tenantId, topic: 'escalation', escalationId })),
    { tenantId, topic: 'queue', escalationId: null },
  ]);
}

/** What was committed after `cursor`, a number of this store's changes; null: from now on. */
export function changesSince(
  db: Reader,
  cursor: string | null,
): { changes: Change[]; cursor: string; overflow: boolean } {
  const { first, last } = db.get(span, {}) ?? { first: null, last: null };
  const newest = last ?? 0;
  const from = cursor === null ? newest : Number(cursor);
  const forgotten = first !== null && from + 1 < first;
  if (forgotten || newest - from > NAMED) return { changes: [], cursor: String(newest), overflow: true };
  return { changes: db.all(after, { from }).map(toChange), cursor: String(newest), overflow: false };
}

interface ChangeRow {
  topic: string;
  name: Uint8Array | null;
  id: Uint8Array | null;
  event: Uint8Array | null;
}

function toChange(row: ChangeRow): Change {
  const change = { tenant: row.name === null ? null : text(row.name), topic: row.topic as Change['topic'] };
  if (row.id === null || row.event === null) return change;
  return { ...change, key: { id: text(row.id), event: uuidText(row.event) } };
}

const insert = statement<NewChange>()((arg) =>
  queries.insertInto('changes').values({ tenant_id: arg.tenantId, topic: arg.topic, escalation_id: arg.escalationId }),
);
const prune = statement<{ until: number }>()((arg) =>
  queries.deleteFrom('changes').where('change_id', '<=', arg.until),
);
const span = statement<object>()(() =>
  queries
    .selectNoFrom((eb) => [
      eb
        .selectFrom('changes')
        .select((e) => e.fn.min('change_id').as('first'))
        .as('first'),
      eb
        .selectFrom('changes')
        .select((e) => e.fn.max('change_id').as('last'))
        .as('last'),
    ])
    .$castTo<{ first: number | null; last: number | null }>(),
);
const after = statement<{ from: number }>()((arg) =>
  queries
    .selectFrom('changes as c')
    .leftJoin('tenants as t', 't.tenant_id', 'c.tenant_id')
    .leftJoin('escalations as e', 'e.escalation_id', 'c.escalation_id')
    .select(['c.topic', 't.name', 'e.id', 'e.event'])
    .where('c.change_id', '>', arg.from)
    .orderBy('c.change_id'),
);
