import { Worker } from 'node:worker_threads';
import { printLine } from '../helpers/print-line.ts';
import { type RunOptions, readRunOptions } from '../helpers/run-options.ts';
import type { CaseResult } from './area.ts';
import { AREAS, type AreaName } from './areas.ts';
import type { WorkerOrder, WorkerWord } from './worker.ts';

const USAGE = `npm run --silent fuzz -- [evidence|proofs] [--inputs N] [--seed S] [--json]

evidence (which is meant where nothing is said) changes packets, capsules and tokens, by their structure and blindly, and
verifies N of what comes out (100,000): nothing may crash or hang, and nothing may be called genuine that says other than
what was signed. proofs does the same to inclusion and consistency proofs, signed heads, cosignatures, statements and the
files that the log hands out: none may be accepted that says other than the log does. Prints what failed with its seed and
how to replay it. Exit 0: nothing failed.

Example: npm run --silent fuzz -- proofs --inputs 1000000 --seed 7 --json
`;

/** An input that takes longer than this hangs: the longest take milliseconds. */
const HANGS_AFTER_MILLIS = 60_000;

/** Fuzzes in a thread that can be ended, and watches it. True: nothing failed. */
async function run(area: AreaName, { count, seed, json }: RunOptions): Promise<boolean> {
  const began = performance.now();
  const progress = new Float64Array(new SharedArrayBuffer(8));
  const order: WorkerOrder = { area, first: seed, end: seed + count, progress };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
  const named = area === 'evidence' ? {} : { area };
  let failures = 0;
  const fail = (at: number, facts: Record<string, unknown>) => {
    failures += 1;
    printLine(json, { name: 'case', ...named, seed: at, ...facts, replay: replayOf(area, at) });
  };
  const tally = await new Promise<Extract<WorkerWord, { kind: 'tally' }> | null>((resolve, reject) => {
    const watch = watchOver(progress, () => {
      fail(progress[0] ?? seed, { fault: `it hung for ${HANGS_AFTER_MILLIS / 1_000} s` });
      void worker.terminate();
      resolve(null);
    });
    worker.on('message', (word: WorkerWord) => {
      if (word.kind === 'fault') fail(word.result.seed, factsOf(word.result));
      else resolve(word);
    });
    worker.on('error', reject);
    worker.on('exit', () => clearInterval(watch));
  });
  const seconds = (performance.now() - began) / 1_000;
  const done = Math.round((progress[0] ?? seed) - seed + 1);
  printLine(json, {
    name: 'fuzz',
    ...named,
    inputs: done,
    seed,
    ...tally?.outcomes,
    failures,
    seconds: Math.round(seconds),
    per_second: Math.round(done / seconds),
    ...(json ? { failed_by: tally?.failed } : {}),
  });
  return failures === 0;
}

function replayOf(area: AreaName, seed: number): string {
  return `npm run --silent fuzz -- ${area === 'evidence' ? '' : `${area} `}--inputs 1 --seed ${seed}`;
}

/** Calls `hung` when the worker has been at one seed for too long. */
function watchOver(progress: Float64Array, hung: () => void): NodeJS.Timeout {
  let last = -1;
  let since = performance.now();
  return setInterval(() => {
    const now = performance.now();
    if (progress[0] !== last) [last, since] = [progress[0] ?? -1, now];
    else if (now - since > HANGS_AFTER_MILLIS) hung();
  }, 1_000);
}

function factsOf({ original, outcome, failed, fault, bytes }: CaseResult) {
  return { original, verdict: outcome, failed, fault, input_base64: Buffer.from(bytes).toString('base64') };
}

const areas = Object.keys(AREAS) as AreaName[];
const options = readRunOptions(process.argv.slice(2), { count: 'inputs', many: 100_000, areas });
if (options === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const area = areas.find((name) => name === options.area) ?? 'evidence';
  process.exitCode = (await run(area, options)) ? 0 : 1;
}
