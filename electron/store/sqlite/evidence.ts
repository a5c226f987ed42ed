import type { Evidence, EvidenceKind, EvidenceRole } from '../../../shared/domain/escalation.ts';
import type { NewEvidence } from '../ledger-store.ts';
import { putBlob, readBlob, type StoredBlob } from './blobs.ts';
import { hex, unhex } from './bytes.ts';
import type { Reader, Writer } from './connection.ts';
import { queries, statement } from './statement.ts';

/** What attaching changed: the digests that are new to the escalation, and how many of them are packets. */
export interface Attached {
  readonly added: readonly { readonly sha256: string; readonly role: EvidenceRole }[];
  readonly packets: number;
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
export function linkPieces(db: Writer, tenantId: number, escalationId: number, pieces: readonly KeptPiece[]): Attached {
  const fresh = pieces.filter(({ piece, blob }) => {
    const { changes } = db.run(attach, { tenantId, escalationId, blobId: blob.blobId, ...columnsOf(piece) });
    return changes === 1;
  });
  const added = fresh.map(({ piece, blob }) => ({ sha256: hex(blob.sha256), role: piece.role }));
  return { added, packets: countPackets(fresh) };
}

/** Attaches evidence to the escalation; the same bytes in the same role twice are one piece. */
export function attachEvidence(
  db: Writer,
  tenantId: number,
  escalationId: number,
  evidence: readonly NewEvidence[],
): Attached {
  return linkPieces(db, tenantId, escalationId, keepPieces(db, evidence));
}

/** Keeps evidence that no escalation took. */
export function keepUnattached(db: Writer, tenantId: number, evidence: readonly NewEvidence[]): void {
  for (const piece of evidence) {
    const { blobId } = putBlob(db, piece.bytes);
    db.run(keep, { tenantId, blobId, ...columnsOf(piece) });
  }
}

/** The escalation's evidence in the order in which it came. Nothing is verified here; a source row has no verdict. */
export function evidenceOf(db: Reader, escalationId: number): Evidence[] {
  return db.all(ofEscalation, { escalationId }).map((row) => ({
    sha256: hex(row.sha256),
    kind: row.kind as EvidenceKind,
    role: row.role as EvidenceRole,
    bytes: row.size,
    verdict: row.kind === 'source-row' ? null : 'unchecked',
  }));
}

/** Exact bytes of a piece of the tenant's own evidence; null for what is not its own (I5). */
export function evidenceBytes(db: Reader, tenantId: number, sha256: string): Uint8Array | null {
  const row = db.get(ofTenant, { tenantId, sha256: unhex(sha256) });
  return row === undefined ? null : readBlob(db, row.blob_id);
}

function columnsOf(piece: NewEvidence) {
  return { kind: piece.kind, role: piece.role, root: piece.root === undefined ? null : unhex(piece.root) };
}

interface Link {
  tenantId: number;
  blobId: number;
  kind: string;
  role: string;
  root: Uint8Array | null;
}

const attach = statement<Link & { escalationId: number }>()((arg) =>
  queries
    .insertInto('evidence')
    .values({
      tenant_id: arg.tenantId,
      escalation_id: arg.escalationId,
      blob_id: arg.blobId,
      kind: arg.kind,
      role: arg.role,
      root: arg.root,
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
const ofEscalation = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('evidence as e')
    .innerJoin('blobs as b', 'b.blob_id', 'e.blob_id')
    .select(['b.sha256', 'b.size', 'e.kind', 'e.role'])
    .where('e.escalation_id', '=', arg.escalationId)
    .orderBy('e.evidence_id'),
);
const ofTenant = statement<{ tenantId: number; sha256: Uint8Array }>()((arg) =>
  queries
    .selectFrom('blobs as b')
    .innerJoin('evidence as e', 'e.blob_id', 'b.blob_id')
    .select('b.blob_id')
    .where('b.sha256', '=', arg.sha256)
    .where('e.tenant_id', '=', arg.tenantId)
    .limit(1),
);
