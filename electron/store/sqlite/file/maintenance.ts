import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { APPLICATION_ID } from '../base/connection.ts';
import { type KeyFacts, keyFactsOf } from '../keys/key-facts.ts';
import { type LogFacts, logFactsOf } from '../log/facts.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { refuseNewer } from './migrate.ts';

/** What was found in a store that was looked at without writing to it or beside it. */
export interface StoreFacts extends LogFacts {
  /** null: SQLite's quick_check found nothing. */
  readonly damage: string | null;
  readonly keys: KeyFacts;
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
    throw asUnreadable(error);
  } finally {
    handle.close();
  }
}

/** A store that is only looked at. INVALID_INPUT for a file that is none; STORE_TOO_NEW. */
export function openToLook(path: string): Database.Database {
  const handle = openFile(path);
  try {
    handle.pragma('query_only = ON');
    handle.pragma('trusted_schema = OFF');
    refuseStranger(handle);
    return handle;
  } catch (error) {
    handle.close();
    throw asUnreadable(error);
  }
}

function openFile(path: string): Database.Database {
  try {
    return new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
  } catch (cause) {
    throw new DeskError('INVALID_INPUT', 'The file cannot be opened as a store.', {}, { cause });
  }
}

function refuseStranger(handle: Database.Database): void {
  if (handle.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new DeskError('INVALID_INPUT', 'The file is an SQLite database, but no store of the desk.');
  }
  refuseNewer(handle.pragma('user_version', { simple: true }) as number, MIGRATIONS.at(-1)?.number ?? 0);
}

/** What SQLite said of a file that is damaged beyond reading. */
export function asUnreadable(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  return new DeskError('INVALID_INPUT', `The file cannot be read as a store (${error.code}).`, {}, { cause: error });
}

function factsOf(handle: Database.Database): StoreFacts {
  const answer = handle.pragma('quick_check(1)', { simple: true });
  return { damage: answer === 'ok' ? null : String(answer), ...logFactsOf(handle), keys: keyFactsOf(handle) };
}
