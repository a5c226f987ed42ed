import { appendLeaves, type TileReader } from '../../../audit/log/tiles.ts';
import type { Writer } from '../base/connection.ts';
import type { Statement } from '../base/statement.ts';
import type { Migration } from './migration.ts';

/**
 * Each tenant's log as an RFC 6962 tree, its hashes in tiles, and the heads that were signed. `kind` repeats what a leaf
 * says, so that the log is paged by it: of what an import writes it is the default, so that those rows stay untouched.
 */
export const auditLog: Migration = {
  number: 4,
  sql: `
CREATE TABLE log_tiles (
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
  PRIMARY KEY (tenant_id, level, idx)
) STRICT;
CREATE TABLE checkpoints (
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  note TEXT NOT NULL,
  made_at TEXT NOT NULL,
  PRIMARY KEY (tenant_id, size)
) STRICT, WITHOUT ROWID;

ALTER TABLE ledger_events ADD COLUMN kind TEXT NOT NULL DEFAULT 'escalation.recorded';
DROP TRIGGER ledger_events_are_never_edited;
UPDATE ledger_events SET kind = CAST(leaf AS TEXT) ->> '$.kind'
  WHERE CASE WHEN json_valid(CAST(leaf AS TEXT)) THEN CAST(leaf AS TEXT) ->> '$.kind' <> 'escalation.recorded' END;
CREATE TRIGGER ledger_events_are_never_edited BEFORE UPDATE ON ledger_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX ledger_events_by_kind ON ledger_events (tenant_id, kind, seq);
`,
  run: (db) => {
    for (const { tenant_id } of db.all(TENANTS, {})) fillTiles(db, tenant_id);
  },
};

/** So many events are read at once: memory stays flat, however long the log is. */
const AT_ONCE = 4_096;

/** The tenant's events become its tree's first leaves. */
function fillTiles(db: Writer, tenantId: number): void {
  const read: TileReader = ({ level, index }) =>
    db.get(TILE, { tenantId, level, index })?.hashes ?? fail(tenantId, level, index);
  let size = 0;
  for (;;) {
    const hashes = db.all(HASHES, { tenantId, size }).map(({ leaf_sha256 }) => leaf_sha256);
    for (const tile of appendLeaves(read, size, hashes)) db.run(PUT, { tenantId, ...tile });
    size += hashes.length;
    if (hashes.length < AT_ONCE) return;
  }
}

function fail(tenantId: number, level: number, index: number): never {
  throw new Error(`The log of tenant ${tenantId} lacks tile ${level}/${index}.`);
}

interface Tile {
  readonly tenantId: number;
  readonly level: number;
  readonly index: number;
}
/** Written out, not by today's schema: what a migration does never changes. */
const TENANTS: Statement<object, { tenant_id: number }> = {
  sql: 'SELECT tenant_id FROM tenants ORDER BY tenant_id',
  bind: () => [],
};
const HASHES: Statement<{ tenantId: number; size: number }, { leaf_sha256: Uint8Array }> = {
  sql: `SELECT leaf_sha256 FROM ledger_events WHERE tenant_id = ? AND seq >= ? ORDER BY seq LIMIT ${AT_ONCE}`,
  bind: ({ tenantId, size }) => [tenantId, size],
};
const TILE: Statement<Tile, { hashes: Uint8Array }> = {
  sql: 'SELECT hashes FROM log_tiles WHERE tenant_id = ? AND level = ? AND idx = ?',
  bind: ({ tenantId, level, index }) => [tenantId, level, index],
};
const PUT: Statement<Tile & { hashes: Uint8Array }, never> = {
  sql: 'INSERT OR REPLACE INTO log_tiles (tenant_id, level, idx, hashes) VALUES (?, ?, ?, ?)',
  bind: ({ tenantId, level, index, hashes }) => [tenantId, level, index, hashes],
};
