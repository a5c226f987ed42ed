import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killCycle } from './kill-cycle.ts';

const USAGE = `npm run --silent faults -- [--cycles N] [--seed S] [--json]

Kills a writing process with SIGKILL at random points, N times (10,000), on one store after another, and looks for all
that was acknowledged. Prints what failed with the seed and how to replay it. Exit 0: nothing was lost.

Example: npm run --silent faults -- --cycles 300 --seed 7
`;
const CYCLES_ON_ONE_STORE = 50;

interface Options {
  readonly cycles: number;
  readonly seed: number;
  readonly json: boolean;
}

function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cycles: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [cycles, seed] = [Number(values.cycles), Number(values.seed)];
  if (values.help || !Number.isSafeInteger(cycles) || cycles < 1 || !Number.isSafeInteger(seed)) return null;
  return { cycles, seed, json: values.json };
}

/** Runs the cycles; a store whose check failed is kept for whoever looks. True when nothing was lost. */
async function run({ cycles, seed, json }: Options): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-faults-'));
  const began = performance.now();
  let [acknowledged, failed] = [0, 0];
  for (let n = 0; n < cycles; n += 1) {
    const store = join(folder, `${Math.floor(n / CYCLES_ON_ONE_STORE)}.ledger`);
    const cycle = await killCycle(store, seed + n);
    acknowledged += cycle.acknowledged;
    if (cycle.faults.length > 0) {
      failed += 1;
      const replay = `npm run --silent faults -- --cycles ${(n % CYCLES_ON_ONE_STORE) + 1} --seed ${seed + n - (n % CYCLES_ON_ONE_STORE)}`;
      print(json, { name: 'kill', seed: cycle.seed, faults: cycle.faults, store, replay });
    }
    if (!json && process.stderr.isTTY) process.stderr.write(`\r${n + 1} of ${cycles}`);
  }
  if (failed === 0) rmSync(folder, { recursive: true, force: true });
  print(json, {
    name: 'kill',
    cycles,
    seed,
    acknowledged,
    failed,
    seconds: Math.round((performance.now() - began) / 1_000),
  });
  return failed === 0;
}

function print(json: boolean, line: Record<string, unknown>): void {
  const text = json
    ? JSON.stringify(line)
    : Object.entries(line)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', ');
  process.stdout.write(`${text}\n`);
}

const options = readOptions(process.argv.slice(2));
if (options === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = (await run(options)) ? 0 : 1;
}
