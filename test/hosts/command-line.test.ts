import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../contract/desk/cli-driver.ts';
import { HandClock } from './hand-clock.ts';
import { realCli, startCli } from './real-cli.ts';
import { DEMO_LEDGER, FIXTURES, temporaryHome } from './test-desk.ts';

const TENANT = 'acme-payments';
const HASH = 'ab'.repeat(32);

describe('the command line’s promise', () => {
  const home = temporaryHome();
  const clock = new HandClock();
  const cli = (...argv: string[]) => runCli(home.path, home.store, clock, [...argv, '--store', home.store]);
  const bare = (...argv: string[]) => runCli(home.path, home.store, clock, argv);
  const codeOf = (err: string) => JSON.parse(err).error.code as string;

  beforeAll(async () => {
    expect(await cli('import', DEMO_LEDGER, '--json')).toMatchObject({ exit: 0, err: '' });
  });
  afterAll(() => home.remove());

  it('an error with --json is one document on standard error, and standard output stays clean', async () => {
    const { exit, out, err } = await cli('show', 'no such id', '--tenant', TENANT, '--json');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(Object.keys(JSON.parse(err))).toEqual(['error']);
    expect(Object.keys(JSON.parse(err).error)).toEqual(['code', 'message', 'details']);
  });

  it.each([
    ['no such command', ['frobnicate']],
    ['an option that is none', ['list', '--frob']],
    ['a status that is none', ['list', '--status', 'lost']],
    ['a limit that is none', ['list', '--limit', '-1']],
    ['a cursor that is none', ['list', '--tenant', TENANT, '--cursor', 'x']],
    ['no tenant where there are three', ['list']],
    ['two tenants', ['list', '--tenant', 'a', '--tenant', 'b']],
    ['no id', ['show', '--tenant', TENANT]],
    ['an id too many', ['show', '--tenant', TENANT, 'a', 'b']],
    ['an id that is no JSON text', ['show', '--tenant', TENANT, '--id-json', '7']],
    ['an id with half a surrogate pair', ['show', '--tenant', TENANT, '--id-json', '"\\ud800"']],
    ['an event that is no UUID', ['show', '--tenant', TENANT, '--event', 'x', 'a']],
    ['a key that is no UUID', ['claim', '--tenant', TENANT, '--idempotency-key', 'x', 'a']],
    ['no reason', ['reject', '--tenant', TENANT, 'a']],
    ['neither packet nor hash', ['resolve', '--tenant', TENANT, 'a', '--reason', 'r']],
    ['packet and seal', ['resolve', '--tenant', TENANT, 'a', '--reason', 'r', '--vep', 'f', '--seal']],
    ['a passphrase file that is not there', ['keys', 'make', '--tenant', TENANT, '--passphrase-file', '/no/such']],
    ['a key without a passphrase', ['keys', 'make', '--tenant', TENANT]],
    ['a seal without a key', ['reject', '--tenant', TENANT, 'esc-pay-0001', '--reason', 'r', '--seal']],
    [
      'an override of no check',
      ['resolve', '--tenant', TENANT, 'esc-pay-0001', '--reason', 'r', '--vep-hash', HASH, '--override', 'luck'],
    ],
    ['nothing to do with keys', ['keys', '--tenant', TENANT]],
    ['a key that is not there', ['keys', 'retire', 'nobody', '--tenant', TENANT]],
    ['packet and hash', ['resolve', '--tenant', TENANT, 'a', '--reason', 'r', '--vep', 'f', '--vep-hash', HASH]],
    ['a hash that is none', ['resolve', '--tenant', TENANT, 'esc-pay-0001', '--reason', 'r', '--vep-hash', 'abc']],
    [
      'a packet that is not there',
      ['resolve', '--tenant', TENANT, 'esc-pay-0001', '--reason', 'r', '--vep', '/no/such'],
    ],
    ['nothing to import', ['import']],
    ['something to import that is not there', ['import', '/no/such/vex.db']],
    ['no file to export to', ['export', '--tenant', TENANT]],
    ['a format that is none', ['export', '--tenant', TENANT, '--out', 'x', '--format', 'xml']],
    ['an instant that is none', ['export', '--tenant', TENANT, '--out', 'x', '--from', 'yesterday']],
    ['a file too many', ['backup', 'a', 'b']],
    ['a backup that is not there', ['restore', '/no/such']],
    ['an attachment too few', ['attach', '--tenant', TENANT, 'a']],
    ['no event of a record', ['record', '--tenant', TENANT, 'a']],
    ['no profile of that name', ['claim', '--tenant', TENANT, '--as', 'Nobody', 'esc-pay-0001']],
  ])('exit 2 for %s', async (_name, argv) => {
    const { exit, out, err } = await cli(...argv.slice(0, 1), '--json', ...argv.slice(1));
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(codeOf(err)).toBeOneOf(['INVALID_INPUT', 'NOT_FOUND']);
  });

  it.each([['pull'], ['push']])('says of what comes later that it does: %s', async (...argv) => {
    const { exit, err } = await cli(...argv.slice(0, 1), '--json', ...argv.slice(1));
    expect(exit).toBe(2);
    expect(JSON.parse(err).error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('later version'),
    });
  });

  it('an address with a password is refused and never repeated; another one is not for this version', async () => {
    for (const address of [
      'postgres://ada:secret@db/vex',
      'postgresql://db/vex?password=secret',
      'postgres://db/vex',
    ]) {
      const { exit, out, err } = await bare('list', '--store', address, '--json');
      expect(exit).toBe(2);
      expect(out + err).not.toContain('secret');
    }
    const file = join(home.path, 'address');
    writeFileSync(file, `${home.store}\n`);
    expect(await bare('list', '--store-file', file, '--tenant', TENANT, '--json')).toMatchObject({ exit: 0 });
  });

  it('reading makes no store', async () => {
    const store = join(home.path, 'none.db');
    for (const argv of [
      ['list'],
      ['show', 'a'],
      ['doctor'],
      ['export', '--out', join(home.path, 'x')],
      ['backup', join(home.path, 'y')],
    ]) {
      expect((await bare(...argv, '--store', store, '--json')).exit).toBe(2);
    }
    expect(readdirSync(home.path).filter((name) => name.startsWith('none'))).toEqual([]);
  });

  it('names the tenants where it needs one', async () => {
    const { err } = await cli('list', '--json');
    expect(JSON.parse(err).error.details).toEqual({ tenants: ['acme-payments', 'clinic-research', 'northwind-ops'] });
  });

  it('list prints JSONL, its last line the cursor when there is more', async () => {
    const { out } = await cli('list', '--tenant', TENANT, '--limit', '3', '--json');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 3).every((line) => line.tenant === TENANT)).toBe(true);
    expect(Object.keys(lines[3])).toEqual(['next_cursor']);
  });

  it('exact numbers stay exact: what a token says beyond 2^53 is printed digit by digit', async () => {
    const token = readFileSync(join(FIXTURES, 'tokens', 'v17-valid.json'), 'utf8').replace(
      /"exp":\s*\d+/,
      '"exp":9007199254740993',
    );
    const file = join(home.path, 'token.json');
    writeFileSync(file, token);
    const { exit, out } = await cli(
      'record',
      '--tenant',
      TENANT,
      'exact',
      '--event-id',
      'c0ffee00-0000-4000-8000-0000000000ff',
      '--token',
      file,
      '--json',
    );
    expect(exit).toBe(0);
    expect(out).toContain('"exp":9007199254740993');
    expect((await cli('show', '--tenant', TENANT, 'exact', '--json')).out).toContain('"exp":9007199254740993');
  });

  it.each([[['--json']], [[]]])('S65: no control character of data reaches the terminal (%j)', async (json) => {
    const id = 'evil\u001b[2J\u009b31m\u202e\u0007';
    const eventId = 'c0ffee00-0000-4000-8000-00000000e5c0';
    await cli('record', '--tenant', TENANT, '--id-json', JSON.stringify(id), '--event-id', eventId);
    const target = ['--tenant', TENANT, '--id-json', JSON.stringify(id)];
    for (const argv of [
      ['show', ...target],
      ['list', '--tenant', TENANT, '--limit', '1000'],
      ['show', '--tenant', TENANT, `${id}!`],
    ]) {
      const { out, err } = await cli(...argv, ...json);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there is looked for
      expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('--help of every command shows an example', async () => {
    const { out } = await bare('--help');
    const names = out
      .split('\n')
      .slice(3)
      .map((line) => line.split(' ')[0])
      .filter((name) => name !== undefined && name !== '');
    expect(names).toEqual(expect.arrayContaining(['import', 'list', 'resolve', 'serve', 'doctor', 'verify']));
    for (const name of names) {
      const help = await bare(name ?? '', '--help');
      expect(help.exit).toBe(0);
      expect(help.out).toMatch(/Example: |later version/);
    }
  });

  it('an import that refuses rows is done in part: exit 1, and the rows are named', async () => {
    const store = join(home.path, 'odd.db');
    const odd = join(FIXTURES, 'ledgers', 'odd', 'vex.db');
    const { exit, out } = await bare('import', odd, '--store', store, '--json');
    const result = JSON.parse(out);
    expect(exit).toBe(1);
    expect(Object.keys(result).slice(0, 9)).toEqual([
      'read',
      'imported',
      'updated',
      'unchanged',
      'conflicts',
      'refused',
      'evidence',
      'rows',
      'findings',
    ]);
    expect(result.refused).toBeGreaterThan(0);
  });

  it('a dry run writes nothing', async () => {
    const store = join(home.path, 'dry.db');
    const { exit, out } = await bare('import', DEMO_LEDGER, '--dry-run', '--store', store, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ read: 120, imported: 120 });
    const { err } = await bare('list', '--store', store, '--json');
    expect(JSON.parse(err).error.details.tenants).toEqual([]);
  });

  it('what cannot be read as anything is exit 2', async () => {
    const file = join(home.path, 'noise.bin');
    writeFileSync(file, Buffer.alloc(4096, 7));
    expect((await bare('import', file, '--tenant', 'a', '--store', join(home.path, 'noise.db'), '--json')).exit).toBe(
      2,
    );
  });

  it('an existing file is not written over, but with --force', async () => {
    const out = join(home.path, 'export.csv');
    const argv = ['export', '--tenant', TENANT, '--format', 'csv', '--out', out, '--json'];
    expect((await cli(...argv)).exit).toBe(0);
    const again = await cli(...argv);
    expect(again.exit).toBe(3);
    expect(codeOf(again.err)).toBe('ALREADY_EXISTS');
    expect((await cli(...argv, '--force')).exit).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(`${out}.manifest.json`, 'utf8')))).toEqual(
      expect.arrayContaining(['file', 'sha256', 'bytes', 'records', 'query', 'generator']),
    );
  });

  it('evidence never takes the place of a file', async () => {
    const shown = await cli('show', '--tenant', TENANT, 'esc-pay-0001', '--json');
    const { sha256 } = JSON.parse(shown.out).evidence[0];
    const out = join(home.path, 'piece');
    const argv = ['evidence', '--tenant', TENANT, 'esc-pay-0001', '--sha256', sha256, '--out', out, '--json'];
    const first = await cli(...argv);
    expect(Object.keys(JSON.parse(first.out))).toEqual(['file', 'sha256', 'bytes', 'kind', 'role']);
    expect((await cli(...argv)).exit).toBe(3);
  });

  it('backup and restore: the same ledger again; neither replaces a file', async () => {
    const [backup, restored] = [join(home.path, 'b.backup'), join(home.path, 'restored.db')];
    expect((await cli('backup', backup, '--json')).exit).toBe(0);
    expect((await cli('backup', backup, '--json')).exit).toBe(3);
    expect((await bare('restore', backup, '--store', restored, '--json')).exit).toBe(0);
    expect((await bare('restore', backup, '--store', restored, '--json')).exit).toBe(3);
    const list = ['list', '--tenant', TENANT, '--status', 'all', '--limit', '1000', '--json'];
    expect((await bare(...list, '--store', restored)).out).toBe((await cli(...list)).out);
    expect(readdirSync(home.path).filter((name) => name.includes('making'))).toEqual([]);
  });

  it('a damaged backup is not restored', async () => {
    const file = join(home.path, 'damaged.backup');
    await cli('backup', file, '--json');
    const bytes = readFileSync(file);
    bytes.fill(0x55, bytes.length - 40_000, bytes.length - 8_000);
    writeFileSync(file, bytes);
    const { exit } = await bare('restore', file, '--store', join(home.path, 'from-damaged.db'), '--json');
    expect(exit).toBeOneOf([1, 2]);
    expect(existsSync(join(home.path, 'from-damaged.db'))).toBe(false);
  });

  it('doctor looks and never writes', async () => {
    const folder = join(home.path, 'looked-at');
    mkdirSync(folder);
    const store = join(folder, 'desk.db');
    await cli('backup', store);
    const before = { names: readdirSync(folder), bytes: readFileSync(store), time: statSync(store).mtimeMs };
    const { exit, out } = await bare('doctor', '--store', store, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out).checks.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
    expect({ names: readdirSync(folder), bytes: readFileSync(store), time: statSync(store).mtimeMs }).toEqual(before);
  });
});

