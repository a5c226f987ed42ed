import { sql } from 'kysely';
import { instantText } from '../../../../shared/domain/clock.ts';
import type { Evidence, EvidenceKind, EvidenceRole, Verdict } from '../../../../shared/domain/escalation.ts';
import type { EvidenceReport } from '../../../../shared/domain/verdict.ts';
import type { EvidencePiece, NewEvidence } from '../../ledger-store.ts';
import { putBlob, readBlob, refillBlob, type StoredBlob } from '../base/blobs.ts';
import { body, hex, unbody, unhex } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { findTenant, type TenantRow } from '../tenant/tenants.ts';

/**
 * What attaching changed: the digests that are new to the escalation, how many of them are packets, and whether there is
 * something among them that has still to be judged.
 */
export interface Attached {
  readonly added: readonly AttachedPiece[];
  readonly packets: number;
  readonly toJudge: boolean;
}

/** A piece as the log names it. */
export interface AttachedPiece {
  readonly sha256: string;
  readonly kind: EvidenceKind;
  readonly role: EvidenceRole;
  readonly root?: string;
}

/** A piece whose bytes are kept. */
export interface KeptPiece {
  readonly piece: NewEvidence;
  readonly blob: StoredBlob;
}

/** Keeps the bytes of the pieces, those of the same bytes and role as one. */
export function keepPieces(db: Writer, evidence: readonly NewEvidence[]): KeptPiece[] {
  const kept = evidence.map((piece) => ({ piece, blob: putBlob(db, piece.bytes) }));
  const isSame = (a: KeptPiece, b: KeptPiece) => a.blob.blobId === b.blob.blobId && a.piece.role === b.piece.role;
  return kept.filter((one, at) => kept.findIndex((other) => isSame(one, other)) === at);
}

export function countPackets(pieces: readonly KeptPiece[]): number {
  return pieces.filter(({ piece }) => piece.kind === 'vep' || piece.kind === 'capsule').length;
}

/** Attaches kept pieces to the escalation; what it has already stays as it is. */
export function linkPieces(
  db: Writer,
  { tenantId, trustEpoch }: Owner,
  escalationId: number,
  pieces: readonly KeptPiece[],
): Attached {
  const fresh = pieces.filter(({ piece, blob }) => {
    const { blobId } = blob;
    const report = reportToKeep(piece, trustEpoch);
    const isNew = db.run(attach, { tenantId, escalationId, blobId, ...columnsOf(piece, report) }).changes === 1;
    if (isNew) refillBlob(db, blob, piece.bytes);
    return isNew;
  });
  const added = fresh.map(({ piece: { kind, role, root }, blob }) => ({
    sha256: hex(blob.sha256),
    kind,
    role,
    ...(root === undefined ? {} : { root }),
  }));
  const toJudge = fresh.some(({ piece }) => piece.kind !== 'source-row' && reportToKeep(piece, trustEpoch) === null);
  return { added, packets: countPackets(fresh), toJudge };
}

/** Attaches evidence to the escalation; the same bytes in the same role twice are one piece. */
export function attachEvidence(
  db: Writer,
  owner: Owner,
  escalationId: number,
  evidence: readonly NewEvidence[],
): Attached {
  return linkPieces(db, owner, escalationId, keepPieces(db, evidence));
}

/**
 * What a piece was judged as before it came, where that counts as much as the escalation's own judgement: of a packet
 * that resolves it, judged with the keys of today, and for good, which what says anything of a token's lifetime is not.
 */
function reportToKeep({ role, kind, report, reportEpoch }: NewEvidence, trustEpoch: number): EvidenceReport | null {
  const isPacket = kind === 'vep' || kind === 'capsule';
  if (report === undefined || role !== 'resolution' || !isPacket) return null;
  if (reportEpoch !== undefined && reportEpoch !== trustEpoch) return null;
  return report.checks.some(({ name }) => name === 'token.lifecycle') ? null : report;
}

/** Keeps evidence that no escalation took. */
export function keepUnattached(db: Writer, tenantId: number, evidence: readonly NewEvidence[]): void {
  for (const piece of evidence) {
    const blob = putBlob(db, piece.bytes);
    const isNew = db.run(keep, { tenantId, blobId: blob.blobId, ...columnsOf(piece, null) }).changes === 1;
    if (isNew) refillBlob(db, blob, piece.bytes);
  }
}

/** The escalation's evidence in the order in which it came, to be shown by `toEvidence`. */
export function evidenceOf(db: Reader, escalationId: number) {
  return db.all(ofEscalation, { escalationId });
}
export type EvidenceRow = ReturnType<typeof evidenceOf>[number];

/** The same of many, each piece with its escalation's number. */
export function evidenceOfMany(db: Reader, escalationIds: readonly number[]) {
  return db.all(ofEscalations, { ids: JSON.stringify(escalationIds) });
}

