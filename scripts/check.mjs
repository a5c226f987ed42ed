// `npm run check`: all that can be known about the sources without running them. Each step runs, whatever the one before
// said, so that one run shows all there is to mend.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addCounts, countsLine, forgetCounts, saveCounts } from './lib/summary.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const STEPS = [
  { name: 'format', bin: '@biomejs/biome/bin/biome', args: ['check', '--linter-enabled=false', '.'] },
  {
    name: 'lint and import rules',
    bin: '@biomejs/biome/bin/biome',
    args: ['lint', '--error-on-warnings', '--max-diagnostics=50', '.'],
  },
  { name: 'types and rooms', bin: 'typescript/bin/tsc', args: ['-b'] },
  { name: 'unused code', bin: 'knip/bin/knip.js', args: ['--no-progress', '--treat-config-hints-as-errors'] },
  { name: 'lockfile and versions', script: 'scripts/check-packages.mjs', args: [] },
];

function runStep({ name, bin, script, args }) {
  const program = bin ? join(root, 'node_modules', bin) : join(root, script);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

forgetCounts(root, 'check');
const only = process.argv.slice(2);
const counts = addCounts(STEPS.filter(({ name }) => only.length === 0 || only.includes(name)).map(runStep));
saveCounts(root, 'check', counts);
process.stdout.write(`Checks: ${countsLine(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
