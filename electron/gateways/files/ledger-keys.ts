/** What a key of a VEX store says, read against the tenants that are known (vex-persist 1.7, `kv_store`). */
export type LedgerKey =
  | { readonly kind: 'record'; readonly tenant: string; readonly id: string }
  | { readonly kind: 'active' | 'chain' | 'chain_state'; readonly tenant: string }
  | { readonly kind: 'event' | 'receipt' | 'capsule'; readonly tenant: string; readonly name: string }
  /** `record`: it can be read as the key of a record, so that an escalation may hide behind it. */
  | { readonly kind: 'ambiguous' | 'empty-tenant'; readonly record: boolean }
  | { readonly kind: 'other-tenant' | 'foreign' };

/** Whose rows are read, and whose are in the file as well: their names make a key ambiguous too. */
export interface KnownTenants {
  readonly taken: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

type Candidate = Extract<LedgerKey, { readonly tenant: string }>;

const COORDINATION = 'coordination:tenant:';
const AUDIT = 'audit:tenant:';
const RECORD = ':record:';
const ACTIVE = ':active';
const AUDIT_NAMED = ['event', 'receipt', 'capsule'] as const;
const AUDIT_PLAIN = ['chain', 'chain_state'] as const;

/**
 * Reads a key. Keys are not escaped, so that tenant `a` and tenant `a:record:b` share some: a key that fits two known
 * tenants is `ambiguous`, one that fits none is `foreign`, one of a tenant that is not taken is `other-tenant`.
 */
export function parseLedgerKey(key: string, known: KnownTenants): LedgerKey {
  const candidates = splits(key);
  const fitting = candidates.filter(({ tenant }) => known.taken.has(tenant) || known.others.has(tenant));
  const [first] = fitting;
  if (first === undefined) return withoutTenant(candidates);
  if (!fitting.some(({ tenant }) => known.taken.has(tenant))) return { kind: 'other-tenant' };
  return fitting.length > 1 ? { kind: 'ambiguous', record: fitting.some(isRecord) } : first;
}

/** The tenant that an active list's key names, and the id that the same key would have as a record's; else null. */
export function tenantOfActiveList(key: string): string | null {
  return key.startsWith(COORDINATION) && key.endsWith(ACTIVE) && key.length >= COORDINATION.length + ACTIVE.length
    ? key.slice(COORDINATION.length, -ACTIVE.length)
    : null;
}

/** The tenant that an audit chain's key names; null for any other key. */
export function tenantOfAuditChain(key: string): string | null {
  const chain = ':chain';
  return key.startsWith(AUDIT) && key.endsWith(chain) && key.length >= AUDIT.length + chain.length
    ? key.slice(AUDIT.length, -chain.length)
    : null;
}

/** Whether the key can be that of the record with this id. */
export function fitsRecord(key: string, id: string): boolean {
  return key.startsWith(COORDINATION) && key.slice(COORDINATION.length).endsWith(`${RECORD}${id}`);
}

function withoutTenant(candidates: readonly Candidate[]): LedgerKey {
  const empty = candidates.filter(({ kind, tenant }) => tenant === '' && (kind === 'record' || kind === 'active'));
  return empty.length === 0 ? { kind: 'foreign' } : { kind: 'empty-tenant', record: empty.some(isRecord) };
}

function isRecord(candidate: Candidate): boolean {
  return candidate.kind === 'record';
}

/** Every way in which the key can be split into a tenant and the rest. */
function splits(key: string): Candidate[] {
  if (key.startsWith(COORDINATION)) return coordinationSplits(key.slice(COORDINATION.length));
  return key.startsWith(AUDIT) ? auditSplits(key.slice(AUDIT.length)) : [];
}

function coordinationSplits(rest: string): Candidate[] {
  const found: Candidate[] = partsAround(rest, RECORD).map(([tenant, id]) => ({ kind: 'record', tenant, id }));
  if (rest.endsWith(ACTIVE)) found.push({ kind: 'active', tenant: rest.slice(0, -ACTIVE.length) });
  return found;
}

function auditSplits(rest: string): Candidate[] {
  const found: Candidate[] = [];
  for (const kind of AUDIT_NAMED) {
    for (const [tenant, name] of partsAround(rest, `:${kind}:`)) found.push({ kind, tenant, name });
  }
  for (const kind of AUDIT_PLAIN) {
    if (rest.endsWith(`:${kind}`)) found.push({ kind, tenant: rest.slice(0, -kind.length - 1) });
  }
  return found;
}

function partsAround(text: string, mark: string): [string, string][] {
  const parts: [string, string][] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    parts.push([text.slice(0, at), text.slice(at + mark.length)]);
  }
  return parts;
}
