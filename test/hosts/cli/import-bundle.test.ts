import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentOf, type Files, repack, replaced } from '../../audit/repack.ts';
import { unpack } from '../../audit/unpack.ts';
import { runCli } from '../../contract/desk/cli-driver.ts';
import { HandClock } from '../hand-clock.ts';
import { temporaryHome } from '../test-desk.ts';

describe('desk import of a bundle', () => {
  let home: ReturnType<typeof temporaryHome>;
  let bundle: string;
  const clock = new HandClock();
  const path = (name: string) => join(home.path, name);

  /** A command on a store of this name in the folder. */
  async function desk(store: string, command: string, ...argv: string[]) {
    const run = await runCli(home.path, path(store), clock, [command, '--json', '--store', path(store), ...argv]);
    const error = run.err === '' ? null : (JSON.parse(run.err) as { error: { code: string; message: string } }).error;
    const lines = run.out.split('\n').filter(Boolean);
    return { exit: run.exit, code: error?.code, message: error?.message, lines: lines.map((line) => JSON.parse(line)) };
  }

  beforeEach(async () => {
    home = temporaryHome();
    bundle = path('acme.bundle');
    for (const id of ['E-1', 'E-2']) {
      await desk('ours.db', 'record', '--tenant', 'acme', '--event-id', randomUUID(), id);
    }
    await desk('ours.db', 'reject', '--reason', 'No.', 'E-1');
    expect((await desk('ours.db', 'export', '--format', 'bundle', '--out', bundle)).exit).toBe(0);
  });
  afterEach(() => home.remove());

  async function rewritten(name: string, file: string, from: string, to: string): Promise<string> {
    const change = (files: Files) =>
      replaced(files, file, Buffer.from(contentOf(files, file).toString().replace(from, to)));
    writeFileSync(path(name), await repack(change([...(await unpack(readFileSync(bundle)))])));
    return path(name);
  }

  test('lists in another store what it lists in its own; 0, and again 0 with everything unchanged', async () => {
    const looked = await desk('theirs.db', 'import', '--dry-run', bundle);
    expect(looked).toMatchObject({ exit: 0, lines: [{ read: 2, imported: 2, refused: 0, rows: { record: 2 } }] });
    expect((await desk('theirs.db', 'list', '--tenant', 'acme')).code).toBe('NOT_FOUND');
    expect(await desk('theirs.db', 'import', bundle)).toMatchObject({ exit: 0, lines: [{ read: 2, imported: 2 }] });
    expect(await desk('theirs.db', 'import', bundle)).toMatchObject({ exit: 0, lines: [{ read: 2, unchanged: 2 }] });
    const [ours, theirs] = await Promise.all(
      ['ours.db', 'theirs.db'].map((store) => desk(store, 'list', '--status', 'all')),
    );
    const told = (lines: object[] = []) => lines.map((line) => ({ ...line, version: null }));
    expect(told(theirs?.lines)).toEqual(told(ours?.lines));
    expect((await desk('theirs.db', 'show', 'E-1')).lines).toMatchObject([
      { decision: { outcome: 'rejected', source: 'desk', reason: 'No.', signed: true } },
    ]);
    expect((await desk('theirs.db', 'log', 'verify')).exit).toBe(0);
  });

  test('that does not hold is INTEGRITY_FAILED, 1; one that is none is INVALID_INPUT, 2; nothing is stored', async () => {
    const lie = await rewritten('lie.bundle', 'log/entries-00000.jsonl', '\\"No.\\"', '\\"Go.\\"');
    const refused = await desk('theirs.db', 'import', lie);
    expect(refused).toMatchObject({ exit: 1, code: 'INTEGRITY_FAILED', lines: [] });
    const [verdict] = (await desk('theirs.db', 'verify', lie)).lines;
    const failed = verdict.checks.find((check: { verdict: string }) => check.verdict === 'failed');
    expect(refused.message).toContain(failed.detail);
    writeFileSync(path('cut.bundle'), readFileSync(bundle).subarray(0, 5000));
    expect(await desk('theirs.db', 'import', path('cut.bundle'))).toMatchObject({ exit: 2, code: 'INVALID_INPUT' });
    expect((await desk('theirs.db', 'list', '--tenant', 'acme')).code).toBe('NOT_FOUND');
  });

  test('beside others is refused by its name, 1, and the others are in', async () => {
    mkdirSync(path('folder'));
    copyFileSync(bundle, path('folder/a'));
    copyFileSync(await rewritten('lie.bundle', 'AUDIT.md', 'the', 'teh'), path('folder/b'));
    writeFileSync(path('folder/c'), readFileSync(bundle).subarray(0, 5000));
    const run = await desk('theirs.db', 'import', path('folder'));
    expect(run).toMatchObject({ exit: 1, lines: [{ imported: 2, refused: 0 }] });
    const refused = run.lines[0].findings.filter(({ severity }: { severity: string }) => severity === 'refused');
    expect(refused).toMatchObject([
      { code: 'BUNDLE_REFUSED', source: expect.stringMatching(/folder\/b$/) },
      { code: 'BUNDLE_REFUSED', source: expect.stringMatching(/folder\/c$/) },
    ]);
  });

  test('without records names no tenant: --tenant, else 2', async () => {
    const empty = path('empty.bundle');
    await desk('ours.db', 'export', '--format', 'bundle', '--status', 'resolved', '--out', empty);
    expect(await desk('theirs.db', 'import', empty)).toMatchObject({ exit: 2, code: 'INVALID_INPUT' });
    expect(await desk('theirs.db', 'import', '--tenant', 'acme', empty)).toMatchObject({
      exit: 0,
      lines: [{ read: 0 }],
    });
  });

  test('of what was decided otherwise here is in conflict, 1, and ours stands (I8)', async () => {
    await desk('theirs.db', 'import', bundle);
    await desk('theirs.db', 'withdraw', '--reason', 'Not needed.', 'E-2');
    await desk('ours.db', 'reject', '--reason', 'No.', 'E-2');
    const later = path('later.bundle');
    await desk('ours.db', 'export', '--format', 'bundle', '--out', later);
    expect(await desk('theirs.db', 'import', later)).toMatchObject({
      exit: 1,
      lines: [{ conflicts: 1, unchanged: 1 }],
    });
    expect((await desk('theirs.db', 'show', 'E-2')).lines).toMatchObject([
      { decision: { outcome: 'withdrawn' }, dissents: [{ outcome: 'rejected', source: 'desk' }] },
    ]);
  });
});
