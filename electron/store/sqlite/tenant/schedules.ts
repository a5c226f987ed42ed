import { DeskError } from '../../../../shared/domain/errors.ts';
import type { ScheduleBody, ScheduleState, StoredSchedule, Write } from '../../ledger-store.ts';
import { body, text, unbody } from '../base/bytes.ts';
import { noteChanges } from '../base/changes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { once } from './once.ts';
import { requireTenant } from './tenants.ts';

/** Each is looked at every few seconds, so there must not be many. */
const AT_MOST = 50;

/** LedgerStore.schedules. NOT_FOUND (tenant). */
export function readSchedules(db: Reader, tenant: string | null): StoredSchedule[] {
  const rows = tenant === null ? db.all(all, {}) : db.all(ofTenant, requireTenant(db, tenant));
  return rows.map((row) => ({
    scheduleId: row.schedule_id,
    tenant: text(row.name),
    ...unbody<ScheduleBody>(row.body),
    state: unbody<ScheduleState>(row.state),
  }));
}

/** LedgerStore.saveSchedule. */
export function saveSchedule(
  engine: Engine,
  write: Write,
  { scheduleId, tenant: _tenant, state, ...order }: StoredSchedule,
  isNew: boolean,
): void {
  once(engine, write, {}, (tx) => {
    const { db, tenant } = tx;
    const { tenantId } = tenant;
    const columns = { scheduleId, tenantId, body: body(order), state: body(state) };
    if (isNew) insertNew(db, columns);
    else if (db.run(update, columns).changes === 0) throw noSchedule(scheduleId);
    const { format } = order.query;
    const said = { schedule: scheduleId, format, every: order.turn.every, idempotency_key: write.idempotencyKey };
    // As it was written: members that are undefined are in neither.
    tx.log({ kind: 'schedule.set', ...said }, { order: unbody(columns.body) }, null);
    noteChange(db, tenantId);
    return null;
  });
}

/** LedgerStore.removeSchedule. */
export function removeSchedule(engine: Engine, write: Write, scheduleId: string): void {
  once(engine, write, {}, (tx) => {
    const { db, tenant } = tx;
    const { tenantId } = tenant;
    if (db.run(remove, { scheduleId, tenantId }).changes === 0) throw noSchedule(scheduleId);
    const { idempotencyKey: idempotency_key } = write;
    tx.log({ kind: 'schedule.removed', schedule: scheduleId, idempotency_key }, {}, null);
    noteChange(db, tenantId);
    return null;
  });
}

/** LedgerStore.moveSchedule. A state that was read and is written again has the same bytes. */
export function moveSchedule(db: Writer, scheduleId: string, from: ScheduleState, to: ScheduleState): boolean {
  const row = db.get(byId, { scheduleId });
  if (row === undefined) return false;
  const { changes } = db.run(move, { scheduleId, from: body(from), to: body(to) });
  if (changes === 1) noteChange(db, row.tenant_id);
  return changes === 1;
}

function insertNew(db: Writer, columns: Columns): void {
  const { n, last } = db.get(counted, columns) ?? { n: 0, last: null };
  if (n >= AT_MOST)
    throw new DeskError('LIMIT_EXCEEDED', `A tenant has ${AT_MOST} scheduled exports at most. Nothing was changed.`);
  db.run(insert, { ...columns, made: (last ?? 0) + 1 });
}

function noteChange(db: Writer, tenantId: number): void {
  noteChanges(db, [{ tenantId, topic: 'job', escalationId: null }]);
}

function noSchedule(scheduleId: string): DeskError {
  const message = 'There is no such scheduled export in this tenant. Nothing was changed.';
  return new DeskError('NOT_FOUND', message, { schedule_id: scheduleId });
}

interface Columns {
  readonly scheduleId: string;
  readonly tenantId: number;
  readonly body: Uint8Array;
  readonly state: Uint8Array;
}

const listed = queries
  .selectFrom('schedules as s')
  .innerJoin('tenants as t', 't.tenant_id', 's.tenant_id')
  .select(['s.schedule_id', 's.body', 's.state', 't.name'])
  .orderBy('s.tenant_id')
  .orderBy('s.made');
const all = statement<object>()(() => listed);
const ofTenant = statement<{ tenantId: number }>()((arg) => listed.where('s.tenant_id', '=', arg.tenantId));
const byId = statement<{ scheduleId: string }>()((arg) =>
  queries.selectFrom('schedules').select('tenant_id').where('schedule_id', '=', arg.scheduleId),
);
const counted = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('schedules')
    .select((eb) => [eb.fn.countAll<number>().as('n'), eb.fn.max<number | null>('made').as('last')])
    .where('tenant_id', '=', arg.tenantId),
);
const insert = statement<Columns & { made: number }>()((arg) =>
  queries.insertInto('schedules').values({
    schedule_id: arg.scheduleId,
    tenant_id: arg.tenantId,
    made: arg.made,
    body: arg.body,
    state: arg.state,
  }),
);
const update = statement<Columns>()((arg) =>
  queries
    .updateTable('schedules')
    .set({ body: arg.body, state: arg.state })
    .where('schedule_id', '=', arg.scheduleId)
    .where('tenant_id', '=', arg.tenantId),
);
const move = statement<{ scheduleId: string; from: Uint8Array; to: Uint8Array }>()((arg) =>
  queries
    .updateTable('schedules')
    .set({ state: arg.to })
    .where('schedule_id', '=', arg.scheduleId)
    .where('state', '=', arg.from),
);
const remove = statement<{ scheduleId: string; tenantId: number }>()((arg) =>
  queries.deleteFrom('schedules').where('schedule_id', '=', arg.scheduleId).where('tenant_id', '=', arg.tenantId),
);
