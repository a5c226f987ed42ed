import { readJson } from '../../../shared/domain/json/read.ts';
import { JsonObject, textOf } from '../../../shared/domain/json/value.ts';
import { RECORD_BYTES } from '../../../shared/domain/wire/record.ts';
import { cellText, type LedgerFile } from './ledger-file.ts';
import { fitsRecord, type KnownTenants, tenantOfActiveList, tenantOfAuditChain } from './ledger-keys.ts';
import { ReaderFault } from './reader-fault.ts';

/** A ledger that names more is no ledger of one installation. */
const MAX_TENANTS = 10_000;
const MAX_NAME = 512;

/**
 * Whose rows a ledger file holds: `{t}` is a tenant where an active list or an audit chain names it, unless that row's
 * value is itself a record whose escalation_id fits the key. Taken are the tenants that were asked for, else all that
 * are named. INVALID_INPUT where none is asked for and none named.
 */
export function tenantsOf(file: LedgerFile, asked: readonly string[]): KnownTenants {
  const listed = new Set<string>();
  const chained = new Set<string>();
  for (const { row, key } of file.keys()) {
    const text = cellText(key);
    if (text === null) continue;
    const tenant = tenantOfActiveList(text);
    if (tenant !== null && isName(tenant) && !listed.has(tenant) && !isRecordRow(file, row, text)) listed.add(tenant);
    const ofChain = tenantOfAuditChain(text);
    if (ofChain !== null && isName(ofChain)) chained.add(ofChain);
    if (listed.size + chained.size > MAX_TENANTS)
      throw new ReaderFault('LIMIT_EXCEEDED', 'The ledger names more than 10,000 tenants. Nothing of it was imported.');
  }
  if (asked.length > 0) {
    const taken = new Set(asked);
    return { taken, others: new Set([...listed].filter((tenant) => !taken.has(tenant))) };
  }
  const taken = new Set([...listed, ...chained]);
  if (taken.size === 0) throw needsTenant();
  return { taken, others: new Set() };
}

/** The fault of a source that does not say whose records it has. */
export function needsTenant(): ReaderFault {
  const message =
    'The source does not say whose records these are. Nothing of it was imported. Name the tenant and import it again.';
  return new ReaderFault('INVALID_INPUT', message, { needsTenant: true });
}

function isName(tenant: string): boolean {
  return tenant !== '' && tenant.length <= MAX_NAME;
}

function isRecordRow(file: LedgerFile, row: bigint, key: string): boolean {
  const value = file.row(row)?.value ?? null;
  if (value === null || value.length > RECORD_BYTES) return false;
  const json = readJson(value);
  const id = json.ok && json.value instanceof JsonObject ? textOf(json.value.get('escalation_id')) : undefined;
  return id !== undefined && fitsRecord(key, id);
}
