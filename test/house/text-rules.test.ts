import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, BIOME, linesAbout, makeOverlay, type Overlay, TSC } from './overlay.ts';

type Planted = { rule: string; file: string; text: string; says: string };

/** One violation of each rule that lint holds, and what the message must say: the rule's name or what to do instead. */
const LINT: Planted[] = [
  planted(
    'electron outside the desktop host',
    'electron/desk/p1.ts',
    "import { app } from 'electron';\napp.quit();\n",
    'HostServices',
  ),
  planted(
    'electron in the browser host',
    'electron/hosts/browser/p1.ts',
    "import { app } from 'electron';\napp.quit();\n",
    'HostServices',
  ),
  planted(
    'electron, imported late',
    'electron/features/p2.ts',
    "export const late = () => import('electron');\n",
    'HostServices',
  ),
  planted(
    'node:http in a gateway',
    'electron/gateways/p1.ts',
    "import { request } from 'node:http';\nrequest('x');\n",
    'electron/hosts/browser',
  ),
  planted(
    'http without its prefix',
    'electron/desk/p3.ts',
    "import { request } from 'http';\nrequest('x');\n",
    'electron/hosts/browser',
  ),
  planted(
    'node:http in the desktop host',
    'electron/hosts/desktop/p2.ts',
    "import { request } from 'node:http';\nrequest('x');\n",
    'electron/hosts/browser',
  ),
  planted(
    'a network call outside the gateways',
    'electron/store/p1.ts',
    "export const get = () => fetch('x');\n",
    'electron/gateways',
  ),
  planted(
    'raw ipcMain',
    'electron/hosts/desktop/p3.ts',
    "import { ipcMain } from 'electron';\nipcMain.on('x', () => {});\n",
    'electron/hosts/desktop/ipc.ts',
  ),
  planted(
    'raw ipcRenderer',
    'electron/hosts/desktop/p4.ts',
    "import * as electron from 'electron';\nelectron.ipcRenderer.send('x');\n",
    'electron/hosts/desktop/ipc.ts',
  ),
  planted(
    'require',
    'electron/desk/p4.ts',
    "import { createRequire } from 'node:module';\nexport const x: unknown = createRequire(import.meta.url)('electron');\n",
    'import statements',
  ),
  planted(
    'Node in the renderer',
    'renderer/p1.ts',
    "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
    'through the contract',
  ),
  planted('Node globals in the renderer', 'renderer/p2.ts', 'export const home = process.env;\n', 'it has no Node'),
  planted(
    'Node in shared',
    'shared/p1.ts',
    "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
    'through the contract',
  ),
  planted('DOM in shared', 'shared/p2.ts', 'export const title = document.title;\n', 'DOM belongs to renderer/'),
  planted(
    'React in shared',
    'shared/p3.ts',
    "import { useState } from 'react';\nexport const x = useState;\n",
    'knows no Node',
  ),
  planted(
    'DOM in electron',
    'electron/desk/p5.ts',
    'export const title = document.title;\n',
    'DOM belongs to renderer/',
  ),
  planted(
    'tests in the product',
    'electron/desk/p6.ts',
    "import { clean } from '../../test/clean.test.ts';\nexport const x = clean;\n",
    'neither its tests',
  ),
  planted(
    'dangerouslySetInnerHTML',
    'renderer/p3.tsx',
    'export const X = () => <p dangerouslySetInnerHTML={{ __html: location.hash }} />;\n',
    'noDangerouslySetInnerHtml',
  ),
  planted(
    'innerHTML',
    'renderer/p4.ts',
    "export const x = (el: HTMLElement) => {\n  el.innerHTML = '<p>';\n};\n",
    'textContent',
  ),
  planted(
    'insertAdjacentHTML',
    'renderer/p5.ts',
    "export const x = (el: HTMLElement) => el.insertAdjacentHTML('beforeend', '<p>');\n",
    'textContent',
  ),
  planted('document.write', 'renderer/p6.ts', "document.write('<p>');\n", 'textContent'),
  planted('eval', 'renderer/p7.ts', "eval('1');\n", 'noGlobalEval'),
  planted('new Function', 'renderer/p8.ts', "export const x = new Function('return 1');\n", 'textContent'),
  planted('a floating promise', 'electron/desk/p7.ts', 'const work = async () => 1;\nwork();\n', 'noFloatingPromises'),
  planted(
    'a floating promise of an imported function',
    'electron/desk/p8.ts',
    "import { work } from './p9.ts';\nwork();\n",
    'noFloatingPromises',
  ),
  planted(
    'a floating promise of an imported interface',
    'electron/desk/p10.ts',
    "import type { Work } from './p9.ts';\nexport const x = (work: Work) => {\n  work.start();\n};\n",
    'noFloatingPromises',
  ),
  planted('any', 'shared/p4.ts', 'export const x = (value: any) => value;\n', 'noExplicitAny'),
  planted('a default export', 'shared/p5.ts', 'export default 1;\n', 'noDefaultExport'),
  planted(
    'a type imported as a value',
    'shared/p6.ts',
    "import { Planted } from './p7.ts';\nexport const x: Planted = 1;\n",
    'useImportType',
  ),
  planted('a file name in another style', 'shared/PlantedName.ts', 'export const x = 1;\n', 'useFilenamingConvention'),
];

