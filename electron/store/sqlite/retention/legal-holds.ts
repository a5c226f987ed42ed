import { sql } from 'kysely';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { EscalationKey } from '../../../../shared/domain/escalation.ts';
import type { LegalHold, Write } from '../../ledger-store.ts';
import { text, unbody, uuidText } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { target } from '../decision/guard.ts';
import { idOf } from '../escalation/rows.ts';
import { once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { requireTenant } from '../tenant/tenants.ts';

/**
 * Legal holds follow from the log alone: one is in force from the event that sets it to the one that lifts it. So none can
 * vanish while the log verifies.
 */
const SET = 'hold.legal.set';
const LIFTED = 'hold.legal.lifted';

interface Placed extends LegalHold {
  readonly escalationId: number | null;
}

/** LedgerStore.legalHolds. NOT_FOUND (tenant). */
export function legalHolds(db: Reader, tenant: string): LegalHold[] {
  const { tenantId } = requireTenant(db, tenant);
  return inForce(db, tenantId, tenant).map(({ escalationId: _number, ...hold }) => hold);
}

/** LedgerStore.setLegalHold. */
export function setLegalHold(
  engine: Engine,
  write: Write,
  { key, reason }: { key: EscalationKey | null; reason: string },
): void {
  once(engine, write, { forGood: true }, (tx) => {
    const row = key === null ? null : target(tx, { key });
    const about = row === null ? null : { escalationId: row.escalation_id, event: uuidText(row.event), id: idOf(row) };
    log(tx, SET, { hold: tx.newId(), reason, about });
    return null;
  });
}

/** LedgerStore.liftLegalHold. */
export function liftLegalHold(engine: Engine, write: Write, lift: { holdId: string; reason: string }): void {
  once(engine, write, { forGood: true }, (tx) => {
    const held = inForce(tx.db, tx.tenant.tenantId, tx.tenant.name).find(({ hold_id }) => hold_id === lift.holdId);
    if (held === undefined) throw noHold(lift.holdId);
    const { key, escalationId } = held;
    const about = key === null || escalationId === null ? null : { escalationId, event: key.event, id: key.id };
    log(tx, LIFTED, { hold: lift.holdId, reason: lift.reason, about });
    return null;
  });
}

/** Whether a hold on the whole tenant is in force. */
export function isTenantHeld(db: Reader, tenantId: number): boolean {
  return (db.get(tenantBalance, { tenantId })?.n ?? 0) > 0;
}

/** Whether a hold on this escalation is in force. */
export function isHeld(db: Reader, escalationId: number): boolean {
  return (db.get(balance, { escalationId })?.n ?? 0) > 0;
}

interface Said {
  readonly hold: string;
  readonly reason: string;
  readonly about: { readonly escalationId: number; readonly event: string; readonly id: string } | null;
}

function log(tx: TenantWrite, kind: typeof SET | typeof LIFTED, { hold, reason, about }: Said): void {
  const said = { kind, hold, idempotency_key: tx.write.idempotencyKey };
  if (about === null) tx.log(said, { reason }, null);
  else tx.log({ ...said, event: about.event }, { reason, escalation_id: about.id }, about.escalationId);
  tx.changedTopic('settings');
  if (about !== null) tx.changed(about.escalationId);
}

function inForce(db: Reader, tenantId: number, tenant: string): Placed[] {
  const lifted = new Set(db.all(eventsOf, { tenantId, kind: LIFTED }).map(({ leaf }) => holdIn(leaf).hold));
  return db.all(eventsOf, { tenantId, kind: SET }).flatMap((row): Placed[] => {
    const { hold, at } = holdIn(row.leaf);
    if (lifted.has(hold)) return [];
    const key = row.id === null || row.event === null ? null : { tenant, id: text(row.id), event: uuidText(row.event) };
    const reason = row.reason === null ? null : unbody<string>(row.reason);
    const by = row.actor === null ? null : unbody<{ name: string }>(row.actor).name;
    return [{ hold_id: hold, key, set_at: at, reason, by, escalationId: row.escalation_id }];
  });
}

function holdIn(leaf: Uint8Array): { hold: string; at: string } {
  return unbody<{ hold: string; at: string }>(leaf);
}

function noHold(holdId: string): DeskError {
  return new DeskError('NOT_FOUND', 'No such legal hold is in force in this tenant. Nothing was changed.', {
    hold_id: holdId,
  });
}

const eventsOf = statement<{ tenantId: number; kind: string }>()((arg) =>
  queries
    .selectFrom('ledger_events as e')
    .leftJoin('event_fields as r', (join) => join.onRef('r.event_id', '=', 'e.event_id').on('r.name', '=', 'reason'))
    .leftJoin('event_fields as a', (join) => join.onRef('a.event_id', '=', 'e.event_id').on('a.name', '=', 'actor'))
    .leftJoin('escalations as x', 'x.escalation_id', 'e.escalation_id')
    .select(['e.leaf', 'e.escalation_id', 'r.value as reason', 'a.value as actor', 'x.id', 'x.event'])
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.kind', '=', arg.kind)
    .orderBy('e.seq'),
);
/** Holds that were set less those that were lifted. */
const holds = queries
  .selectFrom('ledger_events')
  .select(sql<number>`coalesce(sum(iif(kind = ${sql.lit(SET)}, 1, -1)), 0)`.as('n'))
  .where(sql<boolean>`kind IN (${sql.lit(SET)}, ${sql.lit(LIFTED)})`);
export const balance = statement<{ escalationId: number }>()((arg) =>
  holds.where('escalation_id', '=', arg.escalationId),
);
export const tenantBalance = statement<{ tenantId: number }>()((arg) =>
  holds.where('tenant_id', '=', arg.tenantId).where('escalation_id', 'is', null),
);
