import type { ProcedureMeta } from '../../shared/contract/base.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import type { Ledger } from './ledger.ts';

/**
 * The caller has one of the roles that the call needs, in each tenant that its input names. FORBIDDEN. A read that does
 * not say who asks is the person at the machine, whose desk it is.
 */
export async function checkRoles(ledger: Ledger, meta: ProcedureMeta, input: unknown): Promise<void> {
  if (meta.roles.length === 0 || !isObject(input) || typeof input.by !== 'string') return;
  for (const tenant of tenantsOf(input)) {
    const held = await ledger.context.store.rolesOf(input.by, tenant);
    if (meta.roles.some((role) => held.includes(role))) continue;
    const message = `This needs the role ${meta.roles.join(' or ')} in this tenant. Nothing was done.`;
    throw new DeskError('FORBIDDEN', message, { tenant, roles: meta.roles });
  }
}

function tenantsOf(input: Record<string, unknown>): string[] {
  const query = isObject(input.query) ? input.query : input;
  if (typeof query.tenant === 'string') return [query.tenant];
  const named = input.tenants;
  return Array.isArray(named) ? named.filter((name) => typeof name === 'string') : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
