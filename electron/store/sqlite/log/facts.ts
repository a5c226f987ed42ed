import type Database from 'better-sqlite3';
import { leafHash } from '../../../audit/log/leaf.ts';
import { type FindTile, TreeWalk } from './check/tree-walk.ts';

/** What a store's logs are, looked at without the store's own code. */
export interface LogFacts {
  readonly events: number;
  /** Tenants whose events do not follow on one another, or are not the leaves of the tree that is kept. */
  readonly brokenLogs: number;
  /** The newest instant in the log, RFC 3339; null for an empty one. */
  readonly newest: string | null;
}

interface EventRow {
  readonly seq: number;
  readonly leaf: Buffer;
  readonly sha256: Buffer;
}
/** Hashes are added to the tree so many at a time. */
const AT_ONCE = 256;

/** Every event of every tenant has its place and its hash, and the tree its tiles, so that its root is that of the log. */
export function logFactsOf(handle: Database.Database): LogFacts {
  const tenants = handle
    .prepare<[], { id: number; size: number }>(
      'SELECT tenant_id AS id, log_size AS size FROM tenants ORDER BY tenant_id',
    )
    .all();
  const tiles = tilesOf(handle);
  const logs = tenants.map(({ id, size }) => {
    const log = new LogWalk(tiles === null ? null : { find: tiles.find(id), kept: tiles.count(id) });
    for (const row of eventsOf(handle, id)) log.take(row);
    return log.end(size);
  });
  const newest = logs.map((log) => log.newest ?? '').reduce((a, b) => (a > b ? a : b), '');
  return {
    events: logs.reduce((sum, log) => sum + log.events, 0),
    brokenLogs: logs.filter((log) => log.broken).length,
    newest: newest === '' ? null : newest,
  };
}

/** One log from its first event to its last. */
class LogWalk {
  readonly #tree = new TreeWalk();
  readonly #tiles: { readonly find: FindTile; readonly kept: number } | null;
  #hashes: Uint8Array[] = [];
  events = 0;
  broken = false;
  newest: string | null = null;

  constructor(tiles: { readonly find: FindTile; readonly kept: number } | null) {
    this.#tiles = tiles;
  }

  take({ seq, leaf, sha256 }: EventRow): void {
    if (seq !== this.events || !sha256.equals(leafHash(leaf))) this.broken = true;
    this.newest = later(this.newest, leaf);
    this.events += 1;
    this.#hashes.push(sha256);
    if (this.#hashes.length === AT_ONCE) this.#grow();
  }

  end(size: number): this {
    this.#grow();
    const { events } = this;
    if (size !== events || (this.#tiles !== null && this.#tree.end(this.#tiles.kept, this.#tiles.find).length > 0))
      this.broken = true;
    return this;
  }

  /** A store that an older desk left has no tiles yet. */
  #grow(): void {
    if (this.#tiles !== null && this.#tree.append(this.#hashes, this.#tiles.find).length > 0) this.broken = true;
    this.#hashes = [];
  }
}

function eventsOf(handle: Database.Database, tenantId: number): IterableIterator<EventRow> {
  return handle
    .prepare<[number], EventRow>(
      'SELECT seq, leaf, leaf_sha256 AS sha256 FROM ledger_events WHERE tenant_id = ? ORDER BY seq',
    )
    .iterate(tenantId);
}

/** The tiles of each tenant; null for a store of a form without any. */
function tilesOf(handle: Database.Database) {
  const known = handle.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'log_tiles'").get();
  if (known === undefined) return null;
  const tile = handle
    .prepare<[number, number, number], Buffer>(
      'SELECT hashes FROM log_tiles WHERE tenant_id = ? AND level = ? AND idx = ?',
    )
    .pluck();
  const count = handle.prepare<[number], number>('SELECT count(*) FROM log_tiles WHERE tenant_id = ?').pluck();
  return {
    find:
      (tenantId: number): FindTile =>
      ({ level, index }) =>
        tile.get(tenantId, level, index) ?? null,
    count: (tenantId: number) => count.get(tenantId) ?? 0,
  };
}

function later(newest: string | null, leaf: Buffer): string | null {
  const at = /"at":"([^"]+)"/.exec(leaf.toString('utf8'))?.[1];
  return at !== undefined && (newest === null || at > newest) ? at : newest;
}