/** A piece with what it was found to be where that is `current`, else unchecked; a source row has no verdict. */
export function toEvidence(row: EvidenceRow, current: boolean): Evidence {
  return {
    sha256: hex(row.sha256),
    kind: row.kind as EvidenceKind,
    role: row.role as EvidenceRole,
    bytes: row.size,
    verdict: row.kind === 'source-row' ? null : current ? ((row.verdict ?? 'unchecked') as Verdict) : 'unchecked',
    ...(row.removed_ms === null ? {} : { removed_at: instantText(row.removed_ms) }),
  };
}

/** What each piece was judged as, in the order of `evidenceOf`; null for a source row and for what is not judged. */
export function reportsOf(db: Reader, escalationId: number): (EvidenceReport | null)[] {
  return db
    .all(reportsOfEscalation, { escalationId })
    .map(({ report }) => (report === null ? null : unbody<EvidenceReport>(report)));
}

/** Exact bytes of a piece of the tenant's own evidence; null for what is not its own (I5), or was removed. */
export function evidenceBytes(db: Reader, tenantId: number, sha256: string): Uint8Array | null {
  const row = db.get(ofTenant, { tenantId, sha256: unhex(sha256) });
  return row === undefined ? null : (row.body ?? readBlob(db, row.blob_id));
}

/** Beyond these a step of `someEvidence` takes no piece more: a snapshot is short, and memory holds few. */
const PIECES_AT_ONCE = 100;
const BYTES_AT_ONCE = 1024 * 1024;

/** The pieces of the next digests, at least one while there are any; `next` null where there are no more. */
export function someEvidence(
  db: Reader,
  tenant: string,
  sha256s: Iterator<string>,
): { pieces: EvidencePiece[]; next: Iterator<string> | null } {
  const tenantId = findTenant(db, tenant)?.tenantId;
  const pieces: EvidencePiece[] = [];
  for (let held = 0; pieces.length < PIECES_AT_ONCE && held < BYTES_AT_ONCE; ) {
    const next = sha256s.next();
    if (next.done === true) return { pieces, next: null };
    const bytes = tenantId === undefined ? null : evidenceBytes(db, tenantId, next.value);
    pieces.push({ sha256: next.value, bytes });
    held += bytes?.length ?? 0;
  }
  return { pieces, next: sha256s };
}

function columnsOf({ kind, role, root }: NewEvidence, report: EvidenceReport | null) {
  return {
    kind,
    role,
    root: root === undefined ? null : unhex(root),
    verdict: report?.verdict ?? null,
    report: report === null ? null : body(report),
  };
}

/** Whose evidence it is, and the epoch of the keys that it trusts. */
type Owner = Pick<TenantRow, 'tenantId' | 'trustEpoch'>;

interface Link {
  tenantId: number;
  blobId: number;
  kind: string;
  role: string;
  root: Uint8Array | null;
}

const attach = statement<Link & { escalationId: number; verdict: string | null; report: Uint8Array | null }>()((arg) =>
  queries
    .insertInto('evidence')
    .values({
      tenant_id: arg.tenantId,
      escalation_id: arg.escalationId,
      blob_id: arg.blobId,
      kind: arg.kind,
      role: arg.role,
      root: arg.root,
      verdict: arg.verdict,
      report: arg.report,
    })
    .onConflict((conflict) => conflict.doNothing()),
);
const keep = statement<Link>()((arg) =>
  queries
    .insertInto('evidence')
    .values({
      tenant_id: arg.tenantId,
      escalation_id: null,
      blob_id: arg.blobId,
      kind: arg.kind,
      role: arg.role,
      root: arg.root,
    })
    .onConflict((conflict) => conflict.doNothing()),
);
const shown = queries
  .selectFrom('evidence as e')
  .innerJoin('blobs as b', 'b.blob_id', 'e.blob_id')
  .select(['b.sha256', 'b.size', 'e.kind', 'e.role', 'e.verdict', 'e.removed_ms'])
  .orderBy('e.evidence_id');
const ofEscalation = statement<{ escalationId: number }>()((arg) =>
  shown.where('e.escalation_id', '=', arg.escalationId),
);
const ofEscalations = statement<{ ids: string }>()((arg) =>
  shown.select('e.escalation_id').where(sql<boolean>`e.escalation_id IN (SELECT value FROM json_each(${arg.ids}))`),
);
const reportsOfEscalation = statement<{ escalationId: number }>()((arg) =>
  queries.selectFrom('evidence').select('report').where('escalation_id', '=', arg.escalationId).orderBy('evidence_id'),
);
const ofTenant = statement<{ tenantId: number; sha256: Uint8Array }>()((arg) =>
  queries
    .selectFrom('blobs as b')
    .innerJoin('evidence as e', 'e.blob_id', 'b.blob_id')
    .select(['b.blob_id', 'b.body'])
    .where('b.sha256', '=', arg.sha256)
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.removed_ms', 'is', null)
    .limit(1),
);
