import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { allLogFailures } from '../../contract/store/checked.ts';
import { evidence, importRows, resolvedUpstream, writing } from '../../contract/store/makers.ts';
import { type DecidedDesk, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';
import { CountedIds } from '../../hosts/hand-clock.ts';

describe('backup and restore', () => {
  let desk: DecidedDesk;
  beforeEach(async () => {
    desk = await openDecidedDesk();
    await desk.record('first');
    await decide('first');
    const { store } = desk.desk.main;
    await importRows(store, writing(desk.clock, desk.by, 'other'), [
      resolvedUpstream('theirs', { evidence: [evidence('x'.repeat(100_000))] }),
    ]);
  });
  afterEach(() => desk.close());

  const acting = () => ({ by: desk.by, idempotency_key: randomUUID() });
  const file = (name: string) => join(desk.home, name);
  const target = (name: string) => desk.desk.staging.stageTarget(file(name), { name, force: false });
  const source = (name: string) => desk.desk.staging.stageSource(file(name), { name, temporary: false });
  const decide = async (id: string) => desk.client.decision.decide(await desk.rejecting(id));

  async function ended({ job_id }: { job_id: string }): Promise<Job> {
    await jobsOf(desk.desk.main).ended(job_id);
    return desk.client.job.get({ job_id });
  }
  const backUp = async (name: string) => ended(await desk.client.backup.make({ ...acting(), target: target(name) }));
  const restore = async (from: string, to: string) =>
    ended(await desk.client.backup.restore({ ...acting(), staged: source(from), target: target(to) }));
  const leftovers = () => readdirSync(desk.home).filter((name) => /making|partial|before-/.test(name));
  async function opened(name: string) {
    return openSqliteStore({ path: file(name), clock: desk.clock, ids: new CountedIds(name) });
  }
  async function newestLeaf(tenant: string): Promise<Record<string, unknown>> {
    const { size } = await desk.desk.main.store.logHead(tenant);
    const leaf = (await desk.desk.main.store.logEvent(tenant, size - 1))?.leaf ?? new Uint8Array();
    return JSON.parse(Buffer.from(leaf).toString()) as Record<string, unknown>;
  }

  test('S43: one file is the whole store, verified, and each log tells of its digest and of the log that it has', async () => {
    const heads = await Promise.all([TENANT, 'other'].map((tenant) => desk.desk.main.store.logHead(tenant)));
    const job = await backUp('a.backup');
    const bytes = readFileSync(file('a.backup'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(job).toMatchObject({
      state: 'done',
      kind: 'backup',
      backup_result: { file: 'a.backup', sha256, bytes: bytes.length },
    });
    for (const [n, tenant] of [TENANT, 'other'].entries()) {
      const log = { size: String(heads[n]?.size), root: Buffer.from(heads[n]?.root ?? []).toString('hex') };
      expect(job.backup_result?.tenants[n]).toMatchObject({ tenant, ...log });
      expect(await newestLeaf(tenant)).toMatchObject({ kind: 'backup.made', sha256, log });
    }
    expect(statSync(file('a.backup')).mode & 0o077).toBe(0);
    expect(leftovers()).toEqual([]);
    expect(readdirSync(desk.home).filter((name) => name.startsWith('a.backup'))).toEqual(['a.backup']);
  });

  test('it is of one moment, however much is written while it is made', async () => {
    const before = await desk.desk.main.store.logHead(TENANT);
    const making = desk.client.backup.make({ ...acting(), target: target('a.backup') });
    for (let n = 0; n < 5; n += 1) await desk.record(`while ${n}`);
    const { backup_result: result } = await ended(await making);
    const size = Number(result?.tenants[0]?.size);
    expect(size).toBeGreaterThanOrEqual(before.size);
    const root = Buffer.from(await desk.desk.main.store.logRoot(TENANT, size)).toString('hex');
    expect(result?.tenants[0]?.root).toBe(root);
  });

  test('a file that is there is never replaced; a backup that is stopped leaves nothing behind', async () => {
    await backUp('a.backup');
    expect(() => target('a.backup')).toThrow(/there already/);
    const call = { ...acting(), target: target('b.backup') };
    const { job_id } = await desk.client.backup.make(call);
    await desk.client.job.cancel({ ...acting(), job_id });
    expect(await ended({ job_id })).toMatchObject({ state: 'cancelled' });
    expect(existsSync(file('b.backup'))).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  test('where nothing can be written, it says so', async () => {
    const staged = desk.desk.staging.stageTarget(join(desk.home, 'no', 'folder'), { name: 'x', force: false });
    const job = await ended(await desk.client.backup.make({ ...acting(), target: staged }));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'INVALID_INPUT' } });
  });

  test('restored, it is the same ledger with the event that says so, and this store stays as it is', async () => {
    const backup = await backUp('a.backup');
    const head = await desk.desk.main.store.logHead(TENANT);
    expect(await restore('a.backup', 'restored.db')).toMatchObject({ state: 'done' });
    expect(await desk.desk.main.store.logHead(TENANT)).toEqual(head);
    const store = await opened('restored.db');
    expect(await allLogFailures(store)).toEqual([]);
    const key = (await store.find(TENANT, 'first'))[0]?.key ?? expect.fail('not there');
    expect((await store.read(key, desk.clock.now()))?.escalation.decision?.outcome).toBe('rejected');
    const size = Number(backup.backup_result?.tenants[0]?.size);
    const restored = await store.logEvent(TENANT, size);
    expect(JSON.parse(Buffer.from(restored?.leaf ?? []).toString())).toMatchObject({
      kind: 'store.restored',
      sha256: backup.backup_result?.sha256,
      known: { size: String(head.size), root: Buffer.from(head.root).toString('hex') },
      agrees: 'older',
    });
    expect(restored?.actor).toBe('Ada Lovelace');
    await store.close();
    expect(leftovers()).toEqual([]);
  });

  test('own keys are in it only as they lie encrypted', async () => {
    const passphrase = 'correct horse battery staple';
    await desk.client.keys.make({ ...acting(), tenant: TENANT, name: 'Ada', passphrase });
    await backUp('a.backup');
    const own = (path: string) => {
      const db = new Database(path, { readonly: true });
      const rows = db.prepare('SELECT key_id, sealed FROM own_keys ORDER BY made').all();
      db.close();
      return rows;
    };
    expect(own(file('a.backup'))).toEqual(own(desk.store));
    expect(readFileSync(file('a.backup')).includes(passphrase)).toBe(false);
  });

  describe('the preview', () => {
    test('names what this store has and the backup has not, newest first', async () => {
      await backUp('a.backup');
      for (const id of ['second', 'third']) {
        await desk.record(id);
        await decide(id);
      }
      const { backup, compared } = await desk.client.backup.preview({ staged: source('a.backup') });
      expect(backup.tenants.map(({ tenant }) => tenant)).toEqual([TENANT, 'other']);
      const [acme, other] = compared;
      expect(acme).toMatchObject({ tenant: TENANT, log: 'older', now: { counts: { expired: 3 } } });
      expect(acme?.backup?.counts).toEqual({ active: 0, resolved: 0, expired: 1 });
      expect(acme?.lost.n).toBe(2);
      expect(acme?.lost.newest.map(({ id, outcome, by }) => [id, outcome, by])).toEqual([
        ['third', 'rejected', 'Ada Lovelace'],
        ['second', 'rejected', 'Ada Lovelace'],
      ]);
      expect(other).toMatchObject({ tenant: 'other', log: 'older', lost: { n: 0 } });
      expect(readdirSync(desk.home).filter((name) => name.startsWith('a.backup'))).toEqual(['a.backup']);
    });

    test('I7: a log that goes on otherwise is said to be forked', async () => {
      await backUp('a.backup');
      await restore('a.backup', 'fork.db');
      const store = await opened('fork.db');
      const { size } = await store.logHead(TENANT);
      await store.close();
      const { compared } = await desk.client.backup.preview({ staged: source('fork.db') });
      expect(compared[0]).toMatchObject({ log: 'forked', backup: { size: String(size) } });
    });

    test('a tenant that only one of them has stands alone', async () => {
      await backUp('a.backup');
      const { store } = desk.desk.main;
      await importRows(store, writing(desk.clock, desk.by, 'new'), [resolvedUpstream('newcomer')]);
      const { compared } = await desk.client.backup.preview({ staged: source('a.backup') });
      expect(compared.find(({ tenant }) => tenant === 'new')).toMatchObject({ backup: null, log: 'none' });
    });
  });

  describe('what is damaged', () => {
    /** A backup in which something was changed by whoever had it. */
    async function changed(sql: string): Promise<void> {
      await backUp('a.backup');
      const db = new Database(file('a.backup'));
      for (const pragma of ['ignore_check_constraints = ON', 'foreign_keys = OFF']) db.pragma(pragma);
      for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
        db.exec(`DROP TRIGGER ${String(name)}`);
      db.exec(sql);
      db.pragma('journal_mode = DELETE');
      db.close();
    }

    test.each([
      ['a leaf', "UPDATE ledger_events SET leaf = CAST(replace(leaf, 'rejected', 'approved') AS BLOB)"],
      ['a leaf’s hash', 'UPDATE ledger_events SET leaf_sha256 = zeroblob(32) WHERE seq = 1'],
      ['an event that is not there', 'DELETE FROM ledger_events WHERE seq = 1'],
      ['the log’s end', 'DELETE FROM ledger_events WHERE event_id = (SELECT max(event_id) FROM ledger_events)'],
      ['a tile', 'UPDATE log_tiles SET hashes = CAST(hashes || zeroblob(32) AS BLOB), idx = idx + 1'],
      ['the log’s size', 'UPDATE tenants SET log_size = log_size - 1'],
    ])('S43, I7: is neither looked at nor restored: %s', async (_what, sql) => {
      await changed(sql);
      const refused = { code: 'INTEGRITY_FAILED' };
      await expect(desk.client.backup.preview({ staged: source('a.backup') })).rejects.toMatchObject(refused);
      expect(await restore('a.backup', 'restored.db')).toMatchObject({ state: 'failed', error: refused });
      expect(existsSync(file('restored.db'))).toBe(false);
      expect(leftovers()).toEqual([]);
    });

    test('what is no store is refused', async () => {
      writeFileSync(file('text'), 'no store');
      await expect(desk.client.backup.preview({ staged: source('text') })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(await restore('text', 'restored.db')).toMatchObject({ state: 'failed', error: { code: 'INVALID_INPUT' } });
    });
  });
});
