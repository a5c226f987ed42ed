import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../../electron/store/sqlite/file/open-engine.ts';
import { networkFileSystem, refuseNetworkPlace } from '../../electron/store/sqlite/file/place.ts';
import { MIGRATIONS } from '../../electron/store/sqlite/migrations/index.ts';
import type { Migration } from '../../electron/store/sqlite/migrations/migration.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { idsToJudge, judge } from '../contract/store/judge-makers.ts';
import {
  ADA,
  CountedIds,
  escalation,
  HandClock,
  importRows,
  keyOf,
  minutes,
  pageQuery,
  uuid,
  writing,
} from '../contract/store/makers.ts';
import { faultsOf } from './check-store.ts';
import { makeOldStore, OLD } from './old-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
let files = 0;
const newPath = () => {
  files += 1;
  return folder.path(`${files}.ledger`);
};
const clock = new HandClock();
const ids = new CountedIds();
const open = (path: string, migrations: readonly Migration[] = MIGRATIONS) =>
  openSqliteStore({ path, clock, ids, migrations });
/** The files of a store and beside it. */
const filesOf = (path: string) => readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));

/** Migrations that come after those of today. */
const NEWEST = MIGRATIONS.length;
const NEXT: Migration = {
  number: NEWEST + 1,
  sql: 'CREATE TABLE added (n INTEGER) STRICT; INSERT INTO added VALUES (1)',
};
const AFTER_NEXT: Migration = { number: NEWEST + 2, sql: 'INSERT INTO added VALUES (2)' };
const BROKEN: Migration = { number: NEWEST + 1, sql: 'DELETE FROM event_fields; CREATE TABLE tenants (n INTEGER)' };

async function withOne(path: string): Promise<void> {
  const store = await open(path);
  await importRows(store, writing(clock), [escalation('esc-1')]);
  await store.close();
}

