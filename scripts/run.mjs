// The bootstrap of every npm script: plain JavaScript that the oldest supported Node (20) runs. It makes what is missing
// (packages, dist/) and hands the task to the local Node; standard output is left to the task.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, localNode } from './lib/local-node.mjs';
import { isStale } from './lib/stale.mjs';

/** What each task runs, and whether it needs dist/. */
const TASKS = {
  build: { entry: 'scripts/build.mjs', built: false },
  check: { entry: 'scripts/check.mjs', built: false },
  test: { entry: 'scripts/test.mjs', built: true },
  start: { entry: 'scripts/start.mjs', built: true },
  desk: { entry: 'dist/cli.js', built: true },
  bench: { entry: 'test/bench/main.ts', built: true },
  faults: { entry: 'test/faults/main.ts', built: true },
  fuzz: { entry: 'test/fuzz/main.ts', built: false },
  dist: { entry: 'scripts/dist.mjs', built: true },
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));

async function main([name, ...args]) {
  const task = Object.hasOwn(TASKS, name ?? '') ? TASKS[name] : undefined;
  if (!task) return say(`Tasks: ${Object.keys(TASKS).join(', ')}.`, 2);
  ensureInstalled(root);
  const node = localNode(root);
  const env = environmentFor(node);
  if (task.built && isStale(root)) {
    process.stderr.write('Building ...\n');
    const code = await run(node, [join(root, 'scripts/build.mjs')], { env, cwd: root, stdio: ['ignore', 2, 2] });
    if (code !== 0) return say('The build failed; nothing else was started.', code);
  }
  const entry = join(root, task.entry);
  if (!existsSync(entry)) return say(`${task.entry} is missing: this checkout is not whole.`, 2);
  return run(node, [entry, ...args], { env });
}

function say(text, code) {
  process.stderr.write(`${text}\n`);
  return code;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = say(error instanceof Error ? error.message : String(error), 1);
}
