import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../../contract/desk/cli-driver.ts';
import { uuid } from '../../contract/store/makers.ts';
import { HandClock } from '../hand-clock.ts';
import { openTestDesk, PACKET, temporaryHome } from '../test-desk.ts';

const TENANT = 'acme';
const DAY = 24 * 60 * 60_000;

describe('keeping the ledger, on the command line', () => {
  let home: ReturnType<typeof temporaryHome>;
  let clock: HandClock;
  beforeEach(async () => {
    home = temporaryHome();
    clock = new HandClock();
    await decided('first', 1);
  });
  afterEach(() => home.remove());

  const file = (name: string) => join(home.path, name);
  const bare = (...argv: string[]) => runCli(home.path, home.store, clock, [...argv, '--store', home.store]);

  async function desk(...argv: string[]) {
    const run = await bare(...argv, '--json');
    return { ...run, document: run.out === '' ? null : JSON.parse(run.out.split('\n')[0] ?? 'null') };
  }
  const failure = ({ err }: { err: string }) => (JSON.parse(err) as { error: { code: string; details: never } }).error;
  const inTenant = (...argv: string[]) => desk(...argv, '--tenant', TENANT);

  async function decided(id: string, n: number): Promise<void> {
    await inTenant('record', id, '--event-id', uuid(n));
    await inTenant('attach', id, PACKET);
    expect((await inTenant('reject', id, '--reason', 'No.')).exit).toBe(0);
  }

  describe('restore', () => {
    test('where a store is, it shows what would be lost and does nothing', async () => {
      await desk('backup', file('a.backup'));
      await decided('second', 2);
      const run = await desk('restore', file('a.backup'));
      expect(run.exit).toBe(3);
      const { code, details } = failure(run) as { code: string; details: { compared: object[] } };
      expect(code).toBe('ALREADY_EXISTS');
      expect(details.compared).toMatchObject([
        { tenant: TENANT, log: 'older', lost: { n: 1, newest: [{ id: 'second' }] } },
      ]);
      const words = await bare('restore', file('a.backup'));
      expect(words.out).toMatch(
        /acme: this store’s log begins with the backup’s\n.*\n.*\n {2}1 decisions would be lost/,
      );
      expect((await inTenant('show', 'second')).exit).toBe(0);
    });

    test('I7: forced, it takes the place of a store that stays beside it; nothing is decided until a person accepts its log', async () => {
      const backup = (await desk('backup', file('a.backup'))).document as { sha256: string };
      await decided('second', 2);
      const run = await desk('restore', file('a.backup'), '--force');
      expect(run.exit).toBe(0);
      expect(Object.keys(run.document)).toEqual(['store', 'sha256', 'bytes', 'logs', 'kept']);
      expect(run.document).toMatchObject({
        store: home.store,
        sha256: backup.sha256,
        logs: [{ tenant: TENANT, agrees: 'older', accepted: false }],
      });
      const [{ accept }] = run.document.logs as [{ accept: string }];
      expect(accept).toBe(`log accept --tenant ${TENANT} --store ${home.store} --reason TEXT`);
      expect((await inTenant('show', 'second')).exit).toBe(2);
      const kept = await runCli(home.path, home.store, clock, [
        'show',
        'second',
        '--tenant',
        TENANT,
        '--store',
        run.document.kept,
      ]);
      expect(kept.exit).toBe(0);
      await inTenant('record', 'third', '--event-id', uuid(3));
      expect(failure(await inTenant('reject', 'third', '--reason', 'No.')).code).toBe('INTEGRITY_FAILED');
      const accepted = await desk(...accept.replace('TEXT', 'Lost.').split(' '));
      expect(accepted.exit).toBe(0);
      expect((await inTenant('reject', 'third', '--reason', 'No.')).exit).toBe(0);
      expect((await inTenant('log', 'verify')).document).toMatchObject({ verified: true });
      expect(readdirSync(home.path).filter((name) => name.includes('making'))).toEqual([]);
    });

    test('I7: with a reason its log is accepted at once, by an event that says which and why', async () => {
      await desk('backup', file('a.backup'));
      await decided('second', 2);
      const words = await bare('restore', file('a.backup'), '--force', '--reason', 'The disk was lost.');
      expect(words).toMatchObject({ exit: 0, out: expect.stringContaining('It was accepted with your reason') });
      await decided('third', 3);
      expect((await inTenant('log', 'verify')).document).toMatchObject({ verified: true });
      const db = new Database(home.store, { readonly: true });
      const kinds = "SELECT kind FROM ledger_events WHERE kind IN ('store.restored', 'log.restored') ORDER BY seq";
      expect(db.prepare(kinds).pluck().all()).toEqual(['store.restored', 'log.restored']);
      db.close();
      clock.pass(1_000);
      // What is remembered from now on is this log: a later copy of it that is shorter is noticed again.
      const again = await desk('restore', file('a.backup'), '--force');
      expect(again.document).toMatchObject({ logs: [{ agrees: 'older', accepted: false }] });
      expect((await desk('restore', file('a.backup'), '--force', '--reason', '')).exit).toBe(2);
    });

    test('a store that a desk has open is not replaced', async () => {
      await desk('backup', file('a.backup'));
      const before = readdirSync(home.path).length;
      const running = await openTestDesk();
      try {
        const run = await runCli(running.home, running.store, clock, [
          ...['restore', file('a.backup'), '--force', '--store', running.store, '--json'],
        ]);
        expect([run.exit, failure(run).code]).toEqual([4, 'STORE_BUSY']);
        expect(readdirSync(running.home).filter((name) => /making|replaced/.test(name))).toEqual([]);
      } finally {
        await running.close();
      }
      expect(readdirSync(home.path)).toHaveLength(before);
    });

    test('a log that goes on from the head that was remembered is said to agree, and is decided in', async () => {
      copyFileSync(home.store, file('copied'));
      rmSync(home.store);
      const run = await desk('restore', file('copied'));
      expect(run).toMatchObject({ exit: 0, document: { logs: [{ tenant: TENANT, agrees: 'agrees' }], kept: null } });
      await decided('second', 2);
      const elsewhere = await runCli(home.path, home.store, clock, [
        ...['restore', file('copied'), '--store', file('other.db'), '--json'],
      ]);
      expect(JSON.parse(elsewhere.out)).toMatchObject({ logs: [{ agrees: 'none-known', known: null }], kept: null });
    });

    test('on a machine without the desk’s secret it makes itself a new key, and what the old one signed still verifies', async () => {
      await inTenant('log', 'checkpoint');
      await desk('backup', file('a.backup'));
      const elsewhere = temporaryHome();
      try {
        const there = (...argv: string[]) =>
          runCli(elsewhere.path, elsewhere.store, clock, [...argv, '--store', elsewhere.store, '--json']);
        expect((await there('restore', file('a.backup'))).exit).toBe(0);
        expect((await there('log', 'checkpoint', '--tenant', TENANT)).exit).toBe(0);
        const verified = await there('log', 'verify', '--tenant', TENANT);
        expect(JSON.parse(verified.out)).toMatchObject({ verified: true, failures: [] });
      } finally {
        elsewhere.remove();
      }
    });

    test('who restores must be of the backup’s profiles', async () => {
      await desk('backup', file('a.backup'));
      const run = await runCli(home.path, home.store, clock, [
        ...['restore', file('a.backup'), '--store', file('r.db'), '--as', 'Nobody', '--json'],
      ]);
      expect([run.exit, failure(run).code]).toEqual([2, 'INVALID_INPUT']);
      expect(readdirSync(home.path).filter((name) => name.startsWith('r.db'))).toEqual([]);
    });
  });

  describe('retention', () => {
    test('rules, preview, a hold, apply: each says the same as the window does', async () => {
      expect((await inTenant('retention', 'rules')).document).toEqual({ evidence_days: null, fields_days: null });
      const rules = await inTenant('retention', 'rules', '--evidence-days', '30');
      expect(rules.document).toEqual({ evidence_days: 30, fields_days: null });
      clock.pass(31 * DAY);
      const preview = (await inTenant('retention', 'preview')).document;
      expect(preview).toMatchObject({
        due: { escalations: 1, pieces: 1, bytes: readFileSync(PACKET).length },
        held: 0,
      });
      const [hold] = (await inTenant('retention', 'hold', 'first', '--reason', 'Case 17')).document.holds;
      expect((await inTenant('retention', 'preview')).document).toMatchObject({ due: { pieces: 0 }, held: 1 });
      expect((await bare('retention', 'holds', '--tenant', TENANT)).out).toContain('first  by Ada Lovelace: Case 17');
      await inTenant('retention', 'lift', hold.hold_id, '--reason', 'Closed');
      const applied = await inTenant('retention', 'apply');
      expect(applied).toMatchObject({
        exit: 0,
        document: { removed: preview.due, room_given_back: true, compacted: true },
      });
      const shown = await bare('show', 'first', '--tenant', TENANT);
      expect(shown.out).toMatch(/removed on 2026-\S+ by a rule of the tenant; its SHA-256 stays/);
      expect(shown.out).not.toContain('being verified');
      const { evidence } = (await inTenant('show', 'first')).document;
      const bytes = await inTenant('evidence', 'first', '--sha256', evidence[0].sha256, '--out', file('packet'));
      expect([bytes.exit, failure(bytes).code]).toEqual([2, 'NOT_FOUND']);
      expect((await inTenant('log', 'verify')).document).toMatchObject({ verified: true });
    });

    test('after a removal a bundle still verifies, by hashes', async () => {
      await inTenant('retention', 'rules', '--evidence-days', '1', '--fields-days', '1');
      clock.pass(2 * DAY);
      await inTenant('retention', 'apply', '--compact');
      expect((await inTenant('export', '--format', 'bundle', '--out', file('audit.bundle'))).exit).toBe(0);
      await inTenant('keys', 'export', file('trust.json'));
      const judged = await runCli(home.path, home.store, clock, [
        ...['verify', file('audit.bundle'), '--trust', file('trust.json'), '--json'],
      ]);
      expect(JSON.parse(judged.out)).toMatchObject({ kind: 'bundle', verdict: 'verified' });
    });

    test('wrong usage is said, and nothing is done', async () => {
      for (const argv of [
        ['retention'],
        ['retention', 'forget'],
        ['retention', 'rules', '--evidence-days', '0'],
        ['retention', 'rules', '--fields-days', 'many'],
        ['retention', 'hold', 'first'],
        ['retention', 'lift', '--reason', 'x'],
        ['retention', 'lift', uuid(1), '--reason', 'x'],
        ['retention', 'hold', 'nobody', '--reason', 'x'],
        ['retention', 'preview', 'x'],
      ])
        expect([argv, (await inTenant(...argv)).exit]).toEqual([argv, 2]);
      expect((await inTenant('retention', 'rules')).document).toEqual({ evidence_days: null, fields_days: null });
    });
  });

  test('a file that is no backup restores nothing', async () => {
    writeFileSync(file('text'), 'no backup');
    const run = await runCli(home.path, home.store, clock, [
      'restore',
      file('text'),
      '--store',
      file('r.db'),
      '--json',
    ]);
    expect([run.exit, failure(run).code]).toEqual([2, 'INVALID_INPUT']);
  });
});
