import Database from 'better-sqlite3';
import { FIRST_RECORD_MS, STEP_MS, type Story, tellStory } from './ledger-story.ts';
import { SeededRandom } from './random.ts';
import { AuditChain, type AuditRow, recordText } from './vex-form.ts';

export interface MadeLedger {
  readonly path: string;
  readonly tenant: string;
  readonly records: number;
  readonly active: number;
  /** When its newest record was recorded, in milliseconds since 1970: where a desk's clock may stand. */
  readonly newestMs: number;
}

const ROWS_A_TRANSACTION = 10_000;

/** It is made anew when making it is cut short; the cache keeps the keys' index, whose order is random, off the disk. */
const FAST = ['journal_mode = MEMORY', 'synchronous = OFF', 'cache_size = -1048576'] as const;

/** The tables that the desk reads of what vex-persist 1.7 makes. */
const TABLES = `
CREATE TABLE _sqlx_migrations (
  version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL
);
CREATE TABLE kv_store (
  key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, created_at INTEGER, updated_at INTEGER,
  tenant_id TEXT NOT NULL DEFAULT 'default'
);`;

/**
 * Makes a vex.db of so many escalations in one tenant, about 2 KiB each with its audit event: the same bytes for the
 * same seed, in flat memory but for the two lists that VEX itself keeps in one row each.
 */
export function makeLedger(path: string, records: number, seed: number): MadeLedger {
  const tenant = 'bench';
  const newestMs = FIRST_RECORD_MS + (records - 1) * STEP_MS;
  const db = new Database(path);
  for (const pragma of FAST) db.pragma(pragma);
  db.exec(TABLES);
  const rows = new Rows(db, tenant);
  const random = new SeededRandom(seed);
  for (let n = 0; n < records; n += 1) rows.add(tellStory(random, n, newestMs));
  const active = rows.end();
  // As vex-persist leaves it.
  db.pragma('journal_mode = WAL');
  db.close();
  return { path, tenant, records, active, newestMs };
}

class Rows {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement<[string, string, number, number]>;
  readonly #tenant: string;
  readonly #chain = new AuditChain();
  readonly #active: string[] = [];
  readonly #events: string[] = [];
  #open = 0;
  #second = 0;

  constructor(db: Database.Database, tenant: string) {
    this.#db = db;
    this.#insert = db.prepare('INSERT INTO kv_store (key, value, created_at, updated_at) VALUES (?, ?, ?, ?)');
    this.#tenant = tenant;
    db.exec('BEGIN');
  }

  add(story: Story): void {
    this.#second = Math.floor(story.recordedMs / 1000);
    this.#audit(this.#chain.escalation(story));
    if (story.decision?.told === true) this.#audit(this.#chain.resolution(story, story.decision.eventId));
    this.#put(`coordination:tenant:${this.#tenant}:record:${story.id}`, recordText(story));
    if (story.fate === 'active') this.#active.push(story.id);
  }

  /** Writes the lists; answers how many escalations are active. */
  end(): number {
    this.#put(`coordination:tenant:${this.#tenant}:active`, JSON.stringify(this.#active));
    this.#put(`audit:tenant:${this.#tenant}:chain`, JSON.stringify(this.#events));
    this.#put(`audit:tenant:${this.#tenant}:chain_state`, this.#chain.state);
    this.#db.exec('COMMIT');
    return this.#active.length;
  }

  #audit({ id, text, receipt, capsuleId }: AuditRow): void {
    const prefix = `audit:tenant:${this.#tenant}`;
    this.#put(`${prefix}:event:${id}`, text);
    this.#put(`${prefix}:receipt:${receipt}`, `"${id}"`);
    this.#put(`${prefix}:capsule:${capsuleId}`, `"${id}"`);
    this.#events.push(id);
  }

  #put(key: string, value: string): void {
    this.#insert.run(key, value, this.#second, this.#second);
    this.#open += 1;
    if (this.#open % ROWS_A_TRANSACTION === 0) this.#db.exec('COMMIT; BEGIN');
  }
}
