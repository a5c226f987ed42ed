import { createHash } from 'node:crypto';
import { equalBytes } from '../../../../audit/log/merkle.ts';
import { sha256 } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import type { PieceRow } from './escalation-rows.ts';

/** What is wrong with the bytes that are kept of a piece of evidence; null where they are the ones of its digest. */
export function blobFault(db: Reader, { blob_id, sha256: digest, size, bytes }: PieceRow): string | null {
  if (digest === null || size === null) return 'Its bytes are not there.';
  const kept = bytes === null ? hashPieces(db, blob_id) : { digest: sha256(bytes), size: bytes.length };
  if (kept === null) return 'Its bytes are not whole.';
  if (!equalBytes(kept.digest, digest)) return 'Its bytes do not have its SHA-256.';
  return kept.size === size ? null : 'Its size is not that of its bytes.';
}

/** Digest and size over the pieces in order, one at a time; null where one is missing. */
function hashPieces(db: Reader, blobId: number): { digest: Uint8Array; size: number } | null {
  const whole = createHash('sha256');
  let [next, size] = [0, 0];
  for (const { n, body } of db.iterate(pieces, { blobId })) {
    if (n !== next) return null;
    whole.update(body);
    next += 1;
    size += body.length;
  }
  return next === 0 ? null : { digest: whole.digest(), size };
}

const pieces = statement<{ blobId: number }>()((arg) =>
  queries.selectFrom('blob_pieces').select(['n', 'body']).where('blob_id', '=', arg.blobId).orderBy('n'),
);
