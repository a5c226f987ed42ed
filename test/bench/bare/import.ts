import Database from 'better-sqlite3';
import { openBare } from './connection.ts';
import { BareRows, type SourceCells } from './rows.ts';

/** A batch closes at so many records or bytes, as the desk's does. */
const BATCH_RECORDS = 1000;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * The bare program beside an import: reads the same rows of the vex.db, JSON.parses and SHA-256s each once, and writes
 * the same tables, indexes and full text with prepared statements in equal batches. It checks nothing, and knows where
 * each row lies. `store` is an empty store. Answers how many records it wrote.
 */
export function bareImport(source: string, store: string, tenant: string): number {
  const from = new Database(source, { readonly: true });
  const to = openBare(store);
  try {
    const rows = new BareRows(to, tenant);
    const events = from.prepare<[string], SourceCells>(`${CELLS} WHERE key = ?`);
    const recordPrefix = `coordination:tenant:${tenant}:record:`;
    const batch = { records: 0, bytes: 0 };
    let records = 0;
    to.exec('BEGIN IMMEDIATE');
    for (const row of from.prepare<[], SourceCells>(CELLS).iterate()) {
      const key = row.key.toString();
      if (key.startsWith(recordPrefix)) {
        rows.record(row.value, (id) => events.get(`audit:tenant:${tenant}:event:${id}`)?.value ?? null);
        records += 1;
        batch.records += 1;
      } else if (key.startsWith('audit:')) {
        rows.source(row);
      }
      batch.bytes += row.value.length;
      if (batch.records < BATCH_RECORDS && batch.bytes < BATCH_BYTES) continue;
      rows.endBatch();
      to.exec('COMMIT; BEGIN IMMEDIATE');
      Object.assign(batch, { records: 0, bytes: 0 });
    }
    rows.endBatch();
    to.exec('COMMIT');
    return records;
  } finally {
    to.close();
    from.close();
  }
}

const CELLS = `SELECT CAST(key AS BLOB) AS key, CAST(value AS BLOB) AS value, created_at AS createdAt, updated_at AS updatedAt
  FROM kv_store`;
