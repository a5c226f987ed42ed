import { sql } from 'kysely';
import { sha256 } from './bytes.ts';
import type { Reader, Writer } from './connection.ts';
import { queries, statement } from './statement.ts';

/** Evidence beyond this lies in pieces of this size, so that no row is long. */
const PIECE_BYTES = 64 * 1024;

/** A blob's number and digest. */
export interface StoredBlob {
  readonly blobId: number;
  readonly sha256: Uint8Array;
  /** Its bytes were removed once: whoever attaches it now gives them back (`refillBlob`). */
  readonly emptied: boolean;
}

/** Keeps the exact bytes, once however often they come. */
export function putBlob(db: Writer, bytes: Uint8Array): StoredBlob {
  const digest = sha256(bytes);
  const inOneRow = bytes.length <= PIECE_BYTES;
  const { changes, lastInsertRowid } = db.run(insert, {
    sha256: digest,
    size: bytes.length,
    body: inOneRow ? bytes : null,
  });
  if (changes === 0) {
    const known = db.get(byDigest, { sha256: digest });
    return { blobId: known?.blob_id ?? 0, sha256: digest, emptied: known?.emptied === 1 };
  }
  if (!inOneRow) putPieces(db, lastInsertRowid, bytes);
  return { blobId: lastInsertRowid, sha256: digest, emptied: false };
}

/** The bytes of a blob; null where there is none, or its bytes were removed. */
export function readBlob(db: Reader, blobId: number): Uint8Array | null {
  const row = db.get(byId, { blobId });
  if (row === undefined) return null;
  if (row.body !== null) return row.body;
  const parts = db.all(pieces, { blobId });
  if (parts.length === 0) return null;
  return Buffer.concat(
    parts.map((piece) => piece.body),
    row.size,
  );
}

/** Removes a blob's bytes; that it was there, its digest and its size stay. */
export function emptyBlob(db: Writer, blobId: number): void {
  db.run(setBody, { blobId, body: null });
  db.run(dropPieces, { blobId });
}

/** Gives an emptied blob its bytes back. */
export function refillBlob(db: Writer, { blobId, emptied }: StoredBlob, bytes: Uint8Array): void {
  if (!emptied) return;
  if (bytes.length <= PIECE_BYTES) db.run(setBody, { blobId, body: bytes });
  else putPieces(db, blobId, bytes);
}

function putPieces(db: Writer, blobId: number, bytes: Uint8Array): void {
  for (let n = 0; n * PIECE_BYTES < bytes.length; n += 1) {
    db.run(insertPiece, { blobId, n, body: bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES) });
  }
}

const insert = statement<{ sha256: Uint8Array; size: number; body: Uint8Array | null }>()((arg) =>
  queries
    .insertInto('blobs')
    .values({ sha256: arg.sha256, size: arg.size, body: arg.body })
    .onConflict((conflict) => conflict.column('sha256').doNothing()),
);
const byDigest = statement<{ sha256: Uint8Array }>()((arg) =>
  queries
    .selectFrom('blobs')
    .select('blob_id')
    .select(
      sql<number>`body IS NULL AND NOT EXISTS (SELECT 1 FROM blob_pieces p WHERE p.blob_id = blobs.blob_id)`.as(
        'emptied',
      ),
    )
    .where('sha256', '=', arg.sha256),
);
const byId = statement<{ blobId: number }>()((arg) =>
  queries.selectFrom('blobs').select(['body', 'size']).where('blob_id', '=', arg.blobId),
);
const insertPiece = statement<{ blobId: number; n: number; body: Uint8Array }>()((arg) =>
  // The same bytes may be attached in two roles at once, and are refilled once.
  queries
    .insertInto('blob_pieces')
    .values({ blob_id: arg.blobId, n: arg.n, body: arg.body })
    .onConflict((conflict) => conflict.doNothing()),
);
const setBody = statement<{ blobId: number; body: Uint8Array | null }>()((arg) =>
  queries.updateTable('blobs').set({ body: arg.body }).where('blob_id', '=', arg.blobId),
);
const dropPieces = statement<{ blobId: number }>()((arg) =>
  queries.deleteFrom('blob_pieces').where('blob_id', '=', arg.blobId),
);
const pieces = statement<{ blobId: number }>()((arg) =>
  queries.selectFrom('blob_pieces').select('body').where('blob_id', '=', arg.blobId).orderBy('n'),
);
