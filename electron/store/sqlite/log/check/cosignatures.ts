import { readNote } from '../../../../audit/head/note.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { utf8 } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import { lineDigest } from '../cosignatures.ts';
import { parsed, unless } from './failure.ts';

/** What events say that witnesses added to a signed head is still on it. */
export function checkCosignatures(db: Reader, tenantId: number): LogFailure[] {
  return db.all(added, { tenantId }).flatMap(({ seq, leaf }) => {
    const { size, cosignatures } = parsed(leaf) as { size: string; cosignatures: { sha256: string }[] };
    const note = db.get(noteOf, { tenantId, size: Number(size) })?.note;
    const lines = new Set((readNote(utf8(note ?? ''))?.signatures ?? []).map(lineDigest));
    const isThere = cosignatures.every(({ sha256 }) => lines.has(sha256));
    return unless(
      isThere,
      `checkpoint ${size}`,
      'COSIGNATURE',
      `A cosignature that event ${seq} tells of is not on it.`,
    );
  });
}

const added = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select(['seq', 'leaf'])
    .where('tenant_id', '=', arg.tenantId)
    .where('kind', '=', 'cosignature.added')
    .orderBy('seq'),
);
const noteOf = statement<{ tenantId: number; size: number }>()((arg) =>
  queries.selectFrom('checkpoints').select('note').where('tenant_id', '=', arg.tenantId).where('size', '=', arg.size),
);
