import type Database from 'better-sqlite3';
import { openBare } from './connection.ts';
import type { Written } from './recorder.ts';

/** The bare program beside a write: one transaction of prepared statements on a store that is a copy of the desk's. */
export class Replay {
  readonly #db: Database.Database;
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  readonly #prepared = new Map<string, Database.Statement>();

  constructor(copy: string) {
    this.#db = openBare(copy);
    this.#begin = this.#db.prepare('BEGIN IMMEDIATE');
    this.#commit = this.#db.prepare('COMMIT');
  }

  /** Prepares what `write` will run: a bare program has its statements at hand. */
  prepare(written: readonly Written[]): void {
    for (const { sql } of written) if (!this.#prepared.has(sql)) this.#prepared.set(sql, this.#db.prepare(sql));
  }

  /** Writes the same rows, durably. */
  write(written: readonly Written[]): void {
    this.#begin.run();
    for (const { sql, parameters } of written) this.#prepared.get(sql)?.run(...parameters);
    this.#commit.run();
  }

  close(): void {
    this.#db.close();
  }
}
