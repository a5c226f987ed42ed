import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { printLine } from '../helpers/print-line.ts';
import { type RunOptions, readRunOptions } from '../helpers/run-options.ts';
import { buildWriter } from './build-writer.ts';
import { type KillCycle, killCycle } from './kill-cycle.ts';

const USAGE = `npm run --silent faults -- [--cycles N] [--seed S] [--json]

Kills a writing process with SIGKILL at random points, N times (10,000), on one store after another, and looks for all
that was acknowledged and for anything damaged. Prints what failed with the seed and how to replay it. Exit 0: nothing was lost.

Example: npm run --silent faults -- --cycles 300 --seed 7
`;
const CYCLES_ON_ONE_STORE = 50;

/** Runs the cycles, store by store and a store for each processor; one whose check failed is kept. True: nothing was lost. */
async function run(options: RunOptions): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-faults-'));
  const writer = await buildWriter();
  try {
    const began = performance.now();
    const tally = new Tally(options);
    const ranges = rangesOf(options.count);
    const lane = async () => {
      for (let range = ranges.shift(); range !== undefined; range = ranges.shift()) {
        await runOnOneStore(writer.path, join(folder, `${range.first}.ledger`), range, tally);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
    if (tally.failed === 0) rmSync(folder, { recursive: true, force: true });
    tally.sumUp(Math.round((performance.now() - began) / 1_000));
    return tally.failed === 0;
  } finally {
    writer.remove();
  }
}

/** Cycles that follow on one another on one store. */
interface Range {
  readonly first: number;
  readonly end: number;
}

function rangesOf(cycles: number): Range[] {
  return Array.from({ length: Math.ceil(cycles / CYCLES_ON_ONE_STORE) }, (_, n) => ({
    first: n * CYCLES_ON_ONE_STORE,
    end: Math.min((n + 1) * CYCLES_ON_ONE_STORE, cycles),
  }));
}

async function runOnOneStore(writer: string, store: string, { first, end }: Range, tally: Tally): Promise<void> {
  const firstSeed = tally.options.seed + first;
  for (let n = 0; n < end - first; n += 1) {
    const cycle = await killCycle(writer, store, firstSeed + n);
    tally.add(cycle, { store, replay: `npm run --silent faults -- --cycles ${n + 1} --seed ${firstSeed}` });
  }
  // What a later cycle needs is its own store; the disk holds only those that are at work.
  if (tally.failed === 0) for (const part of ['', '-wal', '-shm']) rmSync(`${store}${part}`, { force: true });
}

/** What came of the cycles so far, told as it comes. */
class Tally {
  readonly options: RunOptions;
  failed = 0;
  private done = 0;
  private acknowledged = 0;

  constructor(options: RunOptions) {
    this.options = options;
  }

  add(cycle: KillCycle, where: { store: string; replay: string }): void {
    const { count, json } = this.options;
    this.done += 1;
    this.acknowledged += cycle.acknowledged;
    if (cycle.faults.length > 0) {
      this.failed += 1;
      printLine(json, { name: 'kill', seed: cycle.seed, faults: cycle.faults, ...where });
    }
    if (!json && process.stderr.isTTY) process.stderr.write(`\r${this.done} of ${count}`);
  }

  sumUp(seconds: number): void {
    const { count, seed, json } = this.options;
    printLine(json, {
      name: 'kill',
      cycles: count,
      seed,
      acknowledged: this.acknowledged,
      failed: this.failed,
      seconds,
    });
  }
}

const options = readRunOptions(process.argv.slice(2), { count: 'cycles', many: 10_000 });
if (options === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = (await run(options)) ? 0 : 1;
}
