import { sql } from 'kysely';
import type { Dissent, Escalation } from '../../../../shared/domain/escalation.ts';
import { unbody } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import type { TenantRow } from '../tenant/tenants.ts';
import { decisionIn } from './carried-statements.ts';
import { evidenceOfMany } from './evidence.ts';
import { assembled, type EscalationRow } from './rows.ts';

/** As `toEscalation`, of many at once: a query a table, not an escalation. */
export function toEscalations(
  db: Reader,
  tenant: Pick<TenantRow, 'name' | 'trustEpoch'>,
  rows: readonly EscalationRow[],
  now: number,
): Escalation[] {
  const numbers = rows.map(({ escalation_id }) => escalation_id);
  const ids = JSON.stringify(numbers);
  const evidence = Map.groupBy(evidenceOfMany(db, numbers), byEscalation);
  const decisions = new Map(db.all(decisionsOf, { ids }).map((row) => [row.escalation_id, row.body]));
  const dissents = Map.groupBy(db.all(dissentsOf, { ids }), byEscalation);
  return rows.map((row) => {
    const id = row.escalation_id;
    const decision = decisions.get(id);
    const whole = {
      row,
      decision: decision === undefined ? null : decisionIn(decision),
      evidence: evidence.get(id) ?? [],
      dissents: (dissents.get(id) ?? []).map(({ body }) => unbody<Dissent>(body)),
    };
    return assembled(db, tenant, whole, now);
  });
}

function byEscalation({ escalation_id }: { escalation_id: number | null }): number | null {
  return escalation_id;
}

type Ids = { ids: string };
const among = (ids: string) => sql<boolean>`escalation_id IN (SELECT value FROM json_each(${ids}))`;
const decisionsOf = statement<Ids>()((arg) =>
  queries.selectFrom('decisions').select(['escalation_id', 'body']).where('n', '=', sql.lit(0)).where(among(arg.ids)),
);
const dissentsOf = statement<Ids>()((arg) =>
  queries
    .selectFrom('dissents')
    .select(['escalation_id', 'body'])
    .where(among(arg.ids))
    .orderBy('escalation_id')
    .orderBy('n'),
);
