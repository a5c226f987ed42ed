// Bundles what runs, with its libraries, into dist/. Only better-sqlite3 (native) and electron stay outside.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { FONT_FILES } from '../electron/gateways/files/pdf/font-files.ts';
import { hashOfInputs } from './lib/stale.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each becomes one file of its own, so that a module's import.meta.dirname is the folder of the file it ends up in. */
const PROGRAMS = [
  { entry: 'electron/hosts/cli/main.ts', file: 'cli.js', format: 'es' },
  { entry: 'electron/gateways/files/reader-main.ts', file: 'reader.js', format: 'es' },
  { entry: 'electron/hosts/desktop/desk-process.ts', file: 'desk-process.js', format: 'es' },
  { entry: 'electron/hosts/desktop/main.ts', file: 'desktop/main.js', format: 'es' },
  // A sandboxed preload can only be CommonJS.
  { entry: 'electron/hosts/desktop/preload.ts', file: 'desktop/preload.cjs', format: 'cjs' },
];

/** The sample ledger, and the trust file that its evidence is verified with. */
const SAMPLE = 'resources/sample';
const FONT_LICENCE = '@embedpdf/fonts-latin/LICENSE';

function programConfig({ entry, file, format }, outDir) {
  return {
    ...common(outDir),
    ssr: { noExternal: true, external: ['better-sqlite3', 'electron'], target: 'node' },
    build: {
      ssr: join(root, entry),
      target: 'node22',
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { format, entryFileNames: file, codeSplitting: false } },
    },
  };
}

function rendererConfig(outDir) {
  return {
    ...common(outDir),
    root: join(root, 'renderer'),
    plugins: [react()],
    build: {
      target: 'es2023',
      outDir: join(outDir, 'renderer'),
      emptyOutDir: false,
      // The content security policy allows files of our own only: no data: addresses, no script in the page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4096,
    },
  };
}

function common(outDir) {
  return {
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    cacheDir: join(outDir, '..', '.vite'),
  };
}

async function buildInto(outDir) {
  for (const program of PROGRAMS) await build(programConfig(program, outDir));
  await build(rendererConfig(outDir));
  cpSync(join(root, SAMPLE), join(outDir, 'sample'), { recursive: true });
  shipFonts(join(outDir, 'fonts'));
}

/** The fonts of reports under the paths of their packages, with their licence. */
function shipFonts(folder) {
  for (const file of [...Object.values(FONT_FILES), FONT_LICENCE]) {
    cpSync(join(root, 'node_modules', file), join(folder, file));
  }
  cpSync(join(root, 'resources', 'fonts', 'NOTICE.txt'), join(folder, 'NOTICE.txt'));
}

/** Builds beside dist/ and then puts it in its place, so that nobody ever starts a half-made dist/. */
async function main() {
  const dist = join(root, 'dist');
  const fresh = join(root, '.cache', `dist-${process.pid}`, 'dist');
  const stamp = hashOfInputs(root);
  mkdirSync(fresh, { recursive: true });
  try {
    await buildInto(fresh);
    writeFileSync(join(fresh, '.inputs'), stamp);
    putInPlace(fresh, dist);
  } finally {
    rmSync(dirname(fresh), { recursive: true, force: true });
  }
}

/** Another build may do the same at the same moment; either result is whole, and the last one stays. */
function putInPlace(fresh, dist) {
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(dist)) renameSync(dist, join(dirname(fresh), `old-${attempt}`));
      return renameSync(fresh, dist);
    } catch (error) {
      if (attempt === 10 || !['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    }
  }
}

await main();
