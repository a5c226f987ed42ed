import type { TenantSettings } from '../../../../shared/contract/settings.ts';
import type { Write } from '../../ledger-store.ts';
import type { Engine } from '../base/engine.ts';
import { beginMove, finishMoves } from './deadline-moves.ts';
import { once } from './once.ts';
import { storeSettings } from './tenants.ts';

/**
 * LedgerStore.saveSettings. A new limit moves the deadlines of what is active: of the first in the same transaction, of
 * the rest in short ones after it.
 */
export async function saveSettings(engine: Engine, write: Write, settings: TenantSettings): Promise<TenantSettings> {
  const saved = storeOnce(engine, write, settings);
  await finishMoves(engine);
  return saved;
}

function storeOnce(engine: Engine, write: Write, settings: TenantSettings): TenantSettings {
  return once(engine, write, {}, (tx) => {
    const changed = changedNames(tx.tenant.settings, settings);
    if (changed.length === 0) return settings;
    storeSettings(tx.db, tx.tenant.tenantId, settings);
    if (changed.includes('sla_minutes')) {
      beginMove(tx.db, tx.tenant.tenantId);
      tx.changedQueue();
    }
    tx.log({ kind: 'settings.changed', changed }, { settings }, null);
    tx.changedTopic('settings');
    return settings;
  });
}

function changedNames(before: TenantSettings, after: TenantSettings): (keyof TenantSettings)[] {
  const names = Object.keys(after) as (keyof TenantSettings)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
