import { DeskError } from '../../../../shared/domain/errors.ts';
import { readNote } from '../../../audit/head/note.ts';
import { equalBytes } from '../../../audit/log/merkle.ts';
import type { StoredCheckpoint, Write } from '../../ledger-store.ts';
import { hex, unhex, utf8 } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { refuseBrokenLog } from '../tenant/log-verdict.ts';
import { once } from '../tenant/once.ts';
import { requireTenant, type TenantRow } from '../tenant/tenants.ts';
import { rootAt } from './proofs.ts';

/** LedgerStore.checkpoints. NOT_FOUND (tenant). */
export function readCheckpoints(db: Reader, name: string, limit: number): StoredCheckpoint[] {
  return db
    .all(newest, { tenantId: requireTenant(db, name).tenantId, limit })
    .map(({ size, root, note, made_at: madeAt }) => ({ size, root, note, madeAt }));
}

/** LedgerStore.saveCheckpoint. INTEGRITY_FAILED for another root than the log has at that size, and in a broken log; NOT_FOUND (tenant). */
export function saveCheckpoint(db: Writer, name: string, checkpoint: StoredCheckpoint): void {
  put(db, requireTenant(db, name), checkpoint);
}

/** As JSON keeps it with a call's answer. */
export interface KeptHead extends Omit<StoredCheckpoint, 'root'> {
  readonly root: string;
}

/** LedgerStore.keepCheckpoint. */
export function keepCheckpoint(engine: Engine, write: Write, checkpoint: StoredCheckpoint): StoredCheckpoint {
  const kept = once<KeptHead>(engine, write, {}, ({ db, tenant }) => {
    put(db, tenant, checkpoint);
    return { ...checkpoint, root: hex(checkpoint.root) };
  });
  return { ...kept, root: unhex(kept.root) };
}

function put(db: Writer, tenant: TenantRow, { size, root, note, madeAt }: StoredCheckpoint): void {
  refuseBrokenLog(tenant);
  if (size > tenant.logSize || !equalBytes(rootAt(db, tenant, size), root))
    throw new DeskError('INTEGRITY_FAILED', 'This is no head of this log. It was not kept.', { size: String(size) });
  const known = db.get(ofSize, { tenantId: tenant.tenantId, size });
  if (known !== undefined && signaturesOn(known.note) >= signaturesOn(note)) return;
  db.run(replace, { tenantId: tenant.tenantId, size, root, note, madeAt });
}

function signaturesOn(note: string): number {
  return readNote(utf8(note))?.signatures.length ?? 0;
}

interface Kept {
  readonly tenantId: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly madeAt: string;
}
const newest = statement<{ tenantId: number; limit: number }>()((arg) =>
  queries
    .selectFrom('checkpoints')
    .select(['size', 'root', 'note', 'made_at'])
    .where('tenant_id', '=', arg.tenantId)
    .orderBy('size', 'desc')
    .limit(arg.limit),
);
const ofSize = statement<{ tenantId: number; size: number }>()((arg) =>
  queries.selectFrom('checkpoints').select('note').where('tenant_id', '=', arg.tenantId).where('size', '=', arg.size),
);
const replace = statement<Kept>()((arg) =>
  queries.replaceInto('checkpoints').values({
    tenant_id: arg.tenantId,
    size: arg.size,
    root: arg.root,
    note: arg.note,
    made_at: arg.madeAt,
  }),
);
