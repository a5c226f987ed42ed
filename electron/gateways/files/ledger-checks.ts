import type { Database } from 'better-sqlite3';
import { ReaderFault } from './reader-fault.ts';

/** The columns that are read; 1.6 and 1.7 have them both, 1.7 has `tenant_id` besides. */
const COLUMNS = ['key', 'value', 'created_at', 'updated_at'];
const MAX_OBJECTS = 1000;

/**
 * Whether the header of a database file and the file's size agree: SQLite itself reads missing bytes as zeros and
 * finds nothing wrong. Throws INVALID_INPUT.
 */
export function checkHeader(header: Uint8Array, size: number): void {
  const stored = ((header[16] ?? 0) << 8) | (header[17] ?? 0);
  const pageSize = stored === 1 ? 65_536 : stored;
  const power = pageSize >= 512 && (pageSize & (pageSize - 1)) === 0;
  if (!power || size === 0 || size % pageSize !== 0) throw refusal('Its size is not a whole number of its pages.');
}

/**
 * Whether the database has the shape of a VEX store and nothing in it that could run or compute: plain tables and
 * indexes of plain columns only (S48), no other program's file. Throws INVALID_INPUT.
 */
export function checkSchema(db: Database): void {
  if (db.pragma('application_id', { simple: true }) !== 0) throw refusal('It says that it belongs to another program.');
  const objects = db.prepare<[], { type: unknown; name: unknown }>('SELECT type, name FROM sqlite_schema').all();
  if (objects.length > MAX_OBJECTS) throw refusal(`It has more than ${MAX_OBJECTS} tables and indexes.`);
  for (const { type, name } of objects) checkObject(db, type, name);
  if (!objects.some(({ type, name }) => type === 'table' && isStoreName(name)))
    throw refusal('It has no table kv_store.');
}

/** SQLite's own check of pages and cells. Throws INVALID_INPUT. */
export function checkPages(db: Database): void {
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
    throw refusal('It is damaged: SQLite’s quick_check fails.');
}

function checkObject(db: Database, type: unknown, name: unknown): void {
  if (typeof name !== 'string' || !/^[\x20-\x7e]{1,200}$/.test(name)) throw refusal('A table has a name that is none.');
  if (type === 'table') checkTable(db, name);
  else if (type === 'index') checkIndex(db, name);
  else throw refusal('It has views or triggers.');
}

interface TableFacts {
  readonly type: string;
  readonly wr: number;
}

function checkTable(db: Database, name: string): void {
  const table = db.prepare<[string], TableFacts>('SELECT type, wr FROM pragma_table_list(?)').get(name);
  if (table?.type !== 'table') throw refusal('It has virtual tables.');
  const columns = db
    .prepare<[string], { name: string; hidden: number }>('SELECT name, hidden FROM pragma_table_xinfo(?)')
    .all(name);
  if (columns.some(({ hidden }) => hidden !== 0)) throw refusal('It has columns that are computed.');
  if (!isStoreName(name)) return;
  const names = new Set(columns.map((column) => column.name.toLowerCase()));
  if (table.wr !== 0 || names.has('_rowid_')) throw refusal('Its table kv_store is of another kind.');
  if (!COLUMNS.every((column) => names.has(column))) throw refusal('Its table kv_store lacks columns.');
}

function checkIndex(db: Database, name: string): void {
  const columns = db.prepare<[string], { cid: number }>('SELECT cid FROM pragma_index_xinfo(?)').all(name);
  if (columns.some(({ cid }) => cid === -2)) throw refusal('It has an index that is computed.');
}

function isStoreName(name: unknown): boolean {
  return typeof name === 'string' && name.toLowerCase() === 'kv_store';
}

function refusal(why: string): ReaderFault {
  return new ReaderFault(
    'INVALID_INPUT',
    `This is no VEX database that can be read safely. ${why} Nothing of it was imported.`,
  );
}
