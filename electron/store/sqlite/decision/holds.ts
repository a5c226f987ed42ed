import type { Draft } from '../../../../shared/contract/decision.ts';
import { instantText } from '../../../../shared/domain/clock.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { NewPending, StoredPending, Write } from '../../ledger-store.ts';
import { body, text, unbody, uuidText } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import type { EscalationRow } from '../escalation/rows.ts';
import { once } from '../tenant/once.ts';
import { profileName } from '../tenant/profiles.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { findTenant } from '../tenant/tenants.ts';
import { draftOf, putDraft } from './drafts.ts';
import { type PackedDecision, packDecision, unpackDecision } from './packed-decision.ts';

/** Stores a hold; its preconditions are the caller's to have checked in this transaction. */
export function insertHold(tx: TenantWrite, row: EscalationRow, pending: NewPending): StoredPending {
  tx.db.run(insert, {
    pendingId: pending.pendingId,
    tenantId: tx.tenant.tenantId,
    escalationId: row.escalation_id,
    owner: pending.owner,
    profileId: tx.write.by,
    startedAtMs: tx.write.now,
    dueAtMs: pending.dueAtMs,
    decision: body(packDecision(pending.decision)),
    draft: body(pending.draft),
  });
  tx.changedTopic('hold', row.escalation_id);
  return requireHold(tx.db, tx.tenant.tenantId, pending.pendingId, tx.write.now);
}

/** LedgerStore.cancelHold. */
export function cancelHold(engine: Engine, write: Write, pendingId: string, because: Draft['saved_because']): Draft {
  return once(engine, write, {}, (tx) => {
    const found = tx.db.get(byId, { tenantId: tx.tenant.tenantId, pendingId });
    if (found === undefined) throw noHold(pendingId);
    return toDraft(tx, found, because);
  });
}

/** The tenant's holds, the one that is due first leading. */
export function holdsOf(db: Reader, tenant: string, now: number): StoredPending[] {
  const tenantId = findTenant(db, tenant)?.tenantId;
  return tenantId === undefined ? [] : db.all(ofTenant, { tenantId }).map((row) => toPending(db, row, now));
}

export function findHold(db: Reader, tenant: string, pendingId: string, now: number): StoredPending | null {
  const tenantId = findTenant(db, tenant)?.tenantId;
  const row = tenantId === undefined ? undefined : db.get(byId, { tenantId, pendingId });
  return row === undefined ? null : toPending(db, row, now);
}

/** Turns the holds of owners that are gone into drafts; how many. */
export function releaseOrphans(db: Writer, alive: (owner: string) => boolean): number {
  const orphans = db.all(everyHold, {}).filter(({ owner }) => !alive(owner));
  for (const hold of orphans) dropToDraft(db, hold, 'hold-lost');
  return orphans.length;
}

/** NOT_FOUND when the hold was taken back meanwhile: what was cancelled is never recorded. */
export function requireOwnHold(tx: TenantWrite, row: EscalationRow, pendingId: string): void {
  const found = tx.db.get(byId, { tenantId: tx.tenant.tenantId, pendingId });
  if (found === undefined || found.escalation_id !== row.escalation_id) throw noHold(pendingId);
}

/** CONFLICT while another decision of this escalation is in its undo hold. */
export function refuseOthersHold(tx: TenantWrite, row: EscalationRow, ownPendingId: string | null): void {
  const found = tx.db.get(ofEscalation, { escalationId: row.escalation_id });
  if (found === undefined || found.pending_id === ownPendingId || found.due_at_ms <= tx.write.now) return;
  throw new DeskError('CONFLICT', 'This escalation is being decided. Nothing was changed.', {
    by: profileName(tx.db, found.profile_id),
    due_at: instantText(found.due_at_ms),
  });
}

/** Removes the escalation's hold; what was in it is kept as a draft where `because` says why. */
export function endHold(tx: TenantWrite, row: EscalationRow, because: Draft['saved_because'] | null): void {
  const found = tx.db.get(ofEscalation, { escalationId: row.escalation_id });
  if (found === undefined) return;
  if (because === null) tx.db.run(remove, { pendingId: found.pending_id });
  else dropToDraft(tx.db, found, because);
  tx.changedTopic('hold', row.escalation_id);
}

