import { resolve } from 'node:path';
import { runBench } from './bench.ts';
import { readOptions, USAGE, UsageError } from './options.ts';

const DIST = resolve(import.meta.dirname, '../../dist');
const BUILT = { reader: resolve(DIST, 'reader.js'), cli: resolve(DIST, 'cli.js') };
/** What the shell says of a program that Ctrl-C ended. */
const CANCELLED = 130;

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === null) process.stdout.write(USAGE);
    else await runBench(options, { print: (text) => process.stdout.write(text), say, programs: BUILT });
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

/** For who waits, and only on a terminal. */
function say(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\u001b[2K\r${line}\r`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(CANCELLED));
process.exitCode = await main(process.argv.slice(2));
