import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

export interface VexRow {
  key: string;
  /** The cell's bytes, whatever its type. */
  value: Uint8Array;
  /** The cell's type as SQLite names it. */
  type: string;
}

/** Every row of a fixture ledger's kv_store, by key; read from a private copy, so that the fixture stays as it is. */
export function vexRows(ledger: 'demo' | 'odd'): VexRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'vex-rows-'));
  try {
    const copy = join(folder, 'vex.db');
    copyFileSync(fileURLToPath(new URL(`../fixtures/fixtures/ledgers/${ledger}/vex.db`, import.meta.url)), copy);
    const db = new Database(copy);
    const rows = db
      .prepare('SELECT key, CAST(value AS BLOB) AS value, typeof(value) AS type FROM kv_store ORDER BY key')
      .all() as VexRow[];
    db.close();
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
