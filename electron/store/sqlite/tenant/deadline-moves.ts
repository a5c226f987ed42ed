import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { TenantSettings } from '../../../../shared/contract/settings.ts';
import { NO_DEADLINE_MS } from '../../../../shared/domain/deadline.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { unbody } from '../base/bytes.ts';
import { noteChanges } from '../base/changes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';

/** A step rewrites at most so many escalations, so that no other write waits for long. */
const STEP_ROWS = 1_000;
const MINUTE_MS = 60_000;
/** Before and after all positions in the order of recording. */
const START = { key: '', escalationId: -1 };
const END = { key: '~', escalationId: Number.MAX_SAFE_INTEGER };

/** Lets the tenant's limit, stored in the same transaction, go through what is active from the start; does one step. */
export function beginMove(db: Writer, tenantId: number): void {
  db.run(putPlace, { tenantId, ...START });
  step(db, tenantId);
}

/**
 * Does what is left of all moves, of a process that died, too, step by step, each a transaction that begins where the
 * last one ended; others write and read between. Answers when all is done, and also when the store is closed or takes no
 * more writes: then whoever opens it next goes on.
 */
export async function finishMoves(engine: Engine): Promise<void> {
  while (!engine.closed && stepInTurn(engine)) await nextTurn();
}

/** False when there is nothing more to do here. */
function stepInTurn(engine: Engine): boolean {
  try {
    if (!engine.read(hasMoves)) return false;
    engine.write((db) => {
      // Read again: another process may have done the last step.
      const move = db.get(anyMove, {});
      if (move !== undefined) step(db, move.tenant_id);
    });
    return true;
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return error.code === 'STORE_BUSY';
  }
}

function hasMoves(db: Reader): boolean {
  return db.get(anyMove, {}) !== undefined;
}

/** Moves the deadlines of the next rows to the limit that the tenant has now. */
function step(db: Writer, tenantId: number): void {
  const move = db.get(moveOf, { tenantId });
  if (move === undefined) return;
  const from = { key: move.recorded_key, escalationId: move.escalation_id };
  const last = db.get(endOfStep, { tenantId, ...from });
  const to = last === undefined ? END : { key: last.recorded_key, escalationId: last.escalation_id };
  const { sla_minutes = null } = move.settings === null ? {} : unbody<Partial<TenantSettings>>(move.settings);
  const span = { tenantId, ...from, toKey: to.key, toEscalationId: to.escalationId };
  if (sla_minutes === null) db.run(withoutLimit, span);
  else db.run(withLimit, { ...span, limitMs: sla_minutes * MINUTE_MS });
  if (last !== undefined) return void db.run(putPlace, { tenantId, ...to });
  db.run(dropMove, { tenantId });
  noteChanges(db, [{ tenantId, topic: 'queue', escalationId: null }]);
}

interface From {
  tenantId: number;
  key: string;
  escalationId: number;
}
interface Span extends From {
  toKey: string;
  toEscalationId: number;
}

const anyMove = statement<object>()(() => queries.selectFrom('deadline_moves').select('tenant_id').limit(1));
const moveOf = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('deadline_moves as m')
    .innerJoin('tenants as t', 't.tenant_id', 'm.tenant_id')
    .select(['m.recorded_key', 'm.escalation_id', 't.settings'])
    .where('m.tenant_id', '=', arg.tenantId),
);
const putPlace = statement<From>()((arg) =>
  queries
    .replaceInto('deadline_moves')
    .values({ tenant_id: arg.tenantId, recorded_key: arg.key, escalation_id: arg.escalationId }),
);
const dropMove = statement<{ tenantId: number }>()((arg) =>
  queries.deleteFrom('deadline_moves').where('tenant_id', '=', arg.tenantId),
);

/** The last row of a full step; none when the rest is less than one. */
export const endOfStep = statement<From>()((arg) =>
  queries
    .selectFrom('escalations')
    .select(['recorded_key', 'escalation_id'])
    .where('tenant_id', '=', arg.tenantId)
    .where('status', '=', 'ESCALATED')
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('recorded_key', 'escalation_id'), '>', tuple(arg.key, arg.escalationId)),
    )
    .orderBy('recorded_key')
    .orderBy('escalation_id')
    .limit(1)
    .offset(sql.lit(STEP_ROWS - 1)),
);
const rowsOf = (arg: Span) =>
  queries
    .updateTable('escalations')
    .set({ version: sql<number>`version + 1` })
    .where('tenant_id', '=', arg.tenantId)
    .where('status', '=', 'ESCALATED')
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('recorded_key', 'escalation_id'), '>', tuple(arg.key, arg.escalationId)),
    )
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('recorded_key', 'escalation_id'), '<=', tuple(arg.toKey, arg.toEscalationId)),
    );
export const withLimit = statement<Span & { limitMs: number }>()((arg) =>
  rowsOf(arg)
    .set({
      sla_ms: sql<number>`escalated_ms + ${arg.limitMs}`,
      deadline_ms: sql<number>`min(fixed_deadline_ms, escalated_ms + ${arg.limitMs})`,
    })
    .where('escalated_ms', 'is not', null)
    .where('sla_ms', 'is not', sql<number>`escalated_ms + ${arg.limitMs}`),
);
export const withoutLimit = statement<Span>()((arg) =>
  rowsOf(arg)
    .set({ sla_ms: null, deadline_ms: sql<number>`min(fixed_deadline_ms, ${sql.lit(NO_DEADLINE_MS)})` })
    .where('sla_ms', 'is not', null),
);
