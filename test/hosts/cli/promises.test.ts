import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../electron/store/default-settings.ts';
import { runCli } from '../../contract/desk/cli-driver.ts';
import { HandClock } from '../hand-clock.ts';
import { realCli } from '../real-cli.ts';
import { temporaryHome } from '../test-desk.ts';

/** What scripts rely on (docs/guide/command-line.md). */
describe('the command line as a script calls it', () => {
  let home: ReturnType<typeof temporaryHome>;
  const clock = new HandClock();

  beforeEach(() => {
    home = temporaryHome();
  });
  afterEach(() => home.remove());

  const desk = async (command: string, ...argv: string[]) => {
    const run = await runCli(home.path, home.store, clock, [command, '--json', '--store', home.store, ...argv]);
    const error = run.err === '' ? null : (JSON.parse(run.err) as { error: { code: string } }).error;
    return { exit: run.exit, code: error?.code, document: run.out === '' ? null : JSON.parse(run.out) };
  };
  const record = (id: string, ...more: string[]) =>
    desk('record', '--tenant', 'acme', '--event-id', randomUUID(), ...more, '--', id);

  test.each(['abc', '', '-1', '01', '1.0'])('--expect-version %j is wrong usage, never a conflict', async (version) => {
    await record('E-1');
    const run = await desk('claim', `--expect-version=${version}`, 'E-1');
    expect(run).toMatchObject({ exit: 2, code: 'INVALID_INPUT' });
  });

  test('an export to a folder that is not there says so, exit 2', async () => {
    await record('E-1');
    for (const format of ['jsonl', 'vex-db']) {
      const run = await desk('export', '--format', format, '--out', join(home.path, 'no', 'such', 'file'));
      expect(run).toMatchObject({ exit: 2, code: 'INVALID_INPUT', document: null });
    }
    expect(existsSync(join(home.path, 'no'))).toBe(false);
  });

  test('the manifest of a vex.db counts the records that the file has, where one id has two; only its owner may read it', async () => {
    const first = await record('E-1');
    await desk('reject', '--reason', 'No.', 'E-1');
    const second = await record('E-1');
    const out = join(home.path, 'out.db');
    const run = await desk('export', '--format', 'vex-db', '--out', out);
    expect(run).toMatchObject({ exit: 0, document: { records: 1 } });
    expect(statSync(out).mode & 0o077).toBe(0);
    const file = new Database(out, { readonly: true });
    const values = file.prepare("SELECT value FROM kv_store WHERE key LIKE 'coordination:%:record:%'").pluck().all();
    file.close();
    const written = values.map((value) => JSON.parse(String(value)));
    expect(written).toEqual([second.document.record]);
    expect(written[0].escalation_event_id).not.toBe(first.document.record.escalation_event_id);
  });

  test('jsonl comes back exact where an id names two escalations', async () => {
    // Whether a decision was signed only the log of its own desk can say (I6).
    const told = (line: string) => {
      const escalation = JSON.parse(line);
      const decision = escalation.decision === null ? null : { ...escalation.decision, signed: null };
      return { ...escalation, decision, version: null };
    };
    const kept = async (store: string) => {
      const { out } = await runCli(home.path, store, clock, ['list', '--json', '--store', store, '--status', 'all']);
      return out.split('\n').filter(Boolean).map(told);
    };
    await record('E-1');
    await desk('reject', '--reason', 'No.', 'E-1');
    await record('E-1');
    const out = join(home.path, 'out.jsonl');
    await desk('export', '--format', 'jsonl', '--out', out);
    const other = join(home.path, 'other.db');
    const again = await runCli(home.path, other, clock, ['import', '--json', '--store', other, out]);
    expect(again.exit).toBe(0);
    expect(await kept(other)).toEqual(await kept(home.store));
  });

  test('an import that refuses a packet is done in part, exit 1, though no escalation was refused', async () => {
    const file = join(home.path, 'packet');
    writeFileSync(file, 'VEP\u0003 and no more');
    const run = await desk('import', '--tenant', 'acme', file);
    expect(run).toMatchObject({ exit: 1, document: { refused: 0, findings: [{ code: 'NOT_A_PACKET' }] } });
  });

  test('an idempotency key of an import or export acts once and is for one call only, in whatever process', async () => {
    await record('E-1');
    const [key, other] = [randomUUID(), randomUUID()];
    const [first, second] = [join(home.path, 'a.jsonl'), join(home.path, 'b.jsonl')];
    const exported = await desk('export', '--format', 'jsonl', '--idempotency-key', key, '--out', first);
    expect(exported.exit).toBe(0);
    expect(await desk('export', '--format', 'jsonl', '--idempotency-key', key, '--out', second)).toMatchObject({
      exit: 2,
      code: 'INVALID_INPUT',
    });
    expect(existsSync(second)).toBe(false);
    await desk('export', '--format', 'jsonl', '--out', second);
    const imported = await desk('import', '--idempotency-key', other, first);
    expect(imported).toMatchObject({ exit: 0, document: { unchanged: 1 } });
    expect(await desk('import', '--idempotency-key', other, first)).toEqual(imported);
    for (const changed of [[second], [first, '--dry-run'], [first, '--tenant', 'acme']]) {
      const run = await desk('import', '--idempotency-key', other, ...changed);
      expect(run).toMatchObject({ exit: 2, code: 'INVALID_INPUT' });
    }
  });

  test.skipIf(process.platform === 'win32')('what is no file is refused before it is read, exit 2', async () => {
    for (const path of ['/dev/zero', '/dev/null']) {
      expect(await desk('import', '--tenant', 'acme', path)).toMatchObject({ exit: 2, code: 'INVALID_INPUT' });
    }
  });

  test.runIf(process.platform === 'linux')(
    'findings that find no room on the disk end the import, not the program',
    async () => {
      const key = randomUUID();
      const file = join(home.path, 'bad.jsonl');
      writeFileSync(file, '{no record}\n'.repeat(1_200));
      mkdirSync(join(home.path, 'reports'));
      symlinkSync('/dev/full', join(home.path, 'reports', `${key}.jsonl`));
      const run = await desk('import', '--tenant', 'acme', '--idempotency-key', key, file);
      expect(run).toMatchObject({ exit: 5, code: 'INTERNAL' });
    },
  );

  test('a data folder that cannot be made is said like any other error, exit 2', async () => {
    const folder = join(home.path, 'a-file');
    writeFileSync(folder, '');
    const run = await realCli(
      join(folder, 'data'),
      'record',
      '--tenant',
      'acme',
      'E-1',
      '--event-id',
      randomUUID(),
      '--json',
    );
    expect(run).toMatchObject({ exit: 2, out: '' });
    expect(JSON.parse(run.err).error.code).toBe('INVALID_INPUT');
  });

  test('a store that cannot be opened is not called readable', async () => {
    await record('E-1');
    const bytes = readFileSync(home.store);
    writeFileSync(home.store, bytes.subarray(0, bytes.length / 2));
    const run = await runCli(home.path, home.store, clock, ['list', '--json', '--store', home.store]);
    expect(run.exit).toBe(4);
    expect(JSON.parse(run.err).error).toMatchObject({
      code: 'STORE_READ_ONLY',
      message: expect.stringContaining('cannot be opened'),
    });
  });

  test('--help of every command shows an example', async () => {
    const { out } = await runCli(home.path, home.store, clock, ['--help']);
    const commands = [...out.matchAll(/^([a-z]+) {2,}\S/gm)].map(([, name]) => name ?? '');
    expect(commands).toEqual(expect.arrayContaining(['import', 'show', 'verify', 'push']));
    for (const command of commands) {
      const help = await runCli(home.path, home.store, clock, [command, '--help']);
      expect(help).toMatchObject({ exit: 0, err: '', out: expect.stringContaining(`\nExample: ${command}`) });
    }
  });

  test('the examples in the help texts use reason codes that a new tenant has', async () => {
    const known = DEFAULT_SETTINGS.reason_codes.map(({ code }) => code);
    for (const command of ['resolve', 'reject', 'withdraw']) {
      const { out } = await runCli(home.path, home.store, clock, [command, '--help']);
      for (const [, code] of out.matchAll(/^Example:.*--reason-code (\S+)/gm)) expect(known).toContain(code);
    }
    expect(readdirSync(home.path)).toEqual([]);
  });
});
