import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';
import { type Answer, makeOverlay, type Overlay } from './overlay.ts';

let overlay: Overlay;
let answer: Answer;

/** What electron-builder needs of an Electron runtime: its files by name, and a program with a fuse wire in it. */
function writeStandInRuntime(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  for (const name of ['locales/en-US.pak', 'LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox']) {
    writeFileSync(join(folder, name), '');
  }
  const wire = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101110111', 'latin1');
  writeFileSync(join(folder, 'electron'), Buffer.concat([wire, Buffer.alloc(64)]), { mode: 0o755 });
}

beforeAll(() => {
  overlay = makeOverlay();
  cpSync(join(projectRoot, 'electron-builder.yml'), join(overlay.root, 'electron-builder.yml'));
  cpSync(join(projectRoot, 'LICENSE'), join(overlay.root, 'LICENSE'));
  overlay.write('dist/desktop/main.js', 'export {};\n');
  overlay.write('dist/sample/vex.db', 'sample');
  writeStandInRuntime(join(overlay.root, 'runtime'));
  answer = overlay.run('scripts/dist.mjs', '--linux', 'dir', '--x64', '-c.electronDist=runtime');
}, 120_000);
afterAll(() => overlay.close());

test('electron-builder.yml is valid and packs without a network', () => {
  expect(answer.code, answer.output).toBe(0);
});

test('S11 the fuses of the packed program', async () => {
  const wire = await getCurrentFuseWire(join(overlay.root, 'release/linux-unpacked/vex-review-desk'));
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.OnlyLoadAppFromAsar,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  ];
  expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => FuseState.DISABLE));
  expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => FuseState.ENABLE));
});

test('what is packed: dist/, and of all packages better-sqlite3 for this platform alone', () => {
  const { output } = overlay.run(
    'node_modules/@electron/asar/bin/asar.js',
    'list',
    join(overlay.root, 'release/linux-unpacked/resources/app.asar'),
  );
  const files = output.trim().split('\n');
  expect(files.filter((file) => /^\/[^/]+$/.test(file)).sort()).toEqual([
    '/LICENSE',
    '/dist',
    '/node_modules',
    '/package.json',
  ]);
  expect(files.filter((file) => /^\/node_modules\/[^/]+$/.test(file))).toEqual(['/node_modules/better-sqlite3']);
  expect(files.filter((file) => file.endsWith('.node'))).toEqual([
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ]);
  expect(files).toContain('/dist/desktop/main.js');
});
