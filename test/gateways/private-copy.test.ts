import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyLedger } from '../../electron/gateways/files/private-copy.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { ReaderRun } from '../helpers/reader-run.ts';

const wal = join(projectRoot, 'test/fixtures/fixtures/ledgers/wal');
let folder: string;
let source: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copy-'));
  mkdirSync(join(folder, 'source'));
  source = join(folder, 'source', 'vex.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database that never rests: it changes between any two looks, as long as the test runs. */
async function whileWritten<T>(change: () => void, work: () => Promise<T>): Promise<T> {
  let going = true;
  const changing = (async () => {
    while (going) {
      change();
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  try {
    return await work();
  } finally {
    going = false;
    await changing;
  }
}

describe('S47: the private copy', () => {
  test('has the log, is readable by its user alone, and leaves the source alone', async () => {
    for (const file of ['vex.db', 'vex.db-wal']) copyFileSync(join(wal, file), join(folder, 'source', file));
    const copy = await copyLedger(source, join(folder, 'private'));
    expect(readdirSync(join(folder, 'private')).sort()).toEqual(['source.db', 'source.db-wal']);
    expect(readFileSync(`${copy}-wal`)).toEqual(readFileSync(`${source}-wal`));
    expect(readdirSync(join(folder, 'source')).sort()).toEqual(['vex.db', 'vex.db-wal']);
  });

  test('of a source that never rests and has no log beside it is SOURCE_BUSY, and nothing is made beside it', async () => {
    copyFileSync(join(wal, 'vex.db'), source);
    let turn = 0;
    const touch = () => {
      turn += 1;
      utimesSync(source, turn, turn);
    };
    const copying = whileWritten(touch, () => copyLedger(source, join(folder, 'private')));
    await expect(copying).rejects.toMatchObject({ code: 'SOURCE_BUSY' });
    expect(readdirSync(join(folder, 'source'))).toEqual(['vex.db']);
    expect(existsSync(join(folder, 'private', 'source.db'))).toBe(false);
  });

  test('of a live source with log and shared memory is a backup of one moment', async () => {
    const live = new Database(source);
    live.pragma('journal_mode = WAL');
    live.exec('CREATE TABLE pairs(n INTEGER)');
    const add = live.prepare('INSERT INTO pairs VALUES (?)');
    let n = 0;
    const addPair = live.transaction(() => {
      n += 1;
      add.run(n);
      add.run(-n);
    });
    addPair();
    const copy = await whileWritten(addPair, () => copyLedger(source, join(folder, 'private')));
    const read = new Database(copy, { readonly: true });
    const { sum, count } = read.prepare('SELECT sum(n) AS sum, count(*) AS count FROM pairs').get() as {
      sum: number;
      count: number;
    };
    read.close();
    live.close();
    expect(sum).toBe(0);
    expect(count).toBeGreaterThan(1);
  });

  test('a source that is at rest again at the second look is copied', async () => {
    copyFileSync(join(wal, 'vex.db'), source);
    let changes = 2;
    const settle = () => {
      if (changes > 0) utimesSync(source, changes, changes);
      changes -= 1;
    };
    const copy = await whileWritten(settle, () => copyLedger(source, join(folder, 'private')));
    expect(readFileSync(copy)).toEqual(readFileSync(source));
  });
});

describe('a ledger whose program is at work', () => {
  test('is imported with what only its log has, while it stays open', async () => {
    for (const file of ['vex.db', 'vex.db-wal']) copyFileSync(join(wal, file), join(folder, 'source', file));
    const live = new Database(source);
    live.prepare('SELECT count(*) FROM kv_store').get();
    const run = await ReaderRun.of([{ path: source, name: 'vex.db' }], { folder: join(folder, 'work') });
    live.close();
    const active = run.records
      .filter(({ row }) => row.record.status === 'ESCALATED')
      .map(({ row }) => row.record.escalation_id);
    expect(active).toEqual(JSON.parse(readFileSync(join(wal, 'expected.json'), 'utf8')).active_with_wal);
  });

  test('a file that is cut short is refused, not read as zeros', async () => {
    copyFileSync(join(wal, 'vex.db'), source);
    appendFileSync(source, 'x');
    const run = await ReaderRun.of([{ path: source, name: 'vex.db' }], { folder: join(folder, 'work') });
    expect(run.failed).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
