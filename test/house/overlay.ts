import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../helpers/project-root.ts';

/** The folders that are rooms, each with its own TypeScript project. */
export const ROOMS = [
  'shared',
  'electron/evidence',
  'electron/audit',
  'electron/store',
  'electron/gateways',
  'electron/features',
  'electron/desk',
  'electron/hosts/desktop',
  'electron/hosts/browser',
  'electron/hosts/cli',
  'renderer',
] as const;

export type Room = (typeof ROOMS)[number];

const CONFIGURATION = [
  '.gitignore',
  'biome.json',
  'knip.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'test/tsconfig.json',
  'electron/hosts/desktop/tsconfig.preload.json',
  'scripts',
  ...ROOMS.map((room) => `${room}/tsconfig.json`),
];

/** What a tool said: its exit code, its standard output, and all its output. */
export type Answer = { code: number; stdout: string; output: string };

/** A checkout with the real configuration and none of the real sources, for planting violations; close() removes it. */
export type Overlay = {
  root: string;
  write(path: string, text: string): void;
  read(path: string): string;
  run(program: string, ...args: string[]): Answer;
  close(): void;
};

export function makeOverlay(): Overlay {
  const root = mkdtempSync(join(tmpdir(), 'vex-house-'));
  for (const path of CONFIGURATION) {
    if (existsSync(join(projectRoot, path))) cpSync(join(projectRoot, path), join(root, path), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
  const overlay: Overlay = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    run: (program, ...args) => runIn(root, program, args),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
  for (const room of ROOMS) overlay.write(`${room}/clean.ts`, "export const clean: string = 'clean';\n");
  overlay.write('electron/hosts/desktop/preload.ts', 'export const preload: string = document.title;\n');
  overlay.write('test/clean.test.ts', "export const clean: string = 'clean';\n");
  return overlay;
}

/** Plants a small stand-in for everything that the build bundles. */
export function writeEntries(overlay: Overlay): void {
  overlay.write('electron/hosts/cli/main.ts', "console.log('cli' as string);\n");
  overlay.write('electron/gateways/files/reader-main.ts', "console.log('reader');\n");
  overlay.write('electron/hosts/desktop/desk-process.ts', "console.log('desk');\n");
  overlay.write('electron/hosts/desktop/main.ts', "import { app } from 'electron';\napp.quit();\n");
  overlay.write(
    'electron/hosts/desktop/preload.ts',
    "import { contextBridge } from 'electron';\ncontextBridge.exposeInMainWorld('x', 1);\n",
  );
  overlay.write(
    'renderer/index.html',
    '<!doctype html><div id="root"></div><script type="module" src="./main.tsx"></script>\n',
  );
  overlay.write(
    'renderer/main.tsx',
    `import '@fontsource-variable/inter';
import { createRoot } from 'react-dom/client';
createRoot(document.body).render(<p>up</p>);
`,
  );
  overlay.write('resources/sample/vex.db', 'sample');
  overlay.write(
    'electron/gateways/files/pdf/font-files.ts',
    "export const FONT_FILES = { sans: '@embedpdf/fonts-latin/fonts/NotoSans-Regular.ttf' };\n",
  );
  overlay.write('resources/fonts/NOTICE.txt', 'notice');
}

function runIn(root: string, program: string, args: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, program), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return { code: status ?? -1, stdout, output: stdout + stderr };
}

export const BIOME = 'node_modules/@biomejs/biome/bin/biome';
export const TSC = 'node_modules/typescript/bin/tsc';
export const KNIP = 'node_modules/knip/bin/knip.js';

/** The lines of an output that name a file. */
export function linesAbout(output: string, path: string): string[] {
  return output.split('\n').filter((line) => line.includes(path));
}