function toDraft(tx: TenantWrite, hold: HoldRow, because: Draft['saved_because']): Draft {
  const draft = dropToDraft(tx.db, hold, because);
  tx.changedTopic('hold', hold.escalation_id);
  return draft;
}

function dropToDraft(db: Writer, hold: HoldRow, because: Draft['saved_because']): Draft {
  const draft = { ...draftOf(hold.draft), saved_because: because };
  putDraft(db, hold.escalation_id, hold.profile_id, draft);
  db.run(remove, { pendingId: hold.pending_id });
  return draft;
}

function requireHold(db: Reader, tenantId: number, pendingId: string, now: number): StoredPending {
  const row = db.get(byId, { tenantId, pendingId });
  if (row === undefined) throw noHold(pendingId);
  return toPending(db, row, now);
}

function noHold(pendingId: string): DeskError {
  return new DeskError('NOT_FOUND', 'This decision is not on hold any more: it was recorded or taken back.', {
    pending_id: pendingId,
  });
}

interface HoldRow {
  pending_id: string;
  escalation_id: number;
  owner: string;
  profile_id: string;
  started_at_ms: number;
  due_at_ms: number;
  decision: Uint8Array;
  draft: Uint8Array;
}
interface NamedHoldRow extends HoldRow {
  id: Uint8Array;
  event: Uint8Array;
  tenant: Uint8Array;
}

function toPending(db: Reader, row: NamedHoldRow, now: number): StoredPending {
  const decision = unpackDecision(unbody<PackedDecision>(row.decision));
  return {
    pending_id: row.pending_id,
    by: profileName(db, row.profile_id),
    by_profile: row.profile_id,
    outcome: decision.outcome,
    started_at: instantText(row.started_at_ms),
    due_at: instantText(row.due_at_ms),
    left_ms: Math.max(0, row.due_at_ms - now),
    tenant: text(row.tenant),
    id: text(row.id),
    event: uuidText(row.event),
    owner: row.owner,
    decision,
  };
}

const insert = statement<{
  pendingId: string;
  tenantId: number;
  escalationId: number;
  owner: string;
  profileId: string;
  startedAtMs: number;
  dueAtMs: number;
  decision: Uint8Array;
  draft: Uint8Array;
}>()((arg) =>
  queries.insertInto('pending_decisions').values({
    pending_id: arg.pendingId,
    tenant_id: arg.tenantId,
    escalation_id: arg.escalationId,
    owner: arg.owner,
    profile_id: arg.profileId,
    started_at_ms: arg.startedAtMs,
    due_at_ms: arg.dueAtMs,
    decision: arg.decision,
    draft: arg.draft,
  }),
);
const remove = statement<{ pendingId: string }>()((arg) =>
  queries.deleteFrom('pending_decisions').where('pending_id', '=', arg.pendingId),
);
const named = queries
  .selectFrom('pending_decisions as p')
  .innerJoin('escalations as e', 'e.escalation_id', 'p.escalation_id')
  .innerJoin('tenants as t', 't.tenant_id', 'p.tenant_id')
  .selectAll('p')
  .select(['e.id', 'e.event', 't.name as tenant']);
const byId = statement<{ tenantId: number; pendingId: string }>()((arg) =>
  named.where('p.pending_id', '=', arg.pendingId).where('p.tenant_id', '=', arg.tenantId),
);
const ofTenant = statement<{ tenantId: number }>()((arg) =>
  named.where('p.tenant_id', '=', arg.tenantId).orderBy('p.due_at_ms'),
);
const ofEscalation = statement<{ escalationId: number }>()((arg) =>
  queries.selectFrom('pending_decisions').selectAll().where('escalation_id', '=', arg.escalationId),
);
const everyHold = statement<object>()(() => queries.selectFrom('pending_decisions').selectAll());
