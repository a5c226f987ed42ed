import Database from 'better-sqlite3';
import type { WireRecord } from '../../../shared/domain/escalation.ts';
import { parseInstant } from '../../../shared/domain/instant.ts';
import { writeRecord } from '../../../shared/domain/wire/write-record.ts';
import type { SourceRow } from '../../store/ledger-store.ts';
import { VEX_MIGRATIONS, VEX_SCHEMA } from './vex-schema.ts';

/** Written while nobody else can see the file; a crash leaves a partial file that is never put in its place. */
const PRAGMAS = ['journal_mode = OFF', 'synchronous = OFF', 'locking_mode = EXCLUSIVE', 'cache_size = -65536'];

/** How a record that is still active ends as it is written here: a token's own members cannot stand there. */
const ENDS_ACTIVE = /"status":"ESCALATED","timestamp":"[^"]*"\}$/;

/**
 * Writes a vex.db that vex-persist reads as its own: one tenant's records, its active list and the audit rows that
 * came from its source, byte for byte; none is added. Of several escalations with one id, which VEX cannot hold, the
 * active one is written, else the one recorded last.
 */
export class VexDatabase {
  private readonly db: Database.Database;
  private readonly tenant: string;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly active: string[] = [];
  private newest = 0;
  /** How many records the file has: one for each id. */
  records = 0;

  /** The file at `path` is empty; `now` in milliseconds since 1970. */
  constructor(path: string, tenant: string, now: number) {
    this.db = new Database(path);
    this.tenant = tenant;
    for (const pragma of PRAGMAS) this.db.pragma(pragma);
    this.db.exec('BEGIN');
    for (const sql of VEX_SCHEMA) this.db.exec(sql);
    const installed = new Date(now).toISOString().slice(0, 19).replace('T', ' ');
    const migration = this.db.prepare('INSERT INTO _sqlx_migrations VALUES (?, ?, ?, 1, ?, 0)');
    for (const { version, description, checksum } of VEX_MIGRATIONS) {
      migration.run(version, description, installed, Buffer.from(checksum, 'hex'));
    }
    this.statements = prepare(this.db);
  }

  addRecord(record: WireRecord): void {
    const key = `coordination:tenant:${this.tenant}:record:${record.escalation_id}`;
    const before = this.statements.find.get(key);
    const active = record.status === 'ESCALATED';
    const beforeActive = before !== undefined && ENDS_ACTIVE.test(before);
    if (beforeActive && !active) return;
    if (before === undefined) this.records += 1;
    const seconds = parseInstant(record.timestamp)?.epochSeconds ?? 0;
    this.newest = Math.max(this.newest, seconds);
    this.statements.put.run(key, writeRecord(record, 'sorted'), seconds, seconds);
    if (active && !beforeActive) this.active.push(JSON.stringify(record.escalation_id));
  }

  addSourceRow({ key, value, createdAt, updatedAt }: SourceRow): void {
    this.statements.keep.run(key, value, createdAt, updatedAt);
  }

  /** Writes the active list and closes the file. */
  finish(): void {
    const key = `coordination:tenant:${this.tenant}:active`;
    this.statements.put.run(key, `[${this.active.join(',')}]`, this.newest, this.newest);
    this.db.exec('COMMIT');
    this.db.close();
  }

  /** Gives up; the caller removes the file. */
  abandon(): void {
    this.db.close();
  }
}

function prepare(db: Database.Database) {
  return {
    find: db.prepare<[string], string>('SELECT value FROM kv_store WHERE key = ?').pluck(),
    put: db.prepare<[string, string, number, number]>(
      'INSERT INTO kv_store(key, value, created_at, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value, created_at = excluded.created_at, updated_at = excluded.updated_at',
    ),
    // The bytes become text as they are: nothing is decoded on the way.
    keep: db.prepare<[Uint8Array, Uint8Array, bigint | null, bigint | null]>(
      'INSERT INTO kv_store(key, value, created_at, updated_at) VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?)',
    ),
  };
}
