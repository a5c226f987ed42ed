import { sql } from 'kysely';
import type { LogFailure } from '../../../ledger-store.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import { blobFault } from './blobs.ts';
import type { PieceRow } from './escalation-rows.ts';
import { unless } from './failure.ts';

/** So many rows are looked at in one step. */
const AT_ONCE = 5_000;
/** Bytes are read with these, so that a step takes fewer. */
const BLOBS_AT_ONCE = 100;

/** One walk in steps: `from` is where a step begins, its answer where the next one does, null at the end. */
export interface Walk {
  readonly step: (db: Reader, tenantId: number, from: number) => { failures: LogFailure[]; next: number | null };
}

/**
 * Rows that hang on none that could have an event: what no event's own check comes by. Evidence that no escalation took
 * has no event, so that its bytes are all there is to it.
 */
export const ORPHAN_WALKS: readonly Walk[] = [
  walk('event_fields', 'EVENT', (db, from) => db.all(fieldsWithoutEvent, { from, limit: AT_ONCE })),
  walk('decisions', 'ESCALATION', (db, from) => db.all(decisionsWithout, { from, limit: AT_ONCE })),
  walk('dissents', 'ESCALATION', (db, from) => db.all(dissentsWithout, { from, limit: AT_ONCE })),
  walk('evidence', 'ESCALATION', (db, from) => db.all(evidenceWithout, { from, limit: AT_ONCE })),
  walk('checkpoints', 'TENANT', (db) => db.all(checkpointsWithout, {})),
  { step: unattachedStep },
];

interface Looked {
  readonly at: number;
  /** null: there is none. */
  readonly parent: number | null;
}

function walk(table: string, what: string, read: (db: Reader, from: number) => Looked[]): Walk {
  return {
    step: (db, _tenantId, from) => {
      const rows = read(db, from);
      const lost = rows.filter(({ parent }) => parent === null);
      const failures = lost.map(({ at }) => ({
        place: `${table} ${at}`,
        code: 'ROW_WITHOUT_EVENT',
        detail: `It belongs to no ${what.toLowerCase()}.`,
      }));
      // Rows of one number may go on after the step's end, and are then looked at twice.
      const last = rows.at(-1)?.at ?? null;
      return { failures, next: rows.length < AT_ONCE ? null : last === from ? from + 1 : last };
    },
  };
}

function unattachedStep(db: Reader, tenantId: number, from: number) {
  const rows = db.all(unattached, { tenantId, from });
  const failures = rows.flatMap((row): LogFailure[] => {
    const fault = blobFault(db, row);
    return unless(fault === null, `evidence ${row.at}`, 'EVIDENCE', fault ?? '');
  });
  return { failures, next: rows.length < BLOBS_AT_ONCE ? null : (rows.at(-1)?.blob_id ?? 0) + 1 };
}

type From = { from: number; limit: number };
const fieldsWithoutEvent = statement<From>()((arg) =>
  queries
    .selectFrom('event_fields as c')
    .leftJoin('ledger_events as p', 'p.event_id', 'c.event_id')
    .select(['c.event_id as at', 'p.event_id as parent'])
    .where('c.event_id', '>=', arg.from)
    .orderBy('c.event_id')
    .limit(arg.limit),
);
const ofEscalations = (table: 'decisions' | 'dissents') =>
  statement<From>()((arg) =>
    queries
      .selectFrom(`${table} as c`)
      .leftJoin('escalations as p', 'p.escalation_id', 'c.escalation_id')
      .select(['c.escalation_id as at', 'p.escalation_id as parent'])
      .where('c.escalation_id', '>=', arg.from)
      .orderBy('c.escalation_id')
      .limit(arg.limit),
  );
const decisionsWithout = ofEscalations('decisions');
const dissentsWithout = ofEscalations('dissents');
const evidenceWithout = statement<From>()((arg) =>
  queries
    .selectFrom('evidence as c')
    .leftJoin('escalations as p', (join) =>
      join.onRef('p.escalation_id', '=', 'c.escalation_id').onRef('p.tenant_id', '=', 'c.tenant_id'),
    )
    .select(['c.evidence_id as at', sql<number | null>`iif(c.escalation_id IS NULL, 0, p.escalation_id)`.as('parent')])
    .where('c.evidence_id', '>=', arg.from)
    .orderBy('c.evidence_id')
    .limit(arg.limit),
);
const checkpointsWithout = statement<object>()(() =>
  queries
    .selectFrom('checkpoints')
    .leftJoin('tenants', 'tenants.tenant_id', 'checkpoints.tenant_id')
    .select(['checkpoints.size as at', 'tenants.tenant_id as parent'])
    .where('tenants.tenant_id', 'is', null),
);
const unattached = statement<{ tenantId: number; from: number }>()((arg) =>
  queries
    .selectFrom('evidence as e')
    .leftJoin('blobs as b', 'b.blob_id', 'e.blob_id')
    .select(['e.evidence_id as at', 'e.tenant_id', 'e.blob_id', 'e.kind', 'e.role', 'e.root', 'e.removed_ms'])
    .select(['b.sha256', 'b.size', 'b.body as bytes'])
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.escalation_id', 'is', null)
    .where('e.blob_id', '>=', arg.from)
    .orderBy('e.blob_id')
    .limit(sql.lit(BLOBS_AT_ONCE))
    .$castTo<PieceRow & { at: number }>(),
);
