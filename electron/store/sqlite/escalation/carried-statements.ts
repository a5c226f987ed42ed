import { sql } from 'kysely';
import { CarriedStatement } from '../../../../shared/domain/carried-statement.ts';
import type { Decision } from '../../../../shared/domain/escalation.ts';
import { hex, unbody } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

/** A decision as its body has it: one that was imported with a statement that holds has that beside it. */
export interface KeptDecision extends Decision {
  readonly statement?: CarriedStatement;
}

/** The decision that a body holds, as all but exports know it. */
export function decisionIn(body: Uint8Array): Decision {
  const { statement: _beside, ...decision } = unbody<KeptDecision>(body);
  return decision;
}

/** The statement that the decision of an escalation was imported with; null: it was decided here, or came without. */
export function broughtStatement(db: Reader, escalationId: number): CarriedStatement | null {
  return brought(db, [escalationId]).get(escalationId) ?? null;
}

/**
 * The signed statements of these escalations' decisions, of those that were made here and of those that came with theirs;
 * none for a decision without, nor where the salts that open it were removed from beside the log.
 */
export function statementsOf(db: Reader, escalationIds: readonly number[]): Map<number, CarriedStatement> {
  if (escalationIds.length === 0) return new Map();
  return new Map([...brought(db, escalationIds), ...madeHere(db, escalationIds)]);
}

function brought(db: Reader, escalationIds: readonly number[]): Map<number, CarriedStatement> {
  const rows = db.all(besideDecisions, { ids: JSON.stringify(escalationIds) });
  return new Map(rows.map((row) => [row.escalation_id, JSON.parse(row.statement) as CarriedStatement]));
}

function madeHere(db: Reader, escalationIds: readonly number[]): Map<number, CarriedStatement> {
  const events = db.all(decidingEvents, { ids: JSON.stringify(escalationIds) });
  const ids = JSON.stringify(events.map(({ event_id }) => event_id));
  const salts = Map.groupBy(db.all(saltsOf, { ids }), ({ event_id }) => event_id);
  const found = new Map<number, CarriedStatement>();
  for (const { event_id, escalation_id, leaf } of events) {
    const { envelope } = unbody<{ envelope?: unknown }>(leaf);
    const named = (salts.get(event_id) ?? []).map(({ name, salt }) => [name, hex(salt)] as const);
    const carried = CarriedStatement.safeParse({ envelope, salts: Object.fromEntries(named) });
    if (carried.success && escalation_id !== null) found.set(escalation_id, carried.data);
  }
  return found;
}

type Ids = { ids: string };
const among = (ids: string) => sql<boolean>`escalation_id IN (SELECT value FROM json_each(${ids}))`;
const besideDecisions = statement<Ids>()((arg) =>
  queries
    .selectFrom('decisions')
    .select(['escalation_id', sql<string>`json_extract(CAST(body AS TEXT), '$.statement')`.as('statement')])
    .where('n', '=', sql.lit(0))
    .where(among(arg.ids))
    .where(sql<boolean>`json_extract(CAST(body AS TEXT), '$.statement') IS NOT NULL`),
);
const decidingEvents = statement<Ids>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select(['event_id', 'escalation_id', 'leaf'])
    .where(among(arg.ids))
    .where('kind', '=', sql.lit('decision.recorded')),
);
const saltsOf = statement<Ids>()((arg) =>
  queries
    .selectFrom('event_fields')
    .select(['event_id', 'name', 'salt'])
    .where(sql<boolean>`event_id IN (SELECT value FROM json_each(${arg.ids}))`)
    .where('name', 'in', ['escalation_id', 'reason', 'reviewer', 'policy']),
);
