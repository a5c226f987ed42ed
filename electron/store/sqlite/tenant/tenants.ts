import type { TenantSettings } from '../../../../shared/contract/settings.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { DEFAULT_SETTINGS } from '../../default-settings.ts';
import { body, sha256, text, unbody, utf8 } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

export interface TenantRow {
  readonly tenantId: number;
  readonly name: string;
  /** Stands for the tenant in the log. */
  readonly uid: string;
  readonly logSize: number;
  readonly settings: TenantSettings;
  /** Another whenever what the tenant trusts is another. */
  readonly trustEpoch: number;
  /** What the last verification of its whole log found, as it lies in the store (log-verdict.ts). */
  readonly logVerdict: Uint8Array | null;
}

/** The tenant; undefined when nothing of it was ever recorded. */
export function findTenant(db: Reader, name: string): TenantRow | undefined {
  const row = db.get(byName, { name_sha256: sha256(name) });
  if (row === undefined) return undefined;
  // What an older desk stored knows nothing of later settings.
  const settings =
    row.settings === null ? DEFAULT_SETTINGS : { ...DEFAULT_SETTINGS, ...unbody<TenantSettings>(row.settings) };
  const { tenant_id: tenantId, uid, log_size: logSize, trust_epoch: trustEpoch, log_verdict: logVerdict } = row;
  return { tenantId, name, uid, logSize, settings, trustEpoch, logVerdict };
}

/** The tenant of a number that the store itself gave. */
export function tenantOf(db: Reader, tenantId: number): TenantRow | undefined {
  const row = db.get(byNumber, { tenant_id: tenantId });
  return row === undefined ? undefined : findTenant(db, text(row.name));
}

/** NOT_FOUND for an unknown tenant. */
export function requireTenant(db: Reader, name: string): TenantRow {
  const tenant = findTenant(db, name);
  if (tenant !== undefined) return tenant;
  throw new DeskError('NOT_FOUND', 'There is no such tenant in this ledger.', { tenant: name });
}

/** The tenant, made when it is new. */
export function ensureTenant(db: Writer, name: string, uid: () => string): TenantRow {
  const known = findTenant(db, name);
  if (known !== undefined) return known;
  const { lastInsertRowid } = db.run(insert, { name: utf8(name), name_sha256: sha256(name), uid: uid() });
  db.run(insertCounts, { tenant_id: lastInsertRowid });
  return requireTenant(db, name);
}

/** All tenants, in the order of their names' bytes. */
export function tenantNames(db: Reader): string[] {
  return db.all(names, {}).map((row) => text(row.name));
}

export function storeSettings(db: Writer, tenantId: number, settings: TenantSettings): void {
  db.run(updateSettings, { tenant_id: tenantId, settings: body(settings) });
}

export function storeLogSize(db: Writer, tenantId: number, logSize: number): void {
  db.run(updateLogSize, { tenant_id: tenantId, log_size: logSize });
}

/** Begins a new epoch of what the tenant trusts. */
export function storeEpoch(db: Writer, tenantId: number): void {
  db.run(nextEpoch, { tenant_id: tenantId });
}

const byName = statement<{ name_sha256: Uint8Array }>()((arg) =>
  queries
    .selectFrom('tenants')
    .select(['tenant_id', 'uid', 'log_size', 'settings', 'trust_epoch', 'log_verdict'])
    .where('name_sha256', '=', arg.name_sha256),
);
const byNumber = statement<{ tenant_id: number }>()((arg) =>
  queries.selectFrom('tenants').select('name').where('tenant_id', '=', arg.tenant_id),
);
const names = statement<object>()(() => queries.selectFrom('tenants').select('name').orderBy('name'));
const insert = statement<{ name: Uint8Array; name_sha256: Uint8Array; uid: string }>()((arg) =>
  queries.insertInto('tenants').values({ name: arg.name, name_sha256: arg.name_sha256, uid: arg.uid }),
);
const insertCounts = statement<{ tenant_id: number }>()((arg) =>
  queries.insertInto('counts').values({ tenant_id: arg.tenant_id, active: 0, resolved: 0, expired: 0, deceptive: 0 }),
);
const updateSettings = statement<{ tenant_id: number; settings: Uint8Array }>()((arg) =>
  queries.updateTable('tenants').set({ settings: arg.settings }).where('tenant_id', '=', arg.tenant_id),
);
const updateLogSize = statement<{ tenant_id: number; log_size: number }>()((arg) =>
  queries.updateTable('tenants').set({ log_size: arg.log_size }).where('tenant_id', '=', arg.tenant_id),
);
const nextEpoch = statement<{ tenant_id: number }>()((arg) =>
  queries
    .updateTable('tenants')
    .set((eb) => ({ trust_epoch: eb('trust_epoch', '+', 1) }))
    .where('tenant_id', '=', arg.tenant_id),
);