describe('the migrations', () => {
  test('1: an empty file becomes a ledger, with what cannot be changed later set from the start', async () => {
    const path = newPath();
    await (await open(path)).close();
    expect(filesOf(path)).toEqual([basename(path)]);
    const db = new Database(path, { readonly: true });
    const one = (name: string) => db.pragma(name, { simple: true });
    expect([one('user_version'), one('application_id'), one('auto_vacuum'), one('journal_mode')]).toEqual([
      NEWEST,
      0x56455864,
      2,
      'wal',
    ]);
    db.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('2: a ledger of the first form keeps all it holds, and its limits can move', async () => {
    const path = newPath();
    makeOldStore(path, 1, { clock, ids });
    const store = await open(path);
    expect((await store.read(OLD.decided, clock.now()))?.escalation.decision?.outcome).toBe('approved');
    await store.saveSettings(writing(clock), { ...(await store.settings('acme')), sla_minutes: 90 });
    const deadline = { at: minutes(30), source: 'sla' };
    expect((await store.read(OLD.active, clock.now()))?.escalation.deadline).toMatchObject(deadline);
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('3: a ledger of the second form keeps all it holds, and nothing in it counts as verified until it is', async () => {
    const path = newPath();
    makeOldStore(path, 2, { clock, ids });
    const store = await open(path);
    const stored = (await store.read(OLD.active, clock.now())) ?? expect.fail('gone');
    expect(stored.judgement).toEqual({
      verdict: 'unchecked',
      detail: 'not verified yet',
      current: false,
      judged_at: null,
    });
    expect(stored.escalation.evidence.map(({ verdict }) => verdict)).toEqual(['unchecked']);
    expect((await store.page(pageQuery(clock))).counts).toMatchObject({ active: 1, resolved: 1, failed: 0 });
    expect(await idsToJudge(store, clock)).toEqual([OLD.active.id, OLD.decided.id]);
    expect(await store.trust('acme')).toEqual({ epoch: 1, entries: [] });
    expect(await store.ownKeys()).toEqual([]);
    await judge(store, OLD.active, clock, 'failed');
    expect((await store.page(pageQuery(clock, { view: 'failed' }))).rows.map(({ id }) => id)).toEqual([OLD.active.id]);
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('3: holds, drafts and jobs of the second form say what today’s say', async () => {
    const path = newPath();
    makeOldStore(path, 2, { clock, ids });
    const store = await open(path);
    const held = (await store.readPending('acme', OLD.pendingId))?.decision ?? expect.fail('no hold');
    expect([held.seal, held.sealed, Buffer.from(held.resolution?.packet?.bytes ?? []).toString()]).toEqual([
      null,
      null,
      'packet',
    ]);
    expect(await store.cancelHold(writing(clock), OLD.pendingId, 'undone')).toMatchObject({ resolution: 'hash' });
    expect(await store.draft(OLD.active, ADA)).toMatchObject({ resolution: 'hash', saved_because: 'undone' });
    expect((await store.job(OLD.jobId))?.job.verify_result).toBeNull();
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('a store that holds something is copied first; the copy is whole, and kept until the next migration', async () => {
    const path = newPath();
    await withOne(path);
    await (await open(path, [...MIGRATIONS, NEXT])).close();
    const kept = `${path}.before-${NEXT.number}`;
    expect(faultsOf(kept)).toEqual([]);
    const old = await open(kept);
    expect((await old.read(keyOf(escalation('esc-1')), clock.now()))?.escalation.record.status).toBe('ESCALATED');
    await old.close();
    await (await open(path, [...MIGRATIONS, NEXT, AFTER_NEXT])).close();
    expect(filesOf(path).toSorted()).toEqual([basename(path), `${basename(path)}.before-${AFTER_NEXT.number}`]);
    const db = new Database(path, { readonly: true });
    expect(db.prepare('SELECT n FROM added ORDER BY n').pluck().all()).toEqual([1, 2]);
    db.close();
  });

  test('one that fails takes nothing with it', async () => {
    const path = newPath();
    await withOne(path);
    await expect(open(path, [...MIGRATIONS, BROKEN])).rejects.toThrow();
    const store = await open(path);
    expect((await store.read(keyOf(escalation('esc-1')), clock.now()))?.escalation.events[0]?.actor).not.toBe(
      'removed',
    );
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('numbers have no gaps', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, at) => at + 1));
  });
});

describe('what is not opened', () => {
  test('a newer store is STORE_TOO_NEW and left byte for byte, with nothing beside it', async () => {
    const path = newPath();
    await (await open(path, [...MIGRATIONS, NEXT])).close();
    const [before, names] = [readFileSync(path), filesOf(path)];
    await expect(open(path)).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      details: { store: NEXT.number, known: NEWEST },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(filesOf(path)).toEqual(names);
  });

  test('a store that became newer while it was open is STORE_TOO_NEW for whoever comes next', async () => {
    const path = newPath();
    const first = await open(path);
    await (await open(path, [...MIGRATIONS, NEXT])).close();
    await expect(open(path)).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
    await first.close();
  });

  test("another program's database and any other file are INVALID_INPUT and left untouched (S39)", async () => {
    const strangers = [newPath(), newPath()] as const;
    new Database(strangers[0]).exec('CREATE TABLE theirs (n INTEGER)').close();
    writeFileSync(strangers[1], 'A letter, not a database. '.repeat(100));
    for (const path of strangers) {
      const before = readFileSync(path);
      await expect(open(path)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(filesOf(path)).toEqual([basename(path)]);
    }
  });

  test('a file of no bytes is an empty store', async () => {
    const path = newPath();
    writeFileSync(path, '');
    await withOne(path);
    expect(faultsOf(path)).toEqual([]);
  });

  test('a network drive is refused (S42)', () => {
    expect(networkFileSystem(0x6969)).toBe('NFS');
    expect(networkFileSystem(0xff534d42 | 0)).toBe('CIFS');
    expect(networkFileSystem(0xef53)).toBeNull();
    const path = newPath();
    expect(() => refuseNetworkPlace(path, () => 0x6969)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => refuseNetworkPlace('\\\\server\\share\\a.ledger', () => 0)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    expect(() => refuseNetworkPlace(path)).not.toThrow();
    expect(existsSync(path)).toBe(false);
  });
});

describe('a connection', () => {
  test('S34, S37, S39: FULL after a write, WAL, no trust in the schema, no mmap; the reader cannot write', () => {
    const engine = openEngine({ path: newPath(), clock, ids });
    const writer = engine.write((db) =>
      [
        'synchronous',
        'journal_mode',
        'trusted_schema',
        'cell_size_check',
        'mmap_size',
        'secure_delete',
        'fullfsync',
      ].map((name) => db.pragma(name)),
    );
    expect(writer).toEqual([2, 'wal', 0, 1, 0, 1, 1]);
    expect(engine.read((db) => db.pragma('synchronous'))).not.toBeUndefined();
    const reader = engine.read((db) =>
      ['query_only', 'trusted_schema', 'cell_size_check', 'mmap_size'].map((name) => db.pragma(name)),
    );
    expect(reader).toEqual([1, 0, 1, 0]);
    expect(engine.lastDurableWrite).toBe(clock.now());
    engine.close();
  });

  test('S40: STORE_BUSY while another process writes for too long, and nothing is broken after it', async () => {
    const path = newPath();
    const store = await openSqliteStore({ path, clock, ids, busyMs: 20 });
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(importRows(store, writing(clock), [escalation('esc-1')])).rejects.toMatchObject({
      code: 'STORE_BUSY',
    });
    other.exec('COMMIT');
    other.close();
    expect(await importRows(store, writing(clock), [escalation('esc-1')])).toMatchObject([{ result: 'imported' }]);
    expect((await store.state()).readOnly).toBeNull();
    await store.close();
  });

  test('S41: the -wal stays bounded while a reader looks in again and again', async () => {
    const path = newPath();
    const store = await open(path);
    const bytes = Buffer.alloc(1_000_000, 'long evidence ');
    for (let n = 0; n < 60; n += 1) {
      const piece = { bytes: Buffer.concat([bytes, Buffer.from(String(n))]), kind: 'vep', role: 'escalation' } as const;
      await importRows(store, writing(clock), [escalation(`esc-${n}`, { evidence: [piece] })]);
      await store.page(pageQuery(clock));
    }
    expect(statSync(`${path}-wal`).size).toBeLessThan(40_000_000);
    await store.close();
  });

  test('deleted text does not stay in the file (secure_delete, also of the search)', async () => {
    const path = newPath();
    const store = await open(path);
    await importRows(store, writing(clock), [escalation('esc-1')]);
    const key = keyOf(escalation('esc-1'));
    const draft = {
      outcome: 'rejected',
      reason: 'UNSAID-WORDS-4711',
      reason_code: 'OTHER',
      vep_hash: '',
      event_id: '',
      resolution: 'hash',
      saved_because: 'typing',
    } as const;
    await store.saveDraft(writing(clock), key, draft);
    await store.saveDraft(writing(clock), key, null);
    await store.close();
    expect(readFileSync(path).includes('UNSAID-WORDS-4711')).toBe(false);
  });

  test('the private part of a revoked key does not stay in the file', async () => {
    const path = newPath();
    const sealed = Buffer.from('PRIVATE-PART-4711 '.repeat(8));
    const store = await open(path);
    await importRows(store, writing(clock), [escalation('esc-1')]);
    await store.addOwnKey(writing(clock), {
      key_id: uuid(90),
      profile_id: ADA,
      name: 'Ada',
      purpose: 'reviewer',
      public_hex: 'ab'.repeat(32),
      status: 'in-use',
      protection: 'passphrase',
      made_at: minutes(0),
      ended_at: null,
      reason: null,
      backed_up_at: null,
      sealed,
    });
    await store.close();
    expect(readFileSync(path).includes(sealed)).toBe(true);
    const again = await open(path);
    await again.updateOwnKey(writing(clock), uuid(90), { revoked: { reason: 'Lost.' } });
    await again.close();
    expect(readFileSync(path).includes('PRIVATE-PART-4711')).toBe(false);
  });
});
