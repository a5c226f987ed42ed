// `npm start`: the desktop window where Electron can show one, else the same desk in the local browser.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './lib/child.mjs';
import { electronRuntime, whyNoWindow } from './lib/electron-runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const reason = whyNoWindow(root);

if (reason === undefined) {
  process.exitCode = await run(electronRuntime(root), [root, ...args]);
} else {
  process.stderr.write(`No desktop window: ${reason}. Opening the desk in the local browser instead.\n`);
  process.exitCode = await run(process.execPath, [join(root, 'dist', 'cli.js'), 'serve', ...args]);
}
