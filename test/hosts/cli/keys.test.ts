import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../contract/desk/cli-driver.ts';
import { HandClock } from '../hand-clock.ts';
import { realCli, startCli } from '../real-cli.ts';
import { DEMO_LEDGER, FIXTURES, temporaryHome } from '../test-desk.ts';

const TRUST = join(FIXTURES, 'trust.json');
const TENANT = 'acme-payments';
const PASSPHRASE = 'correct horse battery staple';

interface Entry {
  readonly purpose: string;
  readonly name: string;
  readonly public_hex: string | null;
  readonly fingerprint: string;
  readonly status: string;
  readonly valid_from?: string;
  readonly valid_until?: string;
}

/** A desk of the test's own that holds the demo ledger, driven by the command line. */
function demoDesk() {
  const home = temporaryHome();
  const clock = new HandClock();
  const cli = (...argv: string[]) => runCli(home.path, home.store, clock, [...argv, '--store', home.store]);
  const passphraseFile = join(home.path, 'passphrase');
  return {
    home,
    cli,
    passphraseFile,
    keys: async (...argv: string[]) => {
      const run = await cli('keys', ...argv, '--tenant', TENANT, '--json');
      return { ...run, document: run.out === '' ? null : JSON.parse(run.out) };
    },
    /** What `show` says of the signature of the first escalation's packet. */
    signature: async () => {
      const { out } = await cli('show', '--tenant', TENANT, 'esc-pay-0001');
      return out
        .split('\n')
        .map((line) => line.trim())
        .find((line) => /^\w+ +signature /.test(line));
    },
    async begin() {
      writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 });
      expect(await cli('import', DEMO_LEDGER, '--json')).toMatchObject({ exit: 0 });
    },
  };
}

