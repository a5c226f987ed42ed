import { sql } from 'kysely';
import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { NO_DEADLINE_MS } from '../../../shared/domain/deadline.ts';
import type { Write } from '../ledger-store.ts';
import type { Engine } from './engine.ts';
import { once } from './once.ts';
import { queries, statement } from './statement.ts';
import type { TenantWrite } from './tenant-write.ts';
import { storeSettings } from './tenants.ts';

const MINUTE_MS = 60_000;

/** LedgerStore.saveSettings. A new limit moves the deadlines of what is active, in the same transaction. */
export function saveSettings(engine: Engine, write: Write, settings: TenantSettings): TenantSettings {
  return once(engine, write, {}, (tx) => {
    const changed = changedNames(tx.tenant.settings, settings);
    if (changed.length === 0) return settings;
    storeSettings(tx.db, tx.tenant.tenantId, settings);
    if (changed.includes('sla_minutes')) moveDeadlines(tx, settings.sla_minutes);
    tx.log({ kind: 'settings.changed', changed }, { settings }, null);
    tx.changedTopic('settings');
    return settings;
  });
}

function changedNames(before: TenantSettings, after: TenantSettings): (keyof TenantSettings)[] {
  const names = Object.keys(after) as (keyof TenantSettings)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

function moveDeadlines(tx: TenantWrite, slaMinutes: number | null): void {
  const tenantId = tx.tenant.tenantId;
  if (slaMinutes === null) tx.db.run(withoutLimit, { tenantId });
  else tx.db.run(withLimit, { tenantId, limitMs: slaMinutes * MINUTE_MS });
  tx.changedQueue();
}

const active = queries.updateTable('escalations').where('status', '=', 'ESCALATED');
const withLimit = statement<{ tenantId: number; limitMs: number }>()((arg) =>
  active
    .set({
      sla_ms: sql<number>`escalated_ms + ${arg.limitMs}`,
      deadline_ms: sql<number>`min(fixed_deadline_ms, escalated_ms + ${arg.limitMs})`,
      version: sql<number>`version + 1`,
    })
    .where('tenant_id', '=', arg.tenantId)
    .where('escalated_ms', 'is not', null),
);
const withoutLimit = statement<{ tenantId: number }>()((arg) =>
  active
    .set({
      sla_ms: null,
      deadline_ms: sql<number>`min(fixed_deadline_ms, ${sql.lit(NO_DEADLINE_MS)})`,
      version: sql<number>`version + 1`,
    })
    .where('tenant_id', '=', arg.tenantId)
    .where('sla_ms', 'is not', null),
);
