import { sql } from 'kysely';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import type { EscalationRow } from '../../escalation/rows.ts';
import { eventsAbout, grouped, type ReadEvent } from './events.ts';

export interface NumberedRow {
  readonly n: number;
  readonly body: Uint8Array;
}
export interface PieceRow {
  readonly tenant_id: number;
  readonly blob_id: number;
  readonly kind: string;
  readonly role: string;
  readonly root: Uint8Array | null;
  readonly sha256: Uint8Array | null;
  readonly size: number | null;
  /** null: it lies in pieces. */
  readonly bytes: Uint8Array | null;
  /** When a rule removed its bytes; null: they are kept. */
  readonly removed_ms: number | null;
}

/** Everything of one escalation, as it lies in the store at one moment. */
export interface WholeEscalation {
  readonly row: EscalationRow | undefined;
  readonly events: readonly ReadEvent[];
  readonly decisions: readonly NumberedRow[];
  readonly dissents: readonly NumberedRow[];
  readonly evidence: readonly PieceRow[];
}

/**
 * The escalations of these numbers, each with all that belongs to it, in one query a table. `known`: events that were
 * read on the same snapshot.
 */
export function wholeEscalations(
  db: Reader,
  escalationIds: readonly number[],
  known: readonly ReadEvent[],
): Map<number, WholeEscalation> {
  const ids = JSON.stringify(escalationIds);
  const rows = new Map(db.all(rowsOf, { ids }).map((row) => [row.escalation_id, row]));
  const events = grouped(eventsAbout(db, escalationIds, known), byEscalation);
  const decisions = grouped(db.all(decisionsOf, { ids }), byEscalation);
  const dissents = grouped(db.all(dissentsOf, { ids }), byEscalation);
  const evidence = grouped(db.all(evidenceOf, { ids }), byEscalation);
  return new Map(
    escalationIds.map((id) => [
      id,
      {
        row: rows.get(id),
        events: events.get(id) ?? [],
        decisions: decisions.get(id) ?? [],
        dissents: dissents.get(id) ?? [],
        evidence: evidence.get(id) ?? [],
      },
    ]),
  );
}

/** Which of the numbers belong to an escalation of the tenant. */
export function knownEscalations(db: Reader, tenantId: number, escalationIds: readonly number[]): Set<number> {
  const ids = JSON.stringify(escalationIds);
  return new Set(db.all(ofTenant, { tenantId, ids }).map(({ escalation_id }) => escalation_id));
}

function byEscalation({ escalation_id }: { escalation_id: number | null }): number {
  return escalation_id ?? 0;
}

type Ids = { ids: string };
const among = (ids: string) => sql<boolean>`escalation_id IN (SELECT value FROM json_each(${ids}))`;

const rowsOf = statement<Ids>()((arg) => queries.selectFrom('escalations').selectAll().where(among(arg.ids)));
const decisionsOf = statement<Ids>()((arg) =>
  queries.selectFrom('decisions').selectAll().where(among(arg.ids)).orderBy('escalation_id').orderBy('n'),
);
const dissentsOf = statement<Ids>()((arg) =>
  queries.selectFrom('dissents').selectAll().where(among(arg.ids)).orderBy('escalation_id').orderBy('n'),
);
const evidenceOf = statement<Ids>()((arg) =>
  queries
    .selectFrom('evidence as e')
    .leftJoin('blobs as b', 'b.blob_id', 'e.blob_id')
    .select(['e.escalation_id', 'e.tenant_id', 'e.blob_id', 'e.kind', 'e.role', 'e.root', 'e.removed_ms'])
    .select(['b.sha256', 'b.size', 'b.body as bytes'])
    .where(among(arg.ids))
    .orderBy('e.evidence_id'),
);
const ofTenant = statement<Ids & { tenantId: number }>()((arg) =>
  queries.selectFrom('escalations').select('escalation_id').where('tenant_id', '=', arg.tenantId).where(among(arg.ids)),
);
