import { open } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { checkHeader, checkPages, checkSchema } from './ledger-checks.ts';
import { copyLedger } from './private-copy.ts';
import { ReaderFault } from './reader-fault.ts';

/** A cell of text as UTF-8 bytes, exactly as stored; null where it is of another type or larger than its limit. */
export type Cell = Uint8Array | null;

/** One row of kv_store; the bytes of UTF-16 databases are turned into UTF-8. */
export interface LedgerRow {
  readonly row: bigint;
  readonly key: Cell;
  /** SQLite's own name of the value's type. */
  readonly valueType: string;
  readonly valueBytes: number;
  readonly value: Cell;
  readonly createdAt: bigint | null;
  readonly updatedAt: bigint | null;
}

/** What an audit event is looked up by; members of another type are null. */
export interface EventRef {
  readonly row: bigint;
  readonly key: Uint8Array;
  readonly eventType: string | null;
  readonly escalationId: string | null;
  readonly resolvesId: string | null;
  /** Its hash and the one before it, as the JSON text of their bytes; its place in the chain. */
  readonly hash: string | null;
  readonly previousHash: string | null;
  readonly sequence: bigint | null;
}

const KEY_BYTES = 1024 * 1024;
/** An audit row with its blobs; a record has a smaller limit of its own. */
const VALUE_BYTES = 160 * 1024 * 1024;

const ROW = `_rowid_ AS row,
  CASE WHEN typeof(key) = 'text' AND octet_length(key) <= ${KEY_BYTES} THEN CAST(key AS BLOB) END AS key,
  typeof(value) AS valueType, coalesce(octet_length(value), 0) AS valueBytes,
  CASE WHEN typeof(value) = 'text' AND octet_length(value) <= ${VALUE_BYTES} THEN CAST(value AS BLOB) END AS value,
  CASE WHEN typeof(created_at) = 'integer' THEN created_at END AS createdAt,
  CASE WHEN typeof(updated_at) = 'integer' THEN updated_at END AS updatedAt`;

const SELECT = {
  count: 'SELECT count(*) FROM kv_store',
  keys: `SELECT _rowid_ AS row, CAST(key AS BLOB) AS key FROM kv_store
    WHERE typeof(key) = 'text' AND octet_length(key) <= ${KEY_BYTES}`,
  rows: `SELECT ${ROW} FROM kv_store`,
  row: `SELECT ${ROW} FROM kv_store WHERE _rowid_ = ?`,
  named: `SELECT ${ROW} FROM kv_store WHERE key = ? COLLATE BINARY`,
  events: `SELECT _rowid_ AS row, CAST(key AS BLOB) AS key, json_extract(value, '$.event_type') AS eventType,
      json_extract(value, '$.data.escalation_id') AS escalationId,
      json_extract(value, '$.data.resolves_escalation_id') AS resolvesId,
      json_extract(value, '$.hash') AS hash, json_extract(value, '$.previous_hash') AS previousHash,
      json_extract(value, '$.sequence_number') AS sequence
    FROM kv_store WHERE typeof(key) = 'text' AND octet_length(key) <= ${KEY_BYTES} AND typeof(value) = 'text'
      AND substr(key, 1, 13) = 'audit:tenant:' COLLATE BINARY AND instr(key, ':event:') > 0 AND json_valid(value)`,
};

/**
 * A foreign VEX database, read from a private copy in `folder` with fixed SELECTs only (S46-S48). `onStep` is called
 * before each long step. INVALID_INPUT for what is no sound VEX store, SOURCE_BUSY as `copyLedger`.
 */
export async function openLedgerFile(source: string, folder: string): Promise<LedgerFile> {
  await checkFile(source);
  const copy = await copyLedger(source, folder);
  let db: Database.Database | undefined;
  try {
    await checkFile(copy);
    db = new Database(copy, { fileMustExist: true });
    for (const pragma of ['trusted_schema = OFF', 'cell_size_check = ON', 'mmap_size = 0']) db.pragma(pragma);
    checkSchema(db);
    checkPages(db);
    db.pragma('query_only = ON');
    return new LedgerFile(db);
  } catch (cause) {
    db?.close();
    if (cause instanceof ReaderFault || !(cause instanceof Database.SqliteError)) throw cause;
    throw damaged(cause);
  }
}

