import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { APPLICATION_ID, type Writer } from '../base/connection.ts';
import type { Migration } from '../migrations/migration.ts';

/**
 * Brings the store to the newest form, each migration in a transaction of its own that reads the version again, so
 * that two processes may try at once. Before the first one on a store that holds something, a verified copy is laid
 * beside it as `<name>.before-<number>` and kept until the next migration. STORE_TOO_NEW leaves it untouched.
 */
export function migrate(db: Writer, path: string, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.number ?? 0;
  const version = versionOf(db);
  refuseNewer(version, newest);
  if (version > 0 && version < newest) backUp(db, path, version + 1);
  for (const migration of migrations) step(db, migration);
}

/** STORE_TOO_NEW when a store of `version` was written by a newer desk than knows `newest`. */
export function refuseNewer(version: number, newest: number): void {
  if (version <= newest) return;
  throw new DeskError(
    'STORE_TOO_NEW',
    `A newer version of the desk wrote this ledger (form ${version}; this one knows ${newest}). It was left untouched: open it with the newer version.`,
    { store: version, known: newest },
  );
}

function step(db: Writer, migration: Migration): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (versionOf(db) === migration.number - 1) {
      db.exec(migration.sql);
      migration.run?.(db);
      db.exec(`PRAGMA user_version = ${migration.number}`);
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(db: Writer): number {
  return db.pragma('user_version') as number;
}

/** S43: a copy under another name, checked and on the disk before it gets its own; then the older copies go. */
function backUp(db: Writer, path: string, before: number): void {
  const kept = `${path}.before-${before}`;
  const making = `${kept}.making`;
  rmSync(making, { force: true });
  db.exec(`VACUUM INTO '${making.replaceAll("'", "''")}'`);
  assertWhole(making);
  syncFile(making);
  renameSync(making, kept);
  syncFolder(dirname(path));
  for (const older of olderBackups(path, basename(kept))) rmSync(older);
}

function assertWhole(copy: string): void {
  const handle = new Database(copy, { readonly: true });
  try {
    const answer = handle.pragma('quick_check(1)', { simple: true });
    if (answer === 'ok') return;
    throw new DeskError(
      'STORE_READ_ONLY',
      `The ledger's copy is damaged (${String(answer)}), so its form was not changed.`,
    );
  } finally {
    handle.close();
  }
}

function olderBackups(path: string, kept: string): string[] {
  const folder = dirname(path);
  const ours = (name: string) => name.startsWith(`${basename(path)}.before-`) && name !== kept;
  return readdirSync(folder)
    .filter(ours)
    .map((name) => join(folder, name));
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

function syncFolder(folder: string): void {
  // Windows opens no folders; its renames are journaled.
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  fsyncSync(file);
  closeSync(file);
}
