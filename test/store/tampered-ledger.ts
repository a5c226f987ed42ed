import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { LogFailure } from '../../electron/store/ledger-store.ts';
import { Writer } from '../../electron/store/sqlite/base/connection.ts';
import { Engine } from '../../electron/store/sqlite/base/engine.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { sqliteStore } from '../../electron/store/sqlite/store.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import { allLogFailures } from '../contract/store/checked.ts';
import { CountedIds, HandClock } from '../contract/store/makers.ts';
import { signing } from '../contract/store/signing.ts';
import { fillLedger } from './full-ledger.ts';

/** A full ledger in the hands of someone who changes its file at will. */
export interface TamperedLedger {
  readonly db: Database.Database;
  /** What verifying all logs finds after `change`, which is taken back. */
  foundAfter(change: () => void): Promise<LogFailure[]>;
}

export async function tamperedLedger(path: string): Promise<TamperedLedger> {
  const clock = new HandClock();
  const made = signing(await openSqliteStore({ path, clock, ids: new CountedIds() }));
  await fillLedger(made, clock);
  expect(await allLogFailures(made)).toEqual([]);
  await made.close();
  const db = new Database(path);
  for (const pragma of ['foreign_keys = OFF', 'ignore_check_constraints = ON']) db.pragma(pragma);
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  // Reads on the connection that changes things, so that what is changed can be taken back.
  const both = new Writer(db);
  const ids = new CountedIds();
  const store = sqliteStore(new Engine({ path, clock, ids, writer: both, reader: both, onClose: () => undefined }));
  return {
    db,
    foundAfter: async (change) => {
      db.exec('BEGIN');
      try {
        change();
        return await allLogFailures(store);
      } catch (error) {
        // A tenant whose name or its digest was changed is not even found.
        if (error instanceof DeskError && error.code === 'NOT_FOUND')
          return [{ place: 'tenants', code: error.code, detail: '' }];
        throw error;
      } finally {
        db.exec('ROLLBACK');
      }
    },
  };
}
