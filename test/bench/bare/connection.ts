import Database from 'better-sqlite3';

/** A writing connection that is as durable and as tidy as the store's own, so that both sides wait for the same fsyncs. */
export function openBare(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true });
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'fullfsync = ON',
    'checkpoint_fullfsync = ON',
    'secure_delete = ON',
    'wal_autocheckpoint = 4000',
    'journal_size_limit = 67108864',
    'cache_size = -65536',
    'trusted_schema = OFF',
    'cell_size_check = ON',
    'mmap_size = 0',
    'foreign_keys = ON',
  ]) {
    db.pragma(pragma);
  }
  return db;
}

/** A connection that reads, as the store's own. */
export function openBareReader(path: string): Database.Database {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  for (const pragma of ['query_only = ON', 'cache_size = -65536', 'mmap_size = 0', 'cell_size_check = ON'])
    db.pragma(pragma);
  return db;
}

type Cell = string | number | null | Uint8Array;
type Row<Columns extends string> = Readonly<Record<Columns, Cell>>;

/** A prepared INSERT of these columns; each call answers the new row's number. */
export function inserter<Columns extends string>(db: Database.Database, table: string, columns: readonly Columns[]) {
  const names = columns.join(', ');
  const statement = db.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
  return (row: Row<Columns>) => Number(statement.run(...columns.map((column) => row[column])).lastInsertRowid);
}
