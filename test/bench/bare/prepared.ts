import type Database from 'better-sqlite3';
import { inserter } from './connection.ts';

/** The statements of a bare import, prepared once. */
export function prepared(db: Database.Database) {
  return {
    tenant: inserter(db, 'tenants', ['name', 'name_sha256', 'uid']),
    counts: inserter(db, 'counts', ['tenant_id']),
    escalation: inserter(db, 'escalations', [
      'tenant_id',
      'id_sha256',
      'event',
      'status',
      'version',
      'deadline_ms',
      'recorded_key',
      'decided_key',
      'list_epoch',
      'list_position',
      'fixed_deadline_ms',
      'sla_ms',
      'escalated_ms',
      'past_on_arrival',
      'claimed_by',
      'claim_until_ms',
      'deceptive',
      'packets',
      'token_root',
      'id',
      'deadlines',
      'findings',
      'record',
      'request',
    ]),
    blob: inserter(db, 'blobs', ['sha256', 'size', 'body']),
    evidence: inserter(db, 'evidence', ['tenant_id', 'escalation_id', 'blob_id', 'kind', 'role', 'root']),
    decision: inserter(db, 'decisions', ['escalation_id', 'n', 'body']),
    ledgerEvent: inserter(db, 'ledger_events', ['tenant_id', 'seq', 'escalation_id', 'leaf', 'leaf_sha256', 'kind']),
    eventField: inserter(db, 'event_fields', ['event_id', 'name', 'salt', 'value']),
    sourceRow: inserter(db, 'source_rows', ['tenant_id', 'key_sha256', 'key', 'value', 'created_at', 'updated_at']),
    search: inserter(db, 'search', ['rowid', 'tenant', 'text']),
    change: inserter(db, 'changes', ['tenant_id', 'topic', 'escalation_id']),
    idempotency: inserter(db, 'idempotency', ['tenant_id', 'key', 'input_hash', 'answer', 'drop_at_ms']),
    setCounts: runner<[number, number, number, number]>(
      db,
      'UPDATE counts SET active = ?, resolved = ?, expired = ? WHERE tenant_id = ?',
    ),
    setTile: runner<[number, number, number, Uint8Array]>(
      db,
      'INSERT OR REPLACE INTO log_tiles (tenant_id, level, idx, hashes) VALUES (?, ?, ?, ?)',
    ),
    setLogSize: runner<[number, number]>(db, 'UPDATE tenants SET log_size = ? WHERE tenant_id = ?'),
  };
}

function runner<Cells extends unknown[]>(db: Database.Database, sql: string): (...cells: Cells) => void {
  const statement = db.prepare(sql);
  return (...cells) => void statement.run(...cells);
}
