import { DeskError } from '../../../../shared/domain/errors.ts';
import { type Note, type NoteSignature, readNote, writeNote } from '../../../audit/head/note.ts';
import { equalBytes } from '../../../audit/log/merkle.ts';
import type { AddedCosignature, StoredCheckpoint, Write } from '../../ledger-store.ts';
import { digestOf, hex, unhex, utf8 } from '../base/bytes.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import type { KeptHead } from './checkpoints.ts';

interface Added {
  readonly size: number;
  readonly cosignatures: readonly AddedCosignature[];
}

/** LedgerStore.addCosignatures: what another process added meanwhile stays, and only what is new is told by the event. */
export function addCosignatures(engine: Engine, write: Write, { size, cosignatures }: Added): StoredCheckpoint {
  const kept = once<KeptHead>(engine, write, {}, (tx) => {
    const row = tx.db.get(ofSize, { tenantId: tx.tenant.tenantId, size });
    const known = row === undefined ? null : readNote(utf8(row.note));
    if (row === undefined || known === null) throw noCheckpoint(size);
    const fresh = cosignatures.filter(({ line }) => !isOn(known, line));
    const note = writeNote(known.text, [...known.signatures, ...fresh.map(({ line }) => line)]);
    const root = hex(row.root);
    if (fresh.length > 0) add(tx, { size, root, note }, fresh);
    return { size, root, note, madeAt: row.made_at };
  });
  return { ...kept, root: unhex(kept.root) };
}

/** What a line of a note is known by in the log: SHA-256 of its key id and signature. */
export function lineDigest({ id, signature }: NoteSignature): string {
  return digestOf(Buffer.concat([id, signature]));
}

function isOn({ signatures }: Note, line: NoteSignature): boolean {
  return signatures.some(({ name, id }) => name === line.name && equalBytes(id, line.id));
}

function add(tx: TenantWrite, head: Omit<KeptHead, 'madeAt'>, fresh: readonly AddedCosignature[]): void {
  const { size, root, note } = head;
  tx.db.run(putNote, { tenantId: tx.tenant.tenantId, size, note });
  tx.log(
    {
      kind: 'cosignature.added',
      size: String(size),
      root,
      cosignatures: fresh.map(({ key, at, line }) => ({ key, cosigned_at: at, sha256: lineDigest(line) })),
      idempotency_key: tx.write.idempotencyKey,
    },
    { witnesses: fresh.map(({ name }) => name) },
    null,
  );
}

function noCheckpoint(size: number): DeskError {
  const message = 'There is no checkpoint of this size any more. Nothing was added.';
  return new DeskError('NOT_FOUND', message, { size: String(size) });
}

const ofSize = statement<{ tenantId: number; size: number }>()((arg) =>
  queries
    .selectFrom('checkpoints')
    .select(['root', 'note', 'made_at'])
    .where('tenant_id', '=', arg.tenantId)
    .where('size', '=', arg.size),
);
const putNote = statement<{ tenantId: number; size: number; note: string }>()((arg) =>
  queries
    .updateTable('checkpoints')
    .set({ note: arg.note })
    .where('tenant_id', '=', arg.tenantId)
    .where('size', '=', arg.size),
);
