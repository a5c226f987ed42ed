import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { printLine } from '../helpers/print-line.ts';
import type { WorkerOrder, WorkerWord } from './worker.ts';

const USAGE = `npm run --silent fuzz -- [--inputs N] [--seed S] [--json]

Changes packets, capsules and tokens, by their structure and blindly, and verifies N of what comes out (100,000): nothing
may crash or hang, and nothing may be called genuine that says other than what was signed. Prints what failed with its
seed and how to replay it. Exit 0: nothing failed.

Example: npm run --silent fuzz -- --inputs 1000000 --seed 7 --json
`;

interface Options {
  readonly inputs: number;
  readonly seed: number;
  readonly json: boolean;
}

/** An input that takes longer than this hangs: the longest take milliseconds. */
const HANGS_AFTER_MILLIS = 60_000;

function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      inputs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
  const sound = Number.isSafeInteger(inputs) && inputs >= 1 && Number.isSafeInteger(seed) && seed >= 0;
  return values.help || !sound ? null : { inputs, seed, json: values.json };
}

/** Fuzzes in a thread that can be ended, and watches it. True: nothing failed. */
async function run({ inputs, seed, json }: Options): Promise<boolean> {
  const began = performance.now();
  const progress = new Float64Array(new SharedArrayBuffer(8));
  const order: WorkerOrder = { first: seed, end: seed + inputs, progress };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
  let failures = 0;
  const fail = (at: number, facts: Record<string, unknown>) => {
    failures += 1;
    printLine(json, { name: 'case', seed: at, ...facts, replay: `npm run --silent fuzz -- --inputs 1 --seed ${at}` });
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
    inputs: done,
    seed,
    ...tally?.verdicts,
    failures,
    seconds: Math.round(seconds),
    per_second: Math.round(done / seconds),
    ...(json ? { failed_by: tally?.failed } : {}),
  });
  return failures === 0;
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

function factsOf({ original, verdict, failed, fault, bytes }: Extract<WorkerWord, { kind: 'fault' }>['result']) {
  return { original, verdict, failed, fault, input_base64: Buffer.from(bytes).toString('base64') };
}

const options = readOptions(process.argv.slice(2));
if (options === null) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = (await run(options)) ? 0 : 1;
}
