import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realCli } from '../real-cli.ts';
import { PACKET, temporaryHome } from '../test-desk.ts';

const TENANT = 'acme';

interface Run {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
  /** The first line of standard output, as JSON. */
  readonly document: { readonly failures: readonly unknown[]; readonly proof: string; readonly note: string };
}

/** The audit log as scripts and auditors use it: real processes, one after another. */
describe('the audit log on the command line', () => {
  let home: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    home = temporaryHome();
  });
  afterEach(() => home.remove());

  async function desk(...argv: string[]): Promise<Run> {
    const [command = '', ...rest] = argv;
    const { exit, out, err } = await realCli(home.path, command, ...rest, '--json', '--tenant', TENANT);
    return { exit, out, err, document: out === '' ? null : JSON.parse(out.split('\n')[0] ?? 'null') };
  }
  async function decided(id: string, as = 'Ada'): Promise<void> {
    expect((await desk('record', id, '--event-id', randomUUID(), '--as', as)).exit).toBe(0);
    expect((await desk('reject', id, '--reason', 'No.', '--as', as)).exit).toBe(0);
  }
  const file = (name: string) => join(home.path, name);

  test('an auditor verifies a bundle of two reviewers’ decisions in an empty folder, with nothing but whom to trust', async () => {
    await decided('E-1', 'Ada');
    writeFileSync(file('passphrase'), 'correct horse battery\n');
    await desk('keys', 'make', '--name', 'Grace', '--as', 'Grace', '--passphrase-file', file('passphrase'));
    await desk('record', 'E-2', '--event-id', randomUUID(), '--as', 'Ada');
    await desk('attach', 'E-2', PACKET, '--as', 'Ada');
    const allowed = ['--override', 'signature', '--override', 'root'];
    await desk('reject', 'E-2', '--reason', 'Not proven.', '--as', 'Grace', ...allowed);
    const exported = await desk('export', '--format', 'bundle', '--out', file('audit.bundle'), '--as', 'Ada');
    expect(exported).toMatchObject({
      exit: 0,
      err: '',
      document: { records: 2, checkpoint: { size: expect.stringMatching(/^\d+$/) } },
    });
    await desk('keys', 'export', file('trust.json'), '--as', 'Ada');
    const checkpoint = await desk('log', 'checkpoint', '--out', file('kept.txt'), '--as', 'Ada');
    expect(checkpoint).toMatchObject({
      exit: 0,
      document: { witnesses: [], root: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });

    const empty = temporaryHome();
    try {
      copyFileSync(file('audit.bundle'), join(empty.path, 'audit.bundle'));
      copyFileSync(file('trust.json'), join(empty.path, 'trust.json'));
      const [bundle, trust] = [join(empty.path, 'audit.bundle'), join(empty.path, 'trust.json')];
      rmSync(home.store);
      const judged = await realCli(empty.path, 'verify', bundle, '--trust', trust, '--json');
      expect(judged).toMatchObject({ exit: 0, err: '' });
      const verdict = JSON.parse(judged.out);
      expect(verdict).toMatchObject({ kind: 'bundle', verdict: 'verified', file: bundle });
      expect(verdict.checks.map(({ name }: { name: string }) => name)).toEqual([
        ...['structure', 'signature', 'files', 'checkpoint', 'inclusion', 'opening', 'statement'],
      ]);
      const words = await realCli(empty.path, 'verify', bundle, '--trust', trust);
      expect(words.out).toMatch(/Entries 0 to \d+: complete\. The desk signed it/);
      // Without trust nothing is proven; with a byte less it is said what differs.
      expect((await realCli(empty.path, 'verify', bundle, '--json')).exit).toBe(6);
      const bytes = readFileSync(bundle);
      bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
      writeFileSync(bundle, bytes);
      expect((await realCli(empty.path, 'verify', bundle, '--trust', trust, '--json')).exit).toBe(1);
    } finally {
      empty.remove();
    }
  });

  test('an auditor verifies any export by its signed manifest; where a byte differs it is said', async () => {
    await decided('E-1');
    const exported = await desk('export', '--format', 'csv', '--out', file('acme.csv'), '--as', 'Ada');
    expect(Object.keys(exported.document)).toEqual([
      ...['file', 'sha256', 'bytes', 'records', 'query', 'generator', 'checkpoint'],
    ]);
    await desk('keys', 'export', file('trust.json'), '--as', 'Ada');
    rmSync(home.store);
    const signed = file('acme.csv.manifest.dsse.json');
    const judged = await realCli(home.path, 'verify', signed, '--trust', file('trust.json'), '--json');
    expect(judged).toMatchObject({ exit: 0, err: '' });
    const verdict = JSON.parse(judged.out);
    expect(verdict).toMatchObject({ kind: 'proof', verdict: 'verified' });
    expect(verdict.checks.map(({ name }: { name: string }) => name)).toEqual(['statement', 'files']);
    expect((await realCli(home.path, 'verify', signed, '--json')).exit).toBe(6);
    const bare = await realCli(home.path, 'verify', file('acme.csv.manifest.json'), '--json');
    expect(bare).toMatchObject({ exit: 1, out: expect.stringContaining('acme.csv.manifest.dsse.json') });
    writeFileSync(file('acme.csv'), 'changed');
    const changed = await realCli(home.path, 'verify', signed, '--trust', file('trust.json'));
    expect(changed).toMatchObject({ exit: 1, out: expect.stringContaining('Not the bytes that were exported') });
  });

  test('log verify prints size, root and what differs, exit 0 and 1', async () => {
    await decided('E-1');
    const sound = await desk('log', 'verify', '--as', 'Ada');
    expect(sound).toMatchObject({ exit: 0, err: '', document: { verified: true, failures: [] } });
    expect(Object.keys(sound.document)).toEqual(['size', 'root', 'verified', 'failures']);
    const db = new Database(home.store);
    db.exec(`UPDATE event_fields SET value = CAST('"Yes."' AS BLOB) WHERE name = 'reason'`);
    db.close();
    const changed = await desk('log', 'verify', '--as', 'Ada');
    expect(changed).toMatchObject({ exit: 1, document: { verified: false } });
    expect(changed.document.failures[0]).toMatchObject({
      place: expect.stringMatching(/event|decision/),
      code: expect.stringMatching(/^[A-Z_]+$/),
    });
    const words = await realCli(home.path, 'log', 'verify', '--as', 'Ada', '--tenant', TENANT);
    expect(words.out).toMatch(/failed.*the first that differs/);
  });

  test('a proof is a file that verifies by itself, of an escalation or of an event; a checkpoint is compared with one kept', async () => {
    await decided('E-1');
    await desk('keys', 'export', file('trust.json'), '--as', 'Ada');
    const trust = ['--trust', file('trust.json')];
    const proof = await desk('log', 'prove', 'E-1', '--out', file('a.proof'), '--as', 'Ada');
    expect(proof).toMatchObject({
      exit: 0,
      document: { file: file('a.proof'), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(proof.document.proof).toBe(readFileSync(file('a.proof'), 'utf8'));
    expect(await desk('log', 'prove', 'E-1', '--out', file('a.proof'), '--as', 'Ada')).toMatchObject({ exit: 3 });
    const printed = await realCli(home.path, 'log', 'prove', '--seq', '0', '--as', 'Ada', '--tenant', TENANT);
    writeFileSync(file('b.proof'), printed.out);
    const note = await realCli(home.path, 'log', 'checkpoint', '--as', 'Ada', '--tenant', TENANT);
    writeFileSync(file('head.txt'), note.out);
    const files = ['a.proof', 'b.proof', 'head.txt'].map(file);
    const judged = await realCli(home.path, 'verify', ...files, ...trust, '--json');
    expect(judged.exit).toBe(0);
    const kinds = judged.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual(['proof', 'proof', 'checkpoint']);
    const same = await realCli(
      home.path,
      'verify',
      file('head.txt'),
      '--previous',
      file('head.txt'),
      ...trust,
      '--json',
    );
    expect(JSON.parse(same.out).checks.map(({ code }: { code: string }) => code)).toContain('FOLLOWS');
    expect(same.exit).toBe(0);
    expect((await desk('log', 'prove', '--seq', '999', '--as', 'Ada')).exit).toBe(2);
    expect((await desk('log', 'no-such', '--as', 'Ada')).exit).toBe(2);
  });

  test('what a script keeps of `log` with --json verifies as it is, unless it says other than the note or proof in it', async () => {
    await decided('E-1');
    await desk('keys', 'export', file('trust.json'), '--as', 'Ada');
    const judged = async (text: string) => {
      writeFileSync(file('kept.json'), text);
      const args = ['verify', file('kept.json'), '--trust', file('trust.json'), '--json'];
      const { exit, out } = await realCli(home.path, ...args);
      return { exit, verdict: JSON.parse(out) };
    };
    for (const args of [['prove', 'E-1'], ['checkpoint']]) {
      const { document } = await desk('log', ...args, '--as', 'Ada');
      const text = `${JSON.stringify(document)}\n`;
      const sha256 = createHash('sha256').update(text).digest('hex');
      const kind = args[0] === 'prove' ? 'proof' : 'checkpoint';
      expect(await judged(text)).toMatchObject({ exit: 0, verdict: { kind, sha256, bytes: Buffer.byteLength(text) } });
      const changed = { ...document, ...(kind === 'proof' ? { sha256: '0'.repeat(64) } : { size: '999' }) };
      expect(await judged(JSON.stringify(changed))).toMatchObject({ exit: 1, verdict: { kind, verdict: 'failed' } });
    }
  });

  test('--previous takes a head however it was kept: its note, its JSON, a manifest that names it, a bundle', async () => {
    await decided('E-1');
    const as = ['--as', 'Ada'];
    await desk('keys', 'export', file('trust.json'), ...as);
    await desk('export', '--format', 'bundle', '--out', file('first.zip'), ...as);
    const { document } = await desk('log', 'checkpoint', ...as);
    writeFileSync(file('head.json'), JSON.stringify(document));
    writeFileSync(file('head.txt'), document.note);
    await decided('E-2');
    for (const kept of ['first.zip', 'first.zip.manifest.json', 'head.json', 'head.txt'].map(file)) {
      const next = await desk(
        'export',
        '--format',
        'bundle',
        '--out',
        file('next.zip'),
        '--force',
        '--previous',
        kept,
        ...as,
      );
      expect(next.exit).toBe(0);
      const args = ['verify', file('next.zip'), '--previous', kept, '--trust', file('trust.json'), '--json'];
      const { exit, out } = await realCli(home.path, ...args);
      const checks = JSON.parse(out).checks as { name: string; verdict: string; code: string }[];
      expect(checks).toContainEqual(expect.objectContaining({ name: 'consistency', verdict: 'verified' }));
      expect(exit).toBe(0);
    }
    writeFileSync(file('other.json'), '{"note":"no note"}');
    const refused = await desk(
      'export',
      '--format',
      'bundle',
      '--out',
      file('x.zip'),
      '--previous',
      file('other.json'),
      ...as,
    );
    expect(refused).toMatchObject({ exit: 2 });
  });

  test('I7: a store that was put back is noticed at the next command that decides, and accepted with a reason alone', async () => {
    await decided('E-1');
    copyFileSync(home.store, file('older.db'));
    await decided('E-2');
    for (const end of ['-wal', '-shm']) rmSync(`${home.store}${end}`, { force: true });
    copyFileSync(file('older.db'), home.store);
    await desk('record', 'E-3', '--event-id', randomUUID(), '--as', 'Ada');
    const refused = await desk('reject', 'E-3', '--reason', 'No.', '--as', 'Ada');
    expect(refused.exit).toBe(1);
    expect(JSON.parse(refused.err).error).toMatchObject({
      code: 'INTEGRITY_FAILED',
      message: expect.stringMatching(/put back to an older copy/),
    });
    const verified = await desk('log', 'verify', '--as', 'Ada');
    expect(verified.document.failures).toMatchObject([{ place: 'remembered head', code: 'ROLLED_BACK' }]);
    expect((await desk('log', 'accept', '--as', 'Ada')).exit).toBe(2);
    const accepted = await desk('log', 'accept', '--reason', 'Yesterday’s backup.', '--as', 'Ada');
    expect(accepted).toMatchObject({ exit: 0, document: { remembered: 'agrees' } });
    expect((await desk('reject', 'E-3', '--reason', 'No.', '--as', 'Ada')).exit).toBe(0);
    expect((await desk('log', 'verify', '--as', 'Ada')).exit).toBe(0);
  });
});
