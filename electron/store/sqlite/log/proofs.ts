import { DeskError } from '../../../../shared/domain/errors.ts';
import { consistencyProof, inclusionProof, rootOf } from '../../../audit/log/tiles.ts';
import type { Reader } from '../base/connection.ts';
import { tileReader } from '../tenant/log-tiles.ts';
import { requireTenant, type TenantRow } from '../tenant/tenants.ts';

/** LedgerStore.logHead. */
export function logHead(db: Reader, name: string): { uid: string; size: number; root: Uint8Array } {
  const tenant = requireTenant(db, name);
  return { uid: tenant.uid, size: tenant.logSize, root: rootAt(db, tenant, tenant.logSize) };
}

/** LedgerStore.logRoot. INVALID_INPUT beyond the log's end; NOT_FOUND (tenant). */
export function logRoot(db: Reader, name: string, size: number): Uint8Array {
  return rootAt(db, requireTenant(db, name), size);
}

/** The root over the first `size` events of a tenant's log. INVALID_INPUT beyond its end. */
export function rootAt(db: Reader, tenant: TenantRow, size: number): Uint8Array {
  refuseBeyond(tenant, 0, size);
  return rootOf(tileReader(db, tenant.tenantId), size);
}

/** LedgerStore.inclusionProof. INVALID_INPUT where there is no such event in a log of that size; NOT_FOUND (tenant). */
export function proveInclusion(db: Reader, name: string, seq: number, size: number): Uint8Array[] {
  const tenant = requireTenant(db, name);
  refuseBeyond(tenant, seq + 1, size);
  return inclusionProof(tileReader(db, tenant.tenantId), seq, size);
}

/** LedgerStore.consistencyProof. INVALID_INPUT where `older` is the longer, or beyond the log's end; NOT_FOUND (tenant). */
export function proveConsistency(db: Reader, name: string, older: number, size: number): Uint8Array[] {
  const tenant = requireTenant(db, name);
  refuseBeyond(tenant, older, size);
  return consistencyProof(tileReader(db, tenant.tenantId), older, size);
}

function refuseBeyond({ logSize }: TenantRow, from: number, size: number): void {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(size) && 0 <= from && from <= size && size <= logSize) return;
  throw new DeskError('INVALID_INPUT', `The log has ${logSize} events: there is nothing at this place.`, {
    size: String(logSize),
  });
}