describe('the built program', () => {
  const home = temporaryHome();
  afterAll(() => home.remove());

  it('works in the desk’s own data folder, and makes the first profile of --as', async () => {
    const imported = await realCli(home.path, 'import', DEMO_LEDGER, '--as', 'Ada Lovelace', '--json');
    expect(imported).toMatchObject({ exit: 0, err: '' });
    expect(existsSync(join(home.path, 'desk.db'))).toBe(true);
    const claimed = await realCli(home.path, 'claim', 'esc-pay-0001', '--tenant', TENANT, '--json');
    expect(JSON.parse(claimed.out).claim.by).toBe('Ada Lovelace');
  });

  it('Ctrl-C stops an import: 130, and what was kept is said', async () => {
    const file = join(home.path, 'many.jsonl');
    const line = (n: number) =>
      `{"escalation_id":"e${n}","status":"ESCALATED","escalation_event_id":"00000000-0000-4000-8000-${String(n).padStart(12, '0')}","timestamp":"2026-11-01T00:00:00Z"}\n`;
    writeFileSync(file, Array.from({ length: 20_000 }, (_, n) => line(n)).join(''));
    const store = join(home.path, 'many.db');
    const running = startCli(home.path, ['import', file, '--tenant', 'many', '--store', store, '--json']);
    await vi.waitFor(() => expect(statSync(`${store}-wal`).size).toBeGreaterThan(1_000_000), {
      timeout: 120_000,
      interval: 5,
    });
    running.child.kill('SIGINT');
    const { exit, out, err } = await running.ended;
    expect(exit).toBe(130);
    expect(JSON.parse(err).error).toMatchObject({ code: 'CANCELLED', message: expect.stringContaining('stays') });
    const kept = JSON.parse(out).imported as number;
    expect(kept).toBeGreaterThan(0);
    const again = await realCli(home.path, 'import', file, '--tenant', 'many', '--store', store, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ read: 20_000, unchanged: kept, imported: 20_000 - kept });
  });
});