describe('keys', () => {
  const desk = demoDesk();
  beforeAll(desk.begin);
  afterAll(() => desk.home.remove());

  test('trust pins a trust file, waits for what it touches, and prints the list with the members of the promise', async () => {
    expect((await desk.keys('list')).document).toEqual([]);
    expect(await desk.signature()).toMatch(/^unchecked .*\(NO_KEY\)$/);
    const { exit, document } = await desk.keys('trust', TRUST);
    expect(exit).toBe(0);
    const gate = (document as Entry[]).find(({ name }) => name === 'gate');
    expect(Object.keys(gate ?? {})).toEqual(['purpose', 'name', 'public_hex', 'fingerprint', 'status', 'valid_from']);
    expect(document.map(({ name, status }: Entry) => [name, status])).toEqual([
      ['gate', 'pinned'],
      ['gate-old', 'pinned'],
      ['issuer', 'pinned'],
    ]);
    expect((await desk.keys('list')).document).toEqual(document);
    expect(await desk.signature()).toMatch(/^verified .*\(SIGNED\)$/);
  });

  test('for people each fingerprint stands whole, in fours and in words', async () => {
    const { out } = await desk.cli('keys', 'trust', TRUST, '--tenant', TENANT);
    expect(out).toMatch(/^gate {2}gate: pinned\n {2}([0-9a-f]{4} ){15}[0-9a-f]{4}\n {2}([a-z]+ ){11}[a-z]+$/m);
  });

  test('what is exported is a trust file again', async () => {
    const file = join(desk.home.path, 'exported.json');
    expect((await desk.keys('export', file)).exit).toBe(0);
    const sorted = (path: string) =>
      (JSON.parse(readFileSync(path, 'utf8')) as Entry[]).sort((a, b) => a.name.localeCompare(b.name));
    expect(sorted(file)).toEqual(sorted(TRUST));
    expect((await desk.keys('export', file)).exit).toBe(3);
    expect((await desk.keys('export', file, '--force')).exit).toBe(0);
  });

  test('retire ends a validity, by name, fingerprint or key; verdicts follow', async () => {
    const [gate] = (await desk.keys('list')).document as Entry[];
    const { exit, document } = await desk.keys('retire', gate?.fingerprint ?? '', '--until', '2026-10-02T00:00:00Z');
    expect(exit).toBe(0);
    expect(document).toContainEqual({ ...gate, status: 'retired', valid_until: '2026-10-02T00:00:00Z' });
    expect(await desk.signature()).toMatch(/^failed .*\(KEY_NO_LONGER_VALID\)$/);
    expect((await desk.keys('retire', 'gate')).exit).toBe(2);
    expect((await desk.keys('retire', 'gate-old', '--purpose', 'issuer')).exit).toBe(2);
    expect((await desk.keys('retire', 'gate-old', '--purpose', 'gate')).exit).toBe(0);
  });

  test('a file that is no trust file pins nothing', async () => {
    const file = join(desk.home.path, 'no-trust.json');
    const before = (await desk.keys('list')).document;
    writeFileSync(file, '[{"name":"x","purpose":"gate","public_hex":"00"}]');
    expect((await desk.keys('trust', file)).exit).toBe(1);
    writeFileSync(file, '[]');
    expect((await desk.keys('trust', file)).exit).toBe(2);
    expect((await desk.keys('list')).document).toEqual(before);
  });

  test('make answers the new entry; rotate ends it and makes another of its name', async () => {
    const made = await desk.keys('make', '--name', 'Ada', '--passphrase-file', desk.passphraseFile);
    expect(made.exit).toBe(0);
    expect(made.document).toEqual({
      purpose: 'reviewer',
      name: 'Ada',
      public_hex: expect.stringMatching(/^[0-9a-f]{64}$/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      status: 'pinned',
      valid_from: expect.any(String),
    });
    const { exit, document } = await desk.keys('rotate', '--passphrase-file', desk.passphraseFile);
    expect(exit).toBe(0);
    const own = (document as Entry[]).filter(({ purpose }) => purpose === 'reviewer');
    expect(own.map(({ name, status }) => [name, status])).toEqual([
      ['Ada', 'retired'],
      ['Ada', 'pinned'],
    ]);
    expect(own[1]?.public_hex).not.toBe(made.document.public_hex);
  });

  test('the same key again acts once and answers the same', async () => {
    const args = ['make', '--name', 'Once', '--passphrase-file', desk.passphraseFile];
    const key = ['--idempotency-key', 'c0ffee00-0000-4000-8000-00000000abcd'];
    const first = await desk.keys(...args, ...key);
    expect((await desk.keys(...args, ...key)).document).toEqual(first.document);
    const all = (await desk.keys('list')).document as Entry[];
    expect(all.filter(({ name }) => name === 'Once')).toHaveLength(1);
  });

  test('doctor says how keys are kept, and when one cannot be opened any more', async () => {
    const doctor = async () => {
      const { exit, out } = await desk.cli('doctor', '--json');
      const { checks } = JSON.parse(out) as { checks: { name: string; ok: boolean; detail: string }[] };
      return { exit, ...checks.find(({ name }) => name === 'keys') };
    };
    const seal = ['--seal', '--passphrase-file', desk.passphraseFile, '--reason', 'Not the supplier’s account.'];
    expect((await desk.cli('reject', '--tenant', TENANT, ...seal, 'esc-pay-0001')).exit).toBe(0);
    expect(await doctor()).toMatchObject({
      exit: 0,
      ok: true,
      detail: expect.stringMatching(/2 under a passphrase, 1/),
    });
    rmSync(join(desk.home.path, 'desk.secret'));
    expect(await doctor()).toMatchObject({ exit: 1, ok: false, detail: expect.stringContaining('cannot be opened') });
  });

  test('trust comes before the first import, whose records are then judged by it; it makes store and tenant', async () => {
    const early = demoDesk();
    const { exit, document } = await early.keys('trust', TRUST);
    expect([exit, document.length]).toEqual([0, 3]);
    await early.begin();
    expect(await early.signature()).toMatch(/^verified /);
    early.home.remove();
  });

  test('reading makes no store', async () => {
    const store = join(desk.home.path, 'none.db');
    const argv = ['keys', 'list', '--tenant', TENANT, '--json', '--store', store];
    expect((await runCli(desk.home.path, store, new HandClock(), argv)).exit).toBe(2);
    expect(existsSync(store)).toBe(false);
  });
});

describe('a passphrase', () => {
  const home = temporaryHome();
  const file = join(home.path, 'passphrase');
  const make = (name: string, ...more: string[]) =>
    realCli(home.path, 'keys', 'make', '--tenant', 'acme', '--name', name, '--json', ...more);
  beforeAll(async () => {
    const event = ['--event-id', 'c0ffee00-0000-4000-8000-000000000001'];
    expect((await realCli(home.path, 'record', '--tenant', 'acme', 'E-1', ...event)).exit).toBe(0);
  });
  afterAll(() => home.remove());

  test('comes from a file, without the end of its line; the variable names one too', async () => {
    writeFileSync(file, `${PASSPHRASE}\r\n`, { mode: 0o600 });
    expect(await make('one', '--passphrase-file', file)).toMatchObject({ exit: 0, err: '' });
    const argv = ['keys', 'make', '--tenant', 'acme', '--name', 'two', '--json'];
    expect(await startCli(home.path, argv, { VEX_DESK_PASSPHRASE_FILE: file }).ended).toMatchObject({ exit: 0 });
  });

  test('is never taken from an argument', async () => {
    expect((await make('x', '--passphrase', PASSPHRASE)).exit).toBe(2);
  });

  test('that is too short, or no text, makes no key', async () => {
    for (const bytes of ['short\n', Buffer.from([0xff, 0xfe, 1, 2, 3, 4, 5, 6, 7, 8]), 'x'.repeat(9000)]) {
      writeFileSync(file, bytes, { mode: 0o600 });
      expect((await make('short', '--passphrase-file', file)).exit).toBe(2);
    }
  });

  test.skipIf(process.platform === 'win32')('in a file that others may read is said on standard error', async () => {
    writeFileSync(file, PASSPHRASE);
    chmodSync(file, 0o644);
    const { exit, err } = await make('three', '--passphrase-file', file);
    expect({ exit, err }).toEqual({ exit: 0, err: expect.stringContaining('chmod 600') });
  });

  test('is nowhere in the data folder (S16)', async () => {
    const files = readdirSync(home.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(1);
    const found = files.filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(PASSPHRASE));
    expect(found.map(({ name }) => name)).toEqual(['passphrase']);
  });
});
