import Database from 'better-sqlite3';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { Statement } from './statement.ts';

/** 'VEXd': what `PRAGMA application_id` of a store says. */
export const APPLICATION_ID = 0x56455864;
/** How long a write waits for another process's. */
export const BUSY_MS = 5_000;
const OLDEST_SQLITE = [3, 53] as const;
const WAL_PAGES = 4_000;
const WAL_KEPT_BYTES = 64 * 1024 * 1024;

type Handle = Database.Database;
type Prepared = Database.Statement<unknown[], unknown>;

const [SNAPSHOT, BEGIN, COMMIT, ROLLBACK] = (['BEGIN', 'BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'] as const).map(
  (sql): Statement<object, never> => ({ sql, bind: () => [] }),
) as [Statement<object, never>, Statement<object, never>, Statement<object, never>, Statement<object, never>];

/** A connection that reads: it has no way to write, and `query_only` holds SQLite to it. */
export class Reader {
  protected readonly handle: Handle;
  readonly #prepared = new Map<object, Prepared>();

  constructor(handle: Handle) {
    this.handle = handle;
  }

  all<A, R>(statement: Statement<A, R>, args: A): R[] {
    return this.prepared(statement).all(statement.bind(args)) as R[];
  }

  get<A, R>(statement: Statement<A, R>, args: A): R | undefined {
    return this.prepared(statement).get(statement.bind(args)) as R | undefined;
  }

  /** Rows one by one; whoever stops early ends the query with it. */
  iterate<A, R>(statement: Statement<A, R>, args: A): IterableIterator<R> {
    return this.prepared(statement).iterate(statement.bind(args)) as IterableIterator<R>;
  }

  /** The value of a pragma that has one. */
  pragma(name: string): unknown {
    return this.handle.pragma(name, { simple: true });
  }

  /** Runs `read` on one snapshot of the store. */
  snapshot<T>(read: () => T): T {
    if (this.handle.inTransaction) return read();
    this.prepared(SNAPSHOT).run();
    try {
      return read();
    } finally {
      // Nothing was written: to end it either way is the same.
      if (this.handle.inTransaction) this.prepared(COMMIT).run();
    }
  }

  close(): void {
    this.handle.close();
  }

  protected prepared<A, R>(statement: Statement<A, R>): Prepared {
    let made = this.#prepared.get(statement);
    if (made === undefined) {
      made = this.handle.prepare(statement.sql);
      this.#prepared.set(statement, made);
    }
    return made;
  }
}

/** The connection that writes; only transaction.ts begins and ends its transactions. */
export class Writer extends Reader {
  run<A, R>(statement: Statement<A, R>, args: A): { changes: number; lastInsertRowid: number } {
    const { changes, lastInsertRowid } = this.prepared(statement).run(statement.bind(args));
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  }

  exec(sql: string): void {
    this.handle.exec(sql);
  }

  begin(): void {
    this.prepared(BEGIN).run();
  }

  end(how: 'COMMIT' | 'ROLLBACK'): void {
    this.prepared(how === 'COMMIT' ? COMMIT : ROLLBACK).run();
  }

  get inTransaction(): boolean {
    return this.handle.inTransaction;
  }
}

/** The store's writing connection: WAL, durable at each commit (S34-S41). `fresh`: the file holds nothing yet. */
export function openWriter(path: string, options: { fresh: boolean; busyMs: number }): Writer {
  const handle = new Database(path, { timeout: options.busyMs });
  try {
    assertVersion(handle);
    if (options.fresh) handle.pragma('auto_vacuum = INCREMENTAL');
    harden(handle);
    handle.pragma('journal_mode = WAL');
    handle.pragma('synchronous = FULL');
    handle.pragma('fullfsync = ON');
    handle.pragma('checkpoint_fullfsync = ON');
    handle.pragma('secure_delete = ON');
    handle.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
    handle.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`);
    handle.pragma('cache_size = -65536');
    return new Writer(handle);
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** A connection for reading beside the writer. */
export function openReader(path: string): Reader {
  const handle = new Database(path, { readonly: true, timeout: BUSY_MS });
  harden(handle);
  handle.pragma('query_only = ON');
  handle.pragma('cache_size = -65536');
  return new Reader(handle);
}

function harden(handle: Handle): void {
  handle.pragma('trusted_schema = OFF');
  handle.pragma('cell_size_check = ON');
  handle.pragma('mmap_size = 0');
  handle.pragma('foreign_keys = ON');
}

function assertVersion(handle: Handle): void {
  const version = handle.prepare('SELECT sqlite_version()').pluck().get() as string;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST_SQLITE[0] || (major === OLDEST_SQLITE[0] && minor < OLDEST_SQLITE[1])) {
    throw new DeskError(
      'INTERNAL',
      `SQLite ${version} is too old: the store needs ${OLDEST_SQLITE.join('.')} or newer.`,
    );
  }
}
