import type { TenantSettings } from '../../../shared/contract/settings.ts';
import type { FeatureContext } from '../context.ts';
import { tenantWrite } from '../writing.ts';

/** The tenant's settings; NOT_FOUND for an unknown tenant. */
export function get(context: FeatureContext, input: { tenant: string }): Promise<TenantSettings> {
  return context.store.settings(input.tenant);
}

interface SettingsChange {
  by: string;
  idempotency_key: string;
  tenant: string;
  settings: TenantSettings;
}

/** Replaces the tenant's settings as a whole; the change is a ledger event. NOT_FOUND. */
export function set(context: FeatureContext, input: SettingsChange): Promise<TenantSettings> {
  return context.store.saveSettings(tenantWrite(context, 'settings.set', input), input.settings);
}
