import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { CompactRange } from '../../../audit/log/compact-range.ts';
import { leafHash } from '../../../audit/log/leaf.ts';
import { equalBytes } from '../../../audit/log/merkle.ts';
import { rootOf } from '../../../audit/log/tiles.ts';
import type { BackedUpTenant, BackupWatch } from '../../ledger-store.ts';
import { text } from '../base/bytes.ts';
import { Reader } from '../base/connection.ts';
import { tileReader } from '../tenant/log-tiles.ts';
import { asUnreadable, openToLook } from './maintenance.ts';

/** Events that are hashed in one step. */
const AT_ONCE = 2_000;
/** The store's form from which on logs have tiles. */
const WITH_TILES = 4;

/**
 * Verifies a store that nobody has open: SQLite finds no damage in any table, each event of each log has its place and its
 * hash, and the log's root over its events is that of its tiles. In steps, between which others work; whoever watches is
 * told table by table, log by log. INTEGRITY_FAILED; INVALID_INPUT for what is no store; STORE_TOO_NEW; CANCELLED. `sizes`:
 * at which the root of a log is asked for, by the tenant's uid.
 */
export async function verifyCopy(
  path: string,
  watch: BackupWatch,
  sizes: ReadonlyMap<string, number> = new Map(),
): Promise<BackedUpTenant[]> {
  const handle = openToLook(path);
  try {
    const tables = tablesOf(handle);
    const tenants = tenantsOf(handle);
    const total = tables.length + tenants.length;
    for (const [n, table] of tables.entries()) {
      await turn(watch, n, total);
      refuseDamage(handle.pragma(`quick_check(${quoted(table)})`, { simple: true }));
    }
    const logs: BackedUpTenant[] = [];
    for (const [n, tenant] of tenants.entries()) {
      await turn(watch, tables.length + n, total);
      logs.push(await verifyLog(handle, tenant, watch, sizes.get(tenant.uid) ?? null));
    }
    return logs;
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    handle.close();
  }
}

/** Lets others work; ends where the work is to stop. */
async function turn(watch: BackupWatch, done: number, total: number): Promise<void> {
  watch.progress(done, total);
  await nextTurn();
  stopIfAsked(watch);
}

/** CANCELLED where the work is to stop. */
export function stopIfAsked({ signal }: BackupWatch): void {
  if (signal.aborted) throw new DeskError('CANCELLED', 'Stopped. Nothing was written.', {});
}

function tablesOf(handle: Database.Database): string[] {
  const all = handle
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
    .pluck();
  return all.all();
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

function refuseDamage(answer: unknown): void {
  if (answer === 'ok') return;
  throw broken({ damage: String(answer) });
}

interface Tenant {
  readonly tenant_id: number;
  readonly name: Buffer;
  readonly uid: string;
  readonly log_size: number;
  readonly active: number;
  readonly resolved: number;
  readonly expired: number;
}

function tenantsOf(handle: Database.Database): Tenant[] {
  return handle
    .prepare<[], Tenant>(
      `SELECT tenant_id, name, uid, log_size, active, resolved, expired FROM tenants JOIN counts USING (tenant_id)
       ORDER BY name`,
    )
    .all();
}

async function verifyLog(
  handle: Database.Database,
  tenant: Tenant,
  watch: BackupWatch,
  at: number | null,
): Promise<BackedUpTenant> {
  const { tenant_id: tenantId, uid, log_size: size } = tenant;
  const range = CompactRange.of(0, []);
  if (range === null) throw broken({ log: uid });
  let newest: string | null = null;
  let rootAt = at === 0 ? range.root() : null;
  while (range.size < size) {
    const step = { tenantId, uid, from: range.size, limit: limitOf(range.size, at) };
    newest = appendStep(handle, step, range) ?? newest;
    if (range.size === at) rootAt = range.root();
    await nextTurn();
    stopIfAsked(watch);
  }
  const root = range.root();
  if (range.size !== size || !equalBytes(treeRoot(handle, tenantId, size) ?? root, root)) throw broken({ log: uid });
  const { active, resolved, expired } = tenant;
  return { tenant: text(tenant.name), uid, size, root, counts: { active, resolved, expired }, newest, rootAt };
}

/** A step ends where a root is asked for. */
function limitOf(from: number, at: number | null): number {
  return at === null || at <= from ? AT_ONCE : Math.min(AT_ONCE, at - from);
}

/** Hashes the next events; the instant of the last one. */
function appendStep(
  handle: Database.Database,
  { tenantId, uid, from, limit }: { tenantId: number; uid: string; from: number; limit: number },
  range: CompactRange,
): string | null {
  const rows = handle
    .prepare<[number, number, number], { seq: number; leaf: Buffer; sha256: Buffer }>(
      `SELECT seq, leaf, leaf_sha256 AS sha256 FROM ledger_events WHERE tenant_id = ? AND seq >= ?
       ORDER BY seq LIMIT ?`,
    )
    .all(tenantId, from, limit);
  if (rows.length === 0) throw broken({ log: uid });
  for (const { seq, leaf, sha256 } of rows) {
    if (seq !== range.size || !equalBytes(leafHash(leaf), sha256)) throw broken({ log: uid });
    range.append(sha256);
  }
  return /"at":"([^"]+)"/.exec(text(rows.at(-1)?.leaf ?? Buffer.alloc(0)))?.[1] ?? null;
}

/** The root as the tiles have it; null of an older form, which gets them from its events when it is opened. */
function treeRoot(handle: Database.Database, tenantId: number, size: number): Uint8Array | null {
  if ((handle.pragma('user_version', { simple: true }) as number) < WITH_TILES) return null;
  return rootOf(tileReader(new Reader(handle), tenantId), size);
}

function broken(details: Record<string, string>): DeskError {
  const message = 'The copy is damaged, so it was not kept. Look at the store with doctor, and verify its log.';
  return new DeskError('INTEGRITY_FAILED', message, details);
}