/** One violation of each rule that a room's TypeScript project holds. */
const TYPES: Planted[] = [
  planted('DOM in shared', 'shared/p2.ts', '', "'document'"),
  planted('Node in shared', 'shared/p1.ts', '', "'node:fs'"),
  planted(
    'timers of a host in shared',
    'shared/p8.ts',
    'export const later = () => setTimeout(() => {}, 1);\n',
    "'setTimeout'",
  ),
  planted('DOM in electron', 'electron/desk/p5.ts', '', "'document'"),
  planted('Node in the renderer', 'renderer/p1.ts', '', "'node:fs'"),
  planted('Node globals in the renderer', 'renderer/p2.ts', '', "'process'"),
  planted('syntax that types cannot be stripped from', 'shared/p9.ts', 'export enum X {\n  a,\n}\n', 'TS1294'),
  planted(
    'undefined for an optional member',
    'shared/p10.ts',
    'export const x: { a?: number } = { a: undefined };\n',
    'TS2375',
  ),
  planted(
    'an index that may miss',
    'shared/p11.ts',
    'export const x = (list: number[]): number => list[0];\n',
    'TS2322',
  ),
];

function planted(rule: string, file: string, text: string, says: string): Planted {
  return { rule, file, text, says };
}

let overlay: Overlay;
let lint: Answer;
let types: Answer;

beforeAll(() => {
  overlay = makeOverlay();
  overlay.write('shared/p7.ts', 'export type Planted = number;\n');
  overlay.write(
    'electron/desk/p9.ts',
    'export const work = async () => 1;\nexport interface Work {\n  start(): Promise<number>;\n}\n',
  );
  for (const { file, text } of [...LINT, ...TYPES]) if (text) overlay.write(file, text);
  lint = overlay.run(BIOME, 'lint', '--max-diagnostics=none', '.');
  types = overlay.run(TSC, '-b', '--pretty', 'false');
});
afterAll(() => overlay.close());

/** The diagnostics about one file: each begins with its address. */
function diagnosticsOf(output: string, file: string): string {
  const parts = output.split(/^(?=[\w/.-]+:\d+:\d+ )/m);
  return parts.filter((part) => part.startsWith(`${file}:`)).join('\n') + linesAbout(output, `${file} lint`).join('\n');
}

describe('lint refuses, and says what to do', () => {
  test('with violations planted it fails', () => expect(lint.code).not.toBe(0));
  test.each(LINT)('$rule', ({ file, says }) => expect(diagnosticsOf(lint.output, file)).toContain(says));
  test.each(['electron/desk/clean.ts', 'renderer/clean.ts', 'shared/clean.ts'])('not what is clean: %s', (file) =>
    expect(diagnosticsOf(lint.output, file)).toBe(''),
  );
});

describe("a room's TypeScript project refuses", () => {
  test('with violations planted it fails', () => expect(types.code).not.toBe(0));
  test.each(TYPES)('$rule', ({ file, says }) =>
    expect(linesAbout(types.output, `${file}(`).join('\n')).toContain(says),
  );
  test('not the DOM in the preload, which runs in a page', () =>
    expect(linesAbout(types.output, 'preload.ts(')).toEqual([]));
});