async function checkFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0);
    checkHeader(buffer.subarray(0, bytesRead), (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

function damaged(cause: unknown): ReaderFault {
  const why = 'This is no VEX database that can be read safely: SQLite cannot read it. Nothing of it was imported.';
  return new ReaderFault('INVALID_INPUT', why, { cause });
}

type RawRow = Omit<LedgerRow, 'valueBytes'> & { readonly valueBytes: bigint };

export class LedgerFile {
  private readonly db: Database.Database;
  private readonly one: Database.Statement<[bigint], RawRow>;
  private readonly wide: string | null;

  constructor(db: Database.Database) {
    this.db = db;
    this.one = db.prepare<[bigint], RawRow>(SELECT.row).safeIntegers();
    const encoding = String(db.pragma('encoding', { simple: true })).toLowerCase();
    this.wide = encoding === 'utf-8' ? null : encoding;
  }

  count(): number {
    return Number(this.db.prepare<[], number>(SELECT.count).pluck().get());
  }

  /** All keys that are text, in the table's order. */
  *keys(): Iterable<{ row: bigint; key: Uint8Array }> {
    const found = this.db.prepare<[], { row: bigint; key: Uint8Array }>(SELECT.keys).safeIntegers();
    for (const { row, key } of found.iterate()) {
      yield { row, key: this.cell(key) ?? new Uint8Array(0) };
    }
  }

  /** All rows, in the table's order. */
  *rows(): Iterable<LedgerRow> {
    for (const row of this.db.prepare<[], RawRow>(SELECT.rows).safeIntegers().iterate()) yield this.decoded(row);
  }

  row(row: bigint): LedgerRow | null {
    const found = this.one.get(row);
    return found === undefined ? null : this.decoded(found);
  }

  /** The value under a key: undefined where there is none, null where it is no text within the limits. */
  valueOf(key: string): Cell | undefined {
    const found = this.db.prepare<[string], RawRow>(SELECT.named).safeIntegers().get(key);
    return found === undefined ? undefined : this.decoded(found).value;
  }

  /** What SQLite's own JSON functions say of the audit events: where to look, not yet what to believe. */
  *events(): Iterable<EventRef> {
    const found = this.db.prepare<[], Record<keyof EventRef, unknown> & { row: bigint; key: Uint8Array }>(
      SELECT.events,
    );
    for (const { row, key, sequence, ...texts } of found.safeIntegers().iterate()) {
      yield {
        row,
        key: this.cell(key) ?? new Uint8Array(0),
        eventType: textOrNull(texts.eventType),
        escalationId: textOrNull(texts.escalationId),
        resolvesId: textOrNull(texts.resolvesId),
        hash: textOrNull(texts.hash),
        previousHash: textOrNull(texts.previousHash),
        sequence: typeof sequence === 'bigint' ? sequence : null,
      };
    }
  }

  close(): void {
    this.db.close();
  }

  private decoded(row: RawRow): LedgerRow {
    return { ...row, key: this.cell(row.key), value: this.cell(row.value), valueBytes: Number(row.valueBytes) };
  }

  /** UTF-16 with a lone surrogate becomes bytes that are no UTF-8, so that the reader of the value refuses it. */
  private cell(bytes: Cell): Cell {
    if (bytes === null || this.wide === null) return bytes;
    try {
      return Buffer.from(new TextDecoder(this.wide, { fatal: true, ignoreBOM: true }).decode(bytes));
    } catch {
      return Buffer.from([0xff]);
    }
  }
}

/** The cell's text; null where it is no UTF-8. */
export function cellText(cell: Uint8Array): string | null {
  return decodeUtf8(cell);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
