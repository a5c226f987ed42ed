import { sql } from 'kysely';
import { DeskError, type ErrorCode, type ErrorDetails } from '../../../../shared/domain/errors.ts';
import type { DeskWrite, Write } from '../../ledger-store.ts';
import { body, unbody } from '../base/bytes.ts';
import type { Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { TenantWrite } from './tenant-write.ts';
import { ensureTenant, requireTenant } from './tenants.ts';

const THIRTY_DAYS_MS = 30 * 24 * 60 * 60 * 1000;
const DROPPED_AT_ONCE = 100;
/** In `idempotency`, what belongs to no tenant. */
const NO_TENANT = 0;

/** How a write is remembered and whose it is. */
export interface Terms {
  /** Record, decide and attach are never done twice, however late the copy comes; the others are kept 30 days. */
  readonly forGood?: boolean;
  /** A new tenant is made; else it is NOT_FOUND. */
  readonly makesTenant?: boolean;
}

/**
 * A refusal that leaves something behind: the transaction commits, its answer is the error, now and for every copy of
 * the call.
 */
export class KeptRefusal {
  readonly error: DeskError;
  constructor(error: DeskError) {
    this.error = error;
  }
}

/**
 * Does `work` once for the caller's key: the effect and its answer commit together, a copy of the call is answered
 * from there. INVALID_INPUT for a key that came with another input before; NOT_FOUND for an unknown tenant.
 */
export function once<T>(engine: Engine, write: Write, terms: Terms, work: (tx: TenantWrite) => T | KeptRefusal): T {
  return engineOnce(engine, write, terms, (db) => {
    const tenant =
      terms.makesTenant === true
        ? ensureTenant(db, write.tenant, () => engine.ids.uuid())
        : requireTenant(db, write.tenant);
    return {
      tenantId: tenant.tenantId,
      run: () => {
        const tx = new TenantWrite(engine, db, tenant, write);
        const answer = work(tx);
        tx.finish();
        return answer;
      },
    };
  });
}

/** As `once`, for what belongs to the whole desk. */
export function onceForDesk<T>(engine: Engine, write: DeskWrite, work: (db: Writer) => T): T {
  return engineOnce<T>(engine, write, {}, (db) => ({ tenantId: NO_TENANT, run: () => work(db) }));
}

type Answer<T> = { ok: T } | { error: { code: ErrorCode; message: string; details: ErrorDetails } };
type Prepared<T> = { tenantId: number; run: () => T | KeptRefusal };

function engineOnce<T>(engine: Engine, write: DeskWrite, terms: Terms, prepare: (db: Writer) => Prepared<T>): T {
  const answer = engine.write((db): Answer<T> => {
    const { tenantId, run } = prepare(db);
    const known = db.get(find, { tenantId, key: write.idempotencyKey });
    if (known !== undefined) return recall<T>(known, write);
    const done = toAnswer(run());
    const dropAtMs = terms.forGood === true ? null : write.now + THIRTY_DAYS_MS;
    db.run(insert, { tenantId, key: write.idempotencyKey, inputHash: write.inputHash, answer: body(done), dropAtMs });
    // Looked for first: a DELETE that finds nothing costs ten times as much, and nearly always there is nothing.
    if (db.get(due, { now: write.now }) !== undefined) db.run(drop, { now: write.now });
    return done;
  });
  if ('ok' in answer) return answer.ok;
  const { code, message, details } = answer.error;
  throw new DeskError(code, message, details);
}

function toAnswer<T>(outcome: T | KeptRefusal): Answer<T> {
  if (!(outcome instanceof KeptRefusal)) return { ok: outcome };
  const { code, message, details } = outcome.error;
  return { error: { code, message, details } };
}

function recall<T>(known: { input_hash: string; answer: Uint8Array }, write: DeskWrite): Answer<T> {
  if (known.input_hash === write.inputHash) return unbody<Answer<T>>(known.answer);
  throw new DeskError(
    'INVALID_INPUT',
    'This idempotency key was used before, with another input. Nothing was changed.',
    {
      idempotency_key: write.idempotencyKey,
    },
  );
}

const find = statement<{ tenantId: number; key: string }>()((arg) =>
  queries
    .selectFrom('idempotency')
    .select(['input_hash', 'answer'])
    .where('tenant_id', '=', arg.tenantId)
    .where('key', '=', arg.key),
);
const insert = statement<{
  tenantId: number;
  key: string;
  inputHash: string;
  answer: Uint8Array;
  dropAtMs: number | null;
}>()((arg) =>
  queries.insertInto('idempotency').values({
    tenant_id: arg.tenantId,
    key: arg.key,
    input_hash: arg.inputHash,
    answer: arg.answer,
    drop_at_ms: arg.dropAtMs,
  }),
);
const due = statement<{ now: number }>()((arg) =>
  queries.selectFrom('idempotency').select('key').where('drop_at_ms', '<', arg.now).limit(sql.lit(1)),
);
const drop = statement<{ now: number }>()((arg) =>
  queries
    .deleteFrom('idempotency')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('tenant_id', 'key'),
        'in',
        selectFrom('idempotency as old')
          .select(['old.tenant_id', 'old.key'])
          .where('old.drop_at_ms', '<', arg.now)
          .limit(DROPPED_AT_ONCE)
          .$asTuple('tenant_id', 'key'),
      ),
    ),
);
