import type { Clock, IdSource } from '../../../../shared/domain/clock.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { Reader, Writer } from './connection.ts';
import { failureOf } from './failure.ts';

/**
 * One store of one process: a connection that writes, one that reads, and the state both are in. Everything that
 * touches them runs without an await from its first statement to its commit, so no two operations ever mix.
 */
export class Engine {
  readonly path: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #onClose: () => void;
  #readOnly: string | null = null;
  #lastDurableWrite: number | null = null;
  #proven = false;
  #closed = false;

  constructor(parts: {
    path: string;
    clock: Clock;
    ids: IdSource;
    writer: Writer;
    reader: Reader;
    onClose: () => void;
  }) {
    this.path = parts.path;
    this.clock = parts.clock;
    this.ids = parts.ids;
    this.#writer = parts.writer;
    this.#reader = parts.reader;
    this.#onClose = parts.onClose;
  }

  get readOnly(): string | null {
    return this.#readOnly;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get lastDurableWrite(): number | null {
    return this.#lastDurableWrite;
  }

  /** Answers from one snapshot. */
  read<T>(work: (db: Reader) => T): T {
    try {
      return this.#reader.snapshot(() => work(this.#reader));
    } catch (error) {
      throw this.#told(error);
    }
  }

  /**
   * One BEGIN IMMEDIATE transaction: all of `work` or nothing (I2). Answers only after COMMIT has returned, which
   * with synchronous FULL is after the fsync (S36). STORE_BUSY, STORE_READ_ONLY, and what `work` throws.
   */
  write<T>(work: (db: Writer) => T): T {
    return this.#transaction(work, 'COMMIT');
  }

  /** Does `work` as `write` does, answers, and takes all of it back. */
  rehearse<T>(work: (db: Writer) => T): T {
    return this.#transaction(work, 'ROLLBACK');
  }

  /**
   * Gives pages that hold nothing back to the system, `pages` of them at most; once there are none, empties the -wal too,
   * where removed bytes stand as long as it is not written over. Answers how many pages are left. STORE_BUSY while another
   * reads from the -wal.
   */
  reclaim(pages: number): number {
    const free = this.#writer.pragma('freelist_count') as number;
    if (free === 0) {
      this.settle();
      return 0;
    }
    // All rows of the pragma must be stepped through: one frees one page.
    this.#transaction((db) => db.exec(`PRAGMA incremental_vacuum(${pages})`), 'COMMIT');
    return Math.max(1, this.#writer.pragma('freelist_count') as number);
  }

  /**
   * Writes the whole file anew, so that it has no room that holds nothing, nor copies of rows that SQLite once moved; every
   * other write waits. False where that cannot be now (no room for a second copy, another program writes): then all is as
   * it was.
   */
  compact(): boolean {
    this.#refuseWhenReadOnly();
    try {
      this.#writer.exec('VACUUM');
      this.settle();
      return true;
    } catch (error) {
      if (isWithoutRoom(error) || (this.#told(error) as { code?: unknown }).code === 'STORE_BUSY') return false;
      throw this.#told(error);
    }
  }

  get bytes(): number {
    return (this.#writer.pragma('page_count') as number) * (this.#writer.pragma('page_size') as number);
  }

  /** Moves all of the -wal into the file and cuts it off. STORE_BUSY while another reads from it. */
  settle(): void {
    this.#refuseWhenReadOnly();
    try {
      if (this.#writer.pragma('wal_checkpoint(TRUNCATE)') === 0) return;
    } catch (error) {
      throw this.#told(error);
    }
    throw new DeskError('STORE_BUSY', 'Another program reads what was. Room is given back when it has ended.');
  }

  /** Whether another process has committed since the last call. */
  dataVersion(): number {
    return this.#writer.pragma('data_version') as number;
  }

  close(): void {
    this.#closed = true;
    this.#reader.close();
    this.#writer.close();
    this.#onClose();
  }

  #transaction<T>(work: (db: Writer) => T, end: 'COMMIT' | 'ROLLBACK'): T {
    this.#refuseWhenReadOnly();
    const db = this.#writer;
    try {
      db.begin();
      const answer = work(db);
      db.end(end);
      if (end === 'COMMIT') this.#committed();
      return answer;
    } catch (error) {
      // After FULL, IOERR and the like SQLite may have rolled back by itself (S40).
      if (db.inTransaction) db.exec('ROLLBACK');
      throw this.#told(error);
    }
  }

  #committed(): void {
    if (!this.#proven && this.#writer.pragma('synchronous') !== 2) {
      // Before a first write the pragma may say FULL and mean nothing (S34).
      throw new DeskError('INTERNAL', 'The store does not wait for the disk: synchronous is not FULL.');
    }
    this.#proven = true;
    this.#lastDurableWrite = this.clock.now();
  }

  #refuseWhenReadOnly(): void {
    if (this.#readOnly === null) return;
    throw new DeskError('STORE_READ_ONLY', `This ledger is read-only: ${this.#readOnly}. Nothing was changed.`, {
      reason: this.#readOnly,
    });
  }

  #told(thrown: unknown): unknown {
    const failure = failureOf(thrown);
    if (failure === null) return thrown;
    this.#readOnly ??= failure.readOnly;
    return failure.error;
  }
}

/** A second copy of the file found no room: that says nothing of the next write. */
function isWithoutRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
}
