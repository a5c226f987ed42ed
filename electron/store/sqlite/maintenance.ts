import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { DeskError } from '../../../shared/domain/errors.ts';
import { leafHash } from '../../audit/leaf.ts';
import { APPLICATION_ID } from './connection.ts';
import { type KeyFacts, keyFactsOf } from './key-facts.ts';
import { refuseNewer } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** What was found in a store that was looked at without writing to it or beside it. */
export interface StoreFacts {
  /** null: SQLite's quick_check found nothing. */
  readonly damage: string | null;
  readonly events: number;
  /** Tenants whose ledger events do not follow on one another, or do not have the hash that is kept for them. */
  readonly brokenLogs: number;
  /** The newest instant in the log, RFC 3339; null for an empty one. */
  readonly newest: string | null;
  readonly keys: KeyFacts;
}

/**
 * Copies a store that may be in use to `target`: to a temporary file first, which is checked and on the disk before it
 * gets its name (S43). Answers the copy's size and SHA-256. ALREADY_EXISTS; INTEGRITY_FAILED when the copy is damaged.
 */
export async function backUpStore(path: string, target: string): Promise<{ bytes: number; sha256: string }> {
  refuseExisting(target);
  const making = `${target}.making-${process.pid}`;
  const source = new Database(path, { readonly: true, timeout: 5000 });
  try {
    // All pages in one step: the copy is of one moment, and another program's write cannot make it begin again.
    await source.backup(making, { progress: () => 0x7fff_ffff });
    return settle(making, target);
  } finally {
    source.close();
    rmSync(making, { force: true });
  }
}

/** Puts a backup where no store is yet. ALREADY_EXISTS; INTEGRITY_FAILED when the backup is damaged. */
export function restoreStore(backup: string, path: string): { bytes: number; sha256: string } {
  for (const taken of [path, `${path}-wal`, `${path}-shm`]) refuseExisting(taken);
  const making = `${path}.making-${process.pid}`;
  try {
    copyFileSync(backup, making, constants.COPYFILE_EXCL);
    return settle(making, path);
  } finally {
    rmSync(making, { force: true });
  }
}

/**
 * Looks into a store and never writes to it or beside it: one that nobody has open is looked at in a private copy, since
 * SQLite would leave a -wal and a -shm beside the original. INVALID_INPUT for a file that is no store; STORE_BUSY while
 * what a crashed desk wrote still waits in the -wal.
 */
export function inspectStore(path: string): StoreFacts {
  const inUse = existsSync(`${path}-shm`) && existsSync(`${path}-wal`);
  if (inUse) return inspect(path);
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) {
    throw new DeskError(
      'STORE_BUSY',
      'A desk ended while it wrote. Open the desk once, which puts that right; then look again.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'vex-desk-doctor-'));
  try {
    const copy = join(folder, 'copy.db');
    copyFileSync(path, copy, constants.COPYFILE_FICLONE);
    return inspect(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inspect(path: string): StoreFacts {
  const handle = openToLook(path);
  try {
    return factsOf(handle);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    throw new DeskError('INVALID_INPUT', `The file cannot be read as a store (${error.code}).`, {}, { cause: error });
  } finally {
    handle.close();
  }
}

function openToLook(path: string): Database.Database {
  try {
    return new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
  } catch (cause) {
    throw new DeskError('INVALID_INPUT', 'The file cannot be opened as a store.', {}, { cause });
  }
}

function factsOf(handle: Database.Database): StoreFacts {
  handle.pragma('query_only = ON');
  handle.pragma('trusted_schema = OFF');
  if (handle.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new DeskError('INVALID_INPUT', 'The file is an SQLite database, but no store of the desk.');
  }
  refuseNewer(handle.pragma('user_version', { simple: true }) as number, MIGRATIONS.at(-1)?.number ?? 0);
  const answer = handle.pragma('quick_check(1)', { simple: true });
  return { damage: answer === 'ok' ? null : String(answer), ...logFacts(handle), keys: keyFactsOf(handle) };
}

/** Every event has its place and its hash (RFC 6962, 2.1). */
function logFacts(handle: Database.Database): Omit<StoreFacts, 'damage' | 'keys'> {
  const rows = handle.prepare<[], { tenant: number; seq: number; leaf: Buffer; sha256: Buffer }>(
    'SELECT tenant_id AS tenant, seq, leaf, leaf_sha256 AS sha256 FROM ledger_events ORDER BY tenant_id, seq',
  );
  const broken = new Set<number>();
  let [events, tenant, next] = [0, -1, 0];
  let newest: string | null = null;
  for (const row of rows.iterate()) {
    if (row.tenant !== tenant) [tenant, next] = [row.tenant, 0];
    if (row.seq !== next || !row.sha256.equals(leafHash(row.leaf))) broken.add(tenant);
    newest = later(newest, row.leaf);
    next += 1;
    events += 1;
  }
  return { events, brokenLogs: broken.size, newest };
}

function later(newest: string | null, leaf: Buffer): string | null {
  const at = /"at":"([^"]+)"/.exec(leaf.toString('utf8'))?.[1];
  return at !== undefined && (newest === null || at > newest) ? at : newest;
}

/** The finished copy gets its name only when it is whole and on the disk. */
function settle(making: string, target: string): { bytes: number; sha256: string } {
  const { damage, brokenLogs } = inspect(making);
  for (const beside of [`${making}-wal`, `${making}-shm`]) rmSync(beside, { force: true });
  if (damage !== null || brokenLogs > 0) {
    const message = 'The copy is damaged, so it was not kept. Look at the store with doctor.';
    throw new DeskError('INTEGRITY_FAILED', message, { damage, broken_logs: brokenLogs });
  }
  sync(making, 'r+');
  const facts = { bytes: statSync(making).size, sha256: sha256Of(making) };
  refuseExisting(target);
  renameSync(making, target);
  if (process.platform !== 'win32') sync(dirname(target), 'r');
  return facts;
}

function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const part = Buffer.alloc(1024 * 1024);
  try {
    for (let read = readPart(file, part); read > 0; read = readPart(file, part)) hash.update(part.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

function readPart(file: number, part: Buffer): number {
  return readSync(file, part, 0, part.length, null);
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  const message = 'A file of this name is there already. Nothing was written. Move it away first, or name another.';
  throw new DeskError('ALREADY_EXISTS', message, { file: path });
}
