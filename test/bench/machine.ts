import { cpus, release, type as systemName, totalmem } from 'node:os';
import Database from 'better-sqlite3';

/** Where and when the numbers were taken. */
export interface Machine {
  readonly machine: string;
  readonly node: string;
  readonly sqlite: string;
  /** RFC 3339 in UTC. */
  readonly date: string;
}

export function describeMachine(): Machine {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${cores.length} x ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, ${systemName()} ${release()}`,
    node: process.versions.node,
    sqlite: sqliteVersion(),
    date: new Date().toISOString(),
  };
}

function sqliteVersion(): string {
  const db = new Database(':memory:');
  try {
    return db.prepare('SELECT sqlite_version()').pluck().get() as string;
  } finally {
    db.close();
  }
}
