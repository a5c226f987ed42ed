import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TamperedLedger, tamperedLedger } from './tampered-ledger.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Tables that say nothing that an auditor relies on, each with why. A table that is in no list must be checked whole. */
const UNCHECKED_TABLES: Readonly<Record<string, string>> = {
  changes: 'tells other processes what to read again',
  deadline_moves: 'how far a new limit has come',
  drafts: 'a form that is not recorded',
  idempotency: 'answers of calls, for copies of them',
  job_report: 'what a job did; its end is an event',
  jobs: 'what a job did; its end is an event',
  leases: 'who runs what now',
  list_epochs: 'where an import that goes on puts its rows',
  pending_decisions: 'a decision that is not recorded yet',
  profile_roles: 'of the machine, in no tenant’s log',
  profiles: 'of the machine; who acted is in each event',
  source_rows: 'copies of a source’s rows, which carry their own chain; what a decision rests on is evidence too',
  sqlite_sequence: 'of SQLite',
};
const UNCHECKED_COLUMNS: Readonly<Record<string, string>> = {
  'checkpoints.made_at': 'a note names no time; it sorts nothing',
  'escalations.claim_until_ms': 'a claim is renewed without an event',
  'escalations.claimed_by': 'a claim runs out without an event',
  'escalations.judged': 'a verdict follows from bytes and keys; it is judged again',
  'escalations.judged_at_ms': 'a verdict follows from bytes and keys; it is judged again',
  'escalations.judged_until_ms': 'a verdict follows from bytes and keys; it is judged again',
  'escalations.judgement': 'a verdict follows from bytes and keys; it is judged again',
  'escalations.verdict': 'a verdict follows from bytes and keys; it is judged again',
  'escalations.version': 'counts changes, of which some are no events',
  'evidence.evidence_id': 'a number whose order alone counts',
  'evidence.report': 'a verdict follows from bytes and keys; it is judged again',
  'evidence.verdict': 'a verdict follows from bytes and keys; it is judged again',
  'schedules.made': 'sorts the list alone',
  'schedules.state': 'how far it has come; what it exported has its event',
  'tenants.log_verdict': 'what a verification found; it is found again',
  'own_keys.sealed': 'encrypted, and known as whole when it is opened',
};
/** Rows that have no event by design. */
const CHECKED_ROWS: Readonly<Record<string, string>> = {
  evidence: 'escalation_id IS NOT NULL',
  trust_entries: "status <> 'offered'",
};
/** How a key is protected and whether it is backed up changes without an event; these bytes are in none of that. */
const CHECKED_BYTES: Readonly<Record<string, (length: number) => number[]>> = { own_keys: () => [0, 11] };

const path = temporaryFolder().path('full.ledger');
let ledger: TamperedLedger;
let db: TamperedLedger['db'];

beforeAll(async () => {
  ledger = await tamperedLedger(path);
  db = ledger.db;
}, 60_000);
afterAll(() => db.close());

interface Cell {
  readonly table: string;
  readonly column: string;
  readonly where: string;
  readonly value: Buffer | string | number;
}

function columnsToCheck(): { table: string; column: string }[] {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name")
    .all() as { name: string }[];
  return tables
    .filter(({ name }) => !Object.hasOwn(UNCHECKED_TABLES, name))
    .flatMap(({ name: table }) =>
      (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name: column }) => ({ table, column })),
    )
    .filter(({ table, column }) => !Object.hasOwn(UNCHECKED_COLUMNS, `${table}.${column}`));
}

/** The column in the first and the last row that has a value there. */
function cellsOf({ table, column }: { table: string; column: string }): Cell[] {
  const keys = (db.pragma(`table_info(${table})`) as { name: string; pk: number }[]).filter(({ pk }) => pk > 0);
  const names = keys.map(({ name }) => name);
  const filter = `length(${column}) > 0 AND ${CHECKED_ROWS[table] ?? 'true'}`;
  const rows = db
    .prepare(
      `SELECT ${column} AS value, ${names.map((name) => `quote(${name}) AS k_${name}`)} FROM ${table} WHERE ${filter}`,
    )
    .all() as (Record<string, string> & { value: Cell['value'] })[];
  const picked = new Set([0, rows.length - 1]);
  return [...picked].flatMap((at) => {
    const row = rows[at];
    if (row === undefined) return [];
    return [
      { table, column, where: names.map((name) => `${name} = ${row[`k_${name}`]}`).join(' AND '), value: row.value },
    ];
  });
}

/** The value with one byte changed at `at`; a number a thousand off, since its neighbours may be taken. */
function flipped(value: Cell['value'], at: number): Cell['value'] {
  if (typeof value === 'number') return value + 1_003;
  const bytes = Buffer.from(value);
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 0x01;
  return typeof value === 'string' ? bytes.toString('utf8') : bytes;
}

function flip({ table, column, where, value }: Cell, at: number): void {
  const { changes } = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(flipped(value, at));
  expect([table, column, changes]).toEqual([table, column, 1]);
}

function placesIn({ table, value }: Cell): number[] {
  if (typeof value === 'number') return [0];
  const { length } = Buffer.from(value);
  return [...new Set(CHECKED_BYTES[table]?.(length) ?? [0, length >> 1, length - 1])];
}

describe('one byte', { timeout: 120_000 }, () => {
  test('no list names a table or column that is not there', () => {
    const there = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
    const columns = there.flatMap((table) =>
      (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `${table}.${name}`),
    );
    expect(Object.keys(UNCHECKED_TABLES).filter((name) => !there.includes(name))).toEqual([]);
    expect(Object.keys(UNCHECKED_COLUMNS).filter((name) => !columns.includes(name))).toEqual([]);
  });

  test('I2, I7, I9: changed anywhere in any column of any table is found, and where is said', async () => {
    const unseen: string[] = [];
    let flips = 0;
    for (const column of columnsToCheck()) {
      const cells = cellsOf(column);
      if (cells.length === 0) unseen.push(`${column.table}.${column.column} has no value here`);
      for (const cell of cells) {
        for (const at of placesIn(cell)) {
          flips += 1;
          const [first] = await ledger.foundAfter(() => flip(cell, at));
          if (first === undefined || first.place === '')
            unseen.push(`${cell.table}.${cell.column} at ${at}: ${cell.where}`);
        }
      }
    }
    expect(unseen).toEqual([]);
    expect(flips).toBeGreaterThan(300);
  });
});
