import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isStale } from '../../scripts/lib/stale.mjs';
import { type Answer, makeOverlay, type Overlay, writeEntries } from './overlay.ts';

let overlay: Overlay;
let answer: Answer;

beforeAll(() => {
  overlay = makeOverlay();
  writeEntries(overlay);
  overlay.write(
    'electron/hosts/cli/main.ts',
    `import Database from 'better-sqlite3';
import { z } from 'zod';
const { late } = await import('./late.ts');
const version = new Database(':memory:').prepare('select sqlite_version()').pluck().get();
console.log(JSON.stringify([typeof z.string().parse(version), late, import.meta.dirname]));
`,
  );
  overlay.write('electron/hosts/cli/late.ts', "export const late = 'late';\n");
  answer = overlay.run('scripts/build.mjs');
});
afterAll(() => overlay.close());

describe('the build', () => {
  test('makes each program one file, and nothing besides', () => {
    expect(answer.code, answer.output).toBe(0);
    const files = readdirSync(join(overlay.root, 'dist'), { recursive: true, withFileTypes: true });
    const programs = files.filter((file) => file.isFile() && /\.c?js$/.test(file.name));
    const paths = programs.map((file) => join(file.parentPath, file.name).slice(overlay.root.length + 1));
    expect(paths.filter((path) => !path.startsWith('dist/renderer/')).sort()).toEqual([
      'dist/cli.js',
      'dist/desk-process.js',
      'dist/desktop/main.js',
      'dist/desktop/preload.cjs',
      'dist/reader.js',
    ]);
    expect(existsSync(join(overlay.root, 'dist/sample/vex.db'))).toBe(true);
    const fonts = ['NOTICE.txt', '@embedpdf/fonts-latin/LICENSE', '@embedpdf/fonts-latin/fonts/NotoSans-Regular.ttf'];
    for (const file of fonts) expect(existsSync(join(overlay.root, 'dist/fonts', file))).toBe(true);
  });

  test('a program runs with its libraries in it and the native one beside it', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(overlay.root, 'dist/cli.js')], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(['string', 'late', expect.stringMatching(/dist$/)]);
    expect(overlay.read('dist/cli.js')).not.toMatch(/from ["']zod["']/);
  });

  test('the preload is CommonJS, as a sandbox wants it', () => {
    const preload = overlay.read('dist/desktop/preload.cjs');
    expect(preload).toMatch(/require\(["']electron["']\)/);
    expect(preload).not.toMatch(/^(import|export) /m);
  });

  test('S3 the page holds no script, style or data: address of its own, so that a strict policy fits it', () => {
    const page = overlay.read('dist/renderer/index.html');
    expect(page).toMatch(/<script type="module"[^>]* src="\/assets\/[^"]+\.js"><\/script>/);
    expect(page).not.toMatch(/<script[^>]*>[^<]/);
    expect(page).not.toContain('<style');
    const assets = readdirSync(join(overlay.root, 'dist/renderer/assets'));
    expect(assets.some((name) => name.endsWith('.woff2'))).toBe(true);
    const styles = assets
      .filter((name) => name.endsWith('.css'))
      .map((name) => overlay.read(`dist/renderer/assets/${name}`));
    expect(styles.join('')).not.toContain('data:');
  });

  test('builds at the same moment leave one whole dist/ and nothing else', async () => {
    const build = () =>
      new Promise((resolve) =>
        spawn(process.execPath, [join(overlay.root, 'scripts/build.mjs')], { stdio: 'ignore' }).once('exit', resolve),
      );
    expect(await Promise.all([build(), build(), build()])).toEqual([0, 0, 0]);
    expect(isStale(overlay.root)).toBe(false);
    expect(readdirSync(join(overlay.root, '.cache'))).toEqual([]);
  });
});
