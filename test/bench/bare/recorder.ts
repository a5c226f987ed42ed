import Database from 'better-sqlite3';

/** A statement that changed something, as it ran. */
export interface Written {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

type Run = (...parameters: unknown[]) => Database.RunResult;

/**
 * Notes what every connection of this process that is opened later writes, so that a bare transaction can write the
 * very same rows (replay.ts). What changed nothing is left out: a bare program would not have tried.
 */
export class WriteRecorder {
  #written: Written[] = [];
  readonly #prepare = Database.prototype.prepare;

  constructor() {
    const recorder = this;
    const prepare = this.#prepare as (this: Database.Database, sql: string) => Database.Statement;
    Database.prototype.prepare = function prepareAndRecord(this: Database.Database, sql: string) {
      const statement = prepare.call(this, sql);
      if (!statement.readonly) recorder.#watch(statement, sql);
      return statement;
    } as typeof Database.prototype.prepare;
  }

  /** What was written since the last call. */
  take(): Written[] {
    const written = this.#written;
    this.#written = [];
    return written;
  }

  stop(): void {
    Database.prototype.prepare = this.#prepare;
  }

  #watch(statement: Database.Statement, sql: string): void {
    const run = statement.run.bind(statement) as Run;
    statement.run = ((...parameters: unknown[]) => {
      const result = run(...parameters);
      if (result.changes > 0) this.#written.push({ sql, parameters });
      return result;
    }) as typeof statement.run;
  }
}
