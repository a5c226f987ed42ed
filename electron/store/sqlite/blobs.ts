import { sha256 } from './bytes.ts';
import type { Reader, Writer } from './connection.ts';
import { queries, statement } from './statement.ts';

/** Evidence beyond this lies in pieces of this size, so that no row is long. */
const PIECE_BYTES = 64 * 1024;

/** A blob's number and digest. */
export interface StoredBlob {
  readonly blobId: number;
  readonly sha256: Uint8Array;
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
  if (changes === 0) return { blobId: db.get(byDigest, { sha256: digest })?.blob_id ?? 0, sha256: digest };
  if (!inOneRow) putPieces(db, lastInsertRowid, bytes);
  return { blobId: lastInsertRowid, sha256: digest };
}

/** The bytes of a blob. */
export function readBlob(db: Reader, blobId: number): Uint8Array | null {
  const row = db.get(byId, { blobId });
  if (row === undefined) return null;
  if (row.body !== null) return row.body;
  return Buffer.concat(
    db.all(pieces, { blobId }).map((piece) => piece.body),
    row.size,
  );
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
  queries.selectFrom('blobs').select('blob_id').where('sha256', '=', arg.sha256),
);
const byId = statement<{ blobId: number }>()((arg) =>
  queries.selectFrom('blobs').select(['body', 'size']).where('blob_id', '=', arg.blobId),
);
const insertPiece = statement<{ blobId: number; n: number; body: Uint8Array }>()((arg) =>
  queries.insertInto('blob_pieces').values({ blob_id: arg.blobId, n: arg.n, body: arg.body }),
);
const pieces = statement<{ blobId: number }>()((arg) =>
  queries.selectFrom('blob_pieces').select('body').where('blob_id', '=', arg.blobId).orderBy('n'),
);
