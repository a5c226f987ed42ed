import { parseArgs } from 'node:util';
import { COMMON_OPTIONS } from './arguments.ts';
import type { Command } from './command.ts';
import { attach } from './commands/attach.ts';
import { backup } from './commands/backup.ts';
import { claim } from './commands/claim.ts';
import { correct } from './commands/correct.ts';
import { doctor } from './commands/doctor.ts';
import { evidence } from './commands/evidence.ts';
import { expire } from './commands/expire.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { keys } from './commands/keys.ts';
import { list } from './commands/list.ts';
import { log } from './commands/log.ts';
import { record } from './commands/record.ts';
import { reject } from './commands/reject.ts';
import { release } from './commands/release.ts';
import { resolve } from './commands/resolve.ts';
import { restore } from './commands/restore.ts';
import { retention } from './commands/retention.ts';
import { serve } from './commands/serve.ts';
import { show } from './commands/show.ts';
import { verify } from './commands/verify.ts';
import { withdraw } from './commands/withdraw.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { failureOf, usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';
import { LATER } from './later.ts';
import { type OpenSession, sessionOpener } from './open-session.ts';
import { type Streams, Terminal } from './terminal.ts';

const COMMANDS: readonly Command[] = [
  importCommand,
  list,
  show,
  record,
  resolve,
  reject,
  withdraw,
  expire,
  claim,
  release,
  correct,
  attach,
  evidence,
  verify,
  keys,
  exportCommand,
  log,
  serve,
  backup,
  restore,
  retention,
  doctor,
  ...LATER,
];

/** What the program finds around it; a test gives its own. */
export interface Surroundings {
  readonly streams: Streams;
  readonly open: OpenSession;
  /** Where the built page lies. */
  readonly pageFolder: string;
  /** Aborts when the person asks to stop. */
  readonly stop: AbortSignal;
}

/** Runs one call of the program and answers its exit code; errors are told on standard error, never thrown. */
export async function runProgram(argv: readonly string[], around: Surroundings): Promise<number> {
  const end = argv.indexOf('--');
  const json = argv.slice(0, end === -1 ? undefined : end).includes('--json');
  const terminal = new Terminal(around.streams, json);
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') return printCommands(terminal);
    const command = COMMANDS.find((one) => one.name === name);
    if (command === undefined) throw usageError('There is no such command. --help lists them.', { command: name });
    return await runCommand(command, rest, terminal, around);
  } catch (error) {
    const failure = failureOf(error);
    terminal.progressEnd();
    terminal.fail(failure);
    return exitCodeOf(failure.code);
  }
}

async function runCommand(command: Command, args: string[], terminal: Terminal, around: Surroundings): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...COMMON_OPTIONS, ...command.options },
    allowPositionals: true,
  });
  if (values.help === true) {
    terminal.lines(command.help);
    return EXIT.done;
  }
  const invocation: Invocation = {
    terminal,
    values,
    positionals,
    stop: around.stop,
    pageFolder: around.pageFolder,
    home: around.open.home,
    services: () => around.open.services(),
  };
  const opener = sessionOpener(around.open, invocation, command);
  try {
    return await command.run(invocation, opener.open);
  } finally {
    await opener.close();
  }
}

function printCommands(terminal: Terminal): number {
  terminal.lines('vex-review-desk <command> [options]; `<command> --help` shows its options and an example.\n');
  terminal.table([['COMMAND', ''], ...COMMANDS.map(({ name, summary }) => [name, summary])]);
  return EXIT.done;
}
