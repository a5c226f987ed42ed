import type { Selectable } from 'kysely';
import { instantText } from '../../../../shared/domain/clock.ts';
import { deadlineOf } from '../../../../shared/domain/deadline.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type {
  DeadlinePart,
  Decision,
  Dissent,
  Escalation,
  EscalationKey,
  Finding,
  Request,
  Status,
  WireRecord,
} from '../../../../shared/domain/escalation.ts';
import { sha256, text, unbody, uuidBytes } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import type { EscalationTable } from '../base/schema.ts';
import { queries, statement } from '../base/statement.ts';
import { profileName } from '../tenant/profiles.ts';
import type { TenantRow } from '../tenant/tenants.ts';
import { decisionIn } from './carried-statements.ts';
import { type EvidenceRow, evidenceOf, toEvidence } from './evidence.ts';
import { judgementOf, withJudged } from './judgement.ts';

export type EscalationRow = Selectable<EscalationTable>;

/** The row of the escalation; undefined when the tenant has none such. */
export function findRow(
  db: Reader,
  tenantId: number,
  key: Pick<EscalationKey, 'id' | 'event'>,
): EscalationRow | undefined {
  return db.get(byKey, { tenantId, idSha256: sha256(key.id), event: uuidBytes(key.event) });
}

/** NOT_FOUND when the tenant has none such. */
export function requireRow(db: Reader, tenantId: number, key: EscalationKey): EscalationRow {
  const row = findRow(db, tenantId, key);
  if (row !== undefined) return row;
  throw noEscalation(key);
}

export function noEscalation(key: EscalationKey): DeskError {
  return new DeskError('NOT_FOUND', 'There is no such escalation in this tenant. Nothing was changed.', { ...key });
}

/** All rows of an id, oldest first. */
export function rowsOfId(db: Reader, tenantId: number, id: string): EscalationRow[] {
  // Sorted here, not by the query: it is asked for every record of an import, and nearly always answers none.
  return db.all(byId, { tenantId, idSha256: sha256(id) }).sort((a, b) => a.escalation_id - b.escalation_id);
}

/** All deadlines of a row: the token's and the agent's as they came, and the tenant's own. */
export function deadlineParts(row: Pick<EscalationRow, 'deadlines' | 'sla_ms'>): DeadlinePart[] {
  const came = unbody<DeadlinePart[]>(row.deadlines);
  return row.sla_ms === null ? came : [...came, { at: instantText(row.sla_ms), source: 'sla' }];
}

export function deadlineOfRow(
  row: Pick<EscalationRow, 'deadlines' | 'sla_ms' | 'status' | 'past_on_arrival'>,
  now: number,
) {
  const state = { now, status: row.status as Status, pastOnArrival: row.past_on_arrival === 1 };
  return deadlineOf(deadlineParts(row), state);
}

/** Who holds the escalation at `now`, a profile's id; null when nobody does. */
export function claimant(row: Pick<EscalationRow, 'claimed_by' | 'claim_until_ms'>, now: number): string | null {
  return row.claim_until_ms !== null && row.claim_until_ms > now ? row.claimed_by : null;
}

/** The escalation as it stands, read in the caller's snapshot or transaction. */
export function toEscalation(
  db: Reader,
  tenant: Pick<TenantRow, 'name' | 'trustEpoch'>,
  row: EscalationRow,
  now: number,
): Escalation {
  const id = row.escalation_id;
  const beside = { decision: decisionOf(db, id), evidence: evidenceOf(db, id), dissents: dissentsOf(db, id) };
  return assembled(db, tenant, { row, ...beside }, now);
}

/** A row with what other tables have of its escalation. */
export interface WholeRow {
  readonly row: EscalationRow;
  readonly decision: Decision | null;
  readonly evidence: readonly EvidenceRow[];
  readonly dissents: Dissent[];
}

/** As `toEscalation`, of what was read together. */
export function assembled(
  db: Reader,
  { name: tenant, trustEpoch }: Pick<TenantRow, 'name' | 'trustEpoch'>,
  { row, decision, evidence, dissents }: WholeRow,
  now: number,
): Escalation {
  const by = claimant(row, now);
  const judged = judgementOf(row, trustEpoch, now);
  return {
    tenant,
    record: unbody<WireRecord>(row.record),
    request: row.request === null ? null : { ...unbody<Request>(row.request), signed: [...judged.signed] },
    decision,
    deadline: deadlineOfRow(row, now),
    claim: by === null ? null : { by: profileName(db, by), until: instantText(row.claim_until_ms ?? now) },
    delivery: null,
    evidence: evidence.map((piece) => toEvidence(piece, judged.current)),
    findings: withJudged(unbody<Finding[]>(row.findings), judged.findings),
    dissents,
    version: String(row.version),
  };
}

/** The decision that stands: the first. null while there is none. */
export function decisionOf(db: Reader, escalationId: number): Decision | null {
  const first = db.get(decision, { escalationId });
  return first === undefined ? null : decisionIn(first.body);
}

export function dissentsOf(db: Reader, escalationId: number): Dissent[] {
  return db.all(dissents, { escalationId }).map((row) => unbody<Dissent>(row.body));
}

/** What the counts know of it. */
export function countedAs(row: Pick<EscalationRow, 'status' | 'deceptive' | 'verdict'>) {
  return { status: row.status as Status, deceptive: row.deceptive === 1, failed: row.verdict === 'failed' };
}

export function idOf(row: Pick<EscalationRow, 'id'>): string {
  return text(row.id);
}

const byKey = statement<{ tenantId: number; idSha256: Uint8Array; event: Uint8Array }>()((arg) =>
  queries
    .selectFrom('escalations')
    .selectAll()
    .where('tenant_id', '=', arg.tenantId)
    .where('id_sha256', '=', arg.idSha256)
    .where('event', '=', arg.event),
);
const byId = statement<{ tenantId: number; idSha256: Uint8Array }>()((arg) =>
  queries
    .selectFrom('escalations')
    .selectAll()
    .where('tenant_id', '=', arg.tenantId)
    .where('id_sha256', '=', arg.idSha256),
);
const decision = statement<{ escalationId: number }>()((arg) =>
  queries.selectFrom('decisions').select('body').where('escalation_id', '=', arg.escalationId).where('n', '=', 0),
);
const dissents = statement<{ escalationId: number }>()((arg) =>
  queries.selectFrom('dissents').select('body').where('escalation_id', '=', arg.escalationId).orderBy('n'),
);
