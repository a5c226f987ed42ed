import type { EscalationKey, HistoryEvent } from '../../../../shared/domain/escalation.ts';
import type { StoredEscalation } from '../../ledger-store.ts';
import { hex, sha256, text, unbody, unhex, utf8, uuidText } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { findTenant } from '../tenant/tenants.ts';
import { broughtStatement } from './carried-statements.ts';
import { judgementOf } from './judgement.ts';
import { claimant, findRow, idOf, rowsOfId } from './rows.ts';
import { viewed } from './view.ts';

/** LedgerStore.read: all of it from the caller's one snapshot. */
export function readEscalation(db: Reader, key: EscalationKey, now: number): StoredEscalation | null {
  const tenant = findTenant(db, key.tenant);
  const row = tenant === undefined ? undefined : findRow(db, tenant.tenantId, key);
  if (tenant === undefined || row === undefined) return null;
  const { escalation, reports, view, sha256: digest } = viewed(db, tenant, row, now);
  const full = { ...escalation, events: historyOf(db, row.escalation_id), view_sha256: digest };
  const { verdict, detail, current, judged_at } = judgementOf(row, tenant.trustEpoch, now);
  const judgement = { verdict, detail, current, judged_at };
  const statement = broughtStatement(db, row.escalation_id);
  return { escalation: full, view, claimedBy: claimant(row, now), judgement, reports, statement };
}

/** LedgerStore.find. */
export function findById(db: Reader, tenant: string, id: string): { key: EscalationKey; status: string }[] {
  const tenantId = findTenant(db, tenant)?.tenantId;
  if (tenantId === undefined) return [];
  return rowsOfId(db, tenantId, id).map((row) => ({
    key: { tenant, id, event: uuidText(row.event) },
    status: row.status,
  }));
}

/** LedgerStore.matchPacket: by the token's root; only where none has it by the id that the packet names. */
export function matchPacket(
  db: Reader,
  tenant: string,
  match: { root: string | null; escalationId: string | null },
): EscalationKey[] {
  const tenantId = findTenant(db, tenant)?.tenantId;
  if (tenantId === undefined) return [];
  const byRoot = match.root === null ? [] : db.all(ofTokenRoot, { tenantId, root: unhex(match.root) });
  const found =
    byRoot.length > 0 || match.escalationId === null
      ? byRoot
      : db.all(ofId, { tenantId, idSha256: sha256(utf8(match.escalationId)) });
  return found.map((row) => ({ tenant, id: idOf(row), event: uuidText(row.event) }));
}

/** The escalation's ledger events in order. An actor whose field was removed is shown as such. */
function historyOf(db: Reader, escalationId: number): HistoryEvent[] {
  return db.all(history, { escalationId }).map((row) => {
    const leaf = unbody<{ kind: string; at: string }>(row.leaf);
    const actor = row.actor === null ? 'removed' : (JSON.parse(text(row.actor)) as { name: string }).name;
    return { seq: String(row.seq), type: leaf.kind, at: leaf.at, actor, leaf_sha256: hex(row.leaf_sha256) };
  });
}

const history = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('ledger_events as e')
    .leftJoin('event_fields as f', (join) => join.onRef('f.event_id', '=', 'e.event_id').on('f.name', '=', 'actor'))
    .select(['e.seq', 'e.leaf', 'e.leaf_sha256', 'f.value as actor'])
    .where('e.escalation_id', '=', arg.escalationId)
    .orderBy('e.seq'),
);
const ofTokenRoot = statement<{ tenantId: number; root: Uint8Array }>()((arg) =>
  queries
    .selectFrom('escalations')
    .select(['id', 'event'])
    .where('tenant_id', '=', arg.tenantId)
    .where('token_root', '=', arg.root)
    .where('token_root', 'is not', null),
);
const ofId = statement<{ tenantId: number; idSha256: Uint8Array }>()((arg) =>
  queries
    .selectFrom('escalations')
    .select(['id', 'event'])
    .where('tenant_id', '=', arg.tenantId)
    .where('id_sha256', '=', arg.idSha256),
);
