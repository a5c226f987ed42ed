import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { electronRuntime, whyNoWindow } from '../../scripts/lib/electron-runtime.mjs';
import { makeOverlay } from './overlay.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vex-start-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

/** What Electron's installer leaves. */
function installRuntime(): void {
  mkdirSync(join(root, 'node_modules/electron/dist'), { recursive: true });
  writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
  writeFileSync(join(root, 'node_modules/electron/dist/electron'), '');
}

test('a runtime that is not installed is the reason for the browser, and is not fetched', () => {
  expect(electronRuntime(root)).toBeUndefined();
  expect(whyNoWindow(root)).toContain('not installed');
});

test('an installation that was cut off is none', () => {
  installRuntime();
  rmSync(join(root, 'node_modules/electron/dist/electron'));
  expect(electronRuntime(root)).toBeUndefined();
});

test.runIf(process.platform === 'linux')('a machine without a display is a reason for the browser', () => {
  installRuntime();
  vi.stubEnv('DISPLAY', '');
  vi.stubEnv('WAYLAND_DISPLAY', '');
  expect(whyNoWindow(root)).toContain('no display');
});

test.runIf(process.platform === 'linux')('with runtime and display only root goes without a window', () => {
  installRuntime();
  vi.stubEnv('DISPLAY', ':0');
  const getuid = vi.spyOn(process, 'getuid');
  getuid.mockReturnValue(1000);
  expect(whyNoWindow(root)).toBeUndefined();
  getuid.mockReturnValue(0);
  expect(whyNoWindow(root)).toContain('sandbox');
  getuid.mockRestore();
});

test.runIf(process.platform === 'linux')('npm start says why and opens the browser host with its arguments', () => {
  const overlay = makeOverlay();
  overlay.write('dist/cli.js', 'console.log(JSON.stringify(process.argv.slice(2)));');
  const { stdout, stderr } = spawnSync(process.execPath, [join(overlay.root, 'scripts/start.mjs'), '--port', '0'], {
    encoding: 'utf8',
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
  overlay.close();
  expect(stdout).toBe('["serve","--port","0"]\n');
  expect(stderr).toMatch(/^No desktop window: .+ in the local browser instead\.\n$/);
});
