import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { alternate, type Rounds } from '../measure.ts';
import type { Testbed } from '../testbed.ts';

const ROUNDS = 11;
const BARE = resolve(import.meta.dirname, '../bare/first-page.mjs');

/** From nothing to the queue's first page: the built program on the command line beside bare Node. */
export function measureStart(bed: Testbed): Promise<Rounds> {
  const { tenant } = bed.ledger;
  const env = { ...process.env, VEX_DESK_HOME: join(bed.folder, 'home'), XDG_STATE_HOME: join(bed.folder, 'state') };
  return alternate(
    bed.rounds(ROUNDS),
    () =>
      expectPage([bed.programs.cli, 'list', '--json', '--limit', '100', '--store', bed.store, '--tenant', tenant], env),
    () => expectPage([BARE, bed.store, tenant], env),
  );
}

/** Runs a program of Node's; it must print a row or more. */
async function expectPage(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  if (code !== 0 || !printed.startsWith('{')) throw new Error(`The program ended with ${code}: ${complaint}`);
}
