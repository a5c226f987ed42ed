import { DeskError } from '../../../../shared/domain/errors.ts';
import type { Escalation } from '../../../../shared/domain/escalation.ts';
import type { NewEscalation, RecordBatch, RecordOutcome, Write } from '../../ledger-store.ts';
import { uuidText } from '../base/bytes.ts';
import type { Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { once } from '../tenant/once.ts';
import { TenantWrite } from '../tenant/tenant-write.ts';
import { ensureTenant } from '../tenant/tenants.ts';
import { keepUnattached } from './evidence.ts';
import { insertEscalation } from './insert-escalation.ts';
import { packOutcomes, unpackOutcomes } from './packed-outcomes.ts';
import { findRow, requireRow, rowsOfId, toEscalation } from './rows.ts';
import { putSourceRows } from './source-rows.ts';
import { importAgain } from './update-escalation.ts';

const MOST_ROWS = 1_000;

/** LedgerStore.recordBatch: all rows in one transaction; LIMIT_EXCEEDED beyond 1,000. */
export function recordBatch(engine: Engine, batch: RecordBatch): RecordOutcome[] {
  if (batch.rows.length > MOST_ROWS) {
    throw new DeskError('LIMIT_EXCEEDED', `A batch holds at most ${MOST_ROWS} records; nothing was recorded.`);
  }
  if (!batch.dryRun) {
    return unpackOutcomes(once(engine, batch, { makesTenant: true }, (tx) => packOutcomes(recordAll(tx, batch))));
  }
  return engine.rehearse((db) => {
    const tenant = ensureTenant(db, batch.tenant, () => engine.ids.uuid());
    return recordAll(new TenantWrite(engine, db, tenant, batch), batch);
  });
}

/** LedgerStore.record: one by hand. */
export function record(engine: Engine, write: Write, row: NewEscalation): Escalation {
  return once(engine, write, { forGood: true, makesTenant: true }, (tx) => {
    const key = { tenant: write.tenant, id: row.record.escalation_id, event: row.record.escalation_event_id };
    if (findRow(tx.db, tx.tenant.tenantId, key) !== undefined) {
      throw new DeskError('ALREADY_EXISTS', 'This escalation is recorded already. Nothing was changed.', { ...key });
    }
    recordOne(tx, { listPosition: 0, ...row }, nextEpoch(tx.db));
    return toEscalation(tx.db, tx.tenant, requireRow(tx.db, tx.tenant.tenantId, key), write.now);
  });
}

function recordAll(tx: TenantWrite, batch: RecordBatch): RecordOutcome[] {
  const listEpoch = epochOf(tx, batch.jobId);
  const outcomes = batch.rows.map((row) => recordOne(tx, row, listEpoch));
  putSourceRows(tx.db, tx.tenant.tenantId, batch.sourceRows);
  keepUnattached(tx.db, tx.tenant.tenantId, batch.unattached);
  return outcomes;
}

function recordOne(tx: TenantWrite, row: NewEscalation, listEpoch: number): RecordOutcome {
  const known = rowsOfId(tx.db, tx.tenant.tenantId, row.record.escalation_id);
  const stored = known.find(({ event }) => uuidText(event) === row.record.escalation_event_id);
  if (stored !== undefined) return importAgain(tx, stored, row);
  const idReused = known.length > 0;
  const { packets } = insertEscalation(tx, row, { listEpoch, idReused });
  return { result: 'imported', idReused, newEvidence: packets };
}

/**
 * Which list the positions of a batch belong to: one import's batches share an epoch, so that its positions order
 * them, and a later one's come after.
 */
function epochOf(tx: TenantWrite, jobId: string | null): number {
  if (jobId === null) return nextEpoch(tx.db);
  const tenantId = tx.tenant.tenantId;
  const known = tx.db.get(findEpoch, { tenantId, jobId });
  if (known !== undefined) return known.list_epoch;
  const listEpoch = nextEpoch(tx.db);
  tx.db.run(insertEpoch, { tenantId, jobId, listEpoch });
  return listEpoch;
}

function nextEpoch(db: Writer): number {
  return (db.get(newest, {})?.newest ?? 0) + 1;
}

const newest = statement<object>()(() =>
  queries.selectFrom('escalations').select((eb) => eb.fn.max<number | null>('escalation_id').as('newest')),
);
const findEpoch = statement<{ tenantId: number; jobId: string }>()((arg) =>
  queries
    .selectFrom('list_epochs')
    .select('list_epoch')
    .where('tenant_id', '=', arg.tenantId)
    .where('job_id', '=', arg.jobId),
);
const insertEpoch = statement<{ tenantId: number; jobId: string; listEpoch: number }>()((arg) =>
  queries.insertInto('list_epochs').values({ tenant_id: arg.tenantId, job_id: arg.jobId, list_epoch: arg.listEpoch }),
);
