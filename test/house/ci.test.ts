import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';
import { makeOverlay, type Overlay } from './overlay.ts';

type Counts = { passed: number; failed: number; skipped: number };

let overlay: Overlay;

beforeEach(() => {
  overlay = makeOverlay();
  cpSync(join(projectRoot, '.ci'), join(overlay.root, '.ci'), { recursive: true });
  cpSync(join(projectRoot, 'vitest.config.ts'), join(overlay.root, 'vitest.config.ts'));
});
afterEach(() => overlay.close());

/** Makes `npm run check` and `npm test` stand-ins that leave these counts; undefined: they break off without any. */
function standIn(check: Counts | undefined, tests: Counts | undefined): void {
  const script = (name: string, counts: Counts | undefined) => {
    const save = counts ? `saveCounts(process.cwd(), '${name}', ${JSON.stringify(counts)});` : '';
    const text = `import { saveCounts } from './scripts/lib/summary.mjs';\n${save}process.exit(${counts?.failed === 0 ? 0 : 1});`;
    overlay.write(`stand-in-${name}.mjs`, text);
    return `node stand-in-${name}.mjs`;
  };
  const scripts = { check: script('check', check), test: script('test', tests) };
  overlay.write('package.json', JSON.stringify({ name: 'x', type: 'module', scripts }));
}

function runCi() {
  const { status, stdout } = spawnSync('bash', [join(overlay.root, '.ci/run')], { encoding: 'utf8' });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
}

const clean: Counts = { passed: 5, failed: 0, skipped: 0 };

describe.skipIf(process.platform === 'win32')('the last line of .ci/run', () => {
  test('adds up checks and tests', () => {
    standIn(clean, { passed: 30, failed: 0, skipped: 2 });
    expect(runCi()).toEqual({ status: 0, last: '35 passed, 0 failed, 2 skipped' });
  });

  test('counts failed tests and fails', () => {
    standIn(clean, { passed: 29, failed: 1, skipped: 0 });
    expect(runCi()).toEqual({ status: 1, last: '34 passed, 1 failed' });
  });

  test('is there when the checks fail and no test is run', () => {
    standIn({ passed: 4, failed: 1, skipped: 0 }, clean);
    expect(runCi()).toEqual({ status: 1, last: '4 passed, 1 failed' });
  });

  test('counts a run that broke off as failed, whatever an earlier run had left', () => {
    overlay.write('.cache/counts/test.json', JSON.stringify(clean));
    standIn(clean, undefined);
    expect(runCi()).toEqual({ status: 1, last: '5 passed, 1 failed' });
  });
});

describe('the last line of npm test', () => {
  const lastLine = () => {
    const { code, stdout } = overlay.run('scripts/test.mjs', '--project', 'rooms');
    return { code, last: stdout.trimEnd().split('\n').at(-1) };
  };
  const importing = "import { expect, test } from 'vitest';\n";

  test('counts what passed, failed and was skipped, and a file that does not load as failed', () => {
    overlay.write('test/a.test.ts', `${importing}test('a', () => {});\ntest.skip('b', () => {});\n`);
    overlay.write('test/b.test.ts', `${importing}test('c', () => expect(1).toBe(2));\ntest.todo('d');\n`);
    overlay.write('test/clean.test.ts', "throw new Error('does not load');\n");
    expect(lastLine()).toEqual({ code: 1, last: '1 passed, 2 failed, 2 skipped' });
  });

  test('counts a rejection that no test caught as failed', () => {
    overlay.write(
      'test/clean.test.ts',
      `${importing}test('a', () => {\n  void Promise.reject(new Error('lost'));\n});\n`,
    );
    expect(lastLine()).toEqual({ code: 1, last: '1 passed, 1 failed' });
  });
});
