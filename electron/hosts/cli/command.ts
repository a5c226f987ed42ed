import type { ParseArgsOptionsConfig } from 'node:util';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** What `node:util` parseArgs answers for one option. */
export type OptionValue = string | boolean | (string | boolean)[] | undefined;

/** One call of the program, its arguments read but not judged. */
export interface Invocation {
  readonly terminal: Terminal;
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, OptionValue>>;
  /** The desk's data folder. */
  readonly home: string;
  /** Where the built page lies, for the command that serves it. */
  readonly pageFolder: string;
  /** Aborts when the person asks to stop (Ctrl-C). */
  readonly stop: AbortSignal;
}

/** A command of the command line: one file each. Its `run` answers the exit code. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints, with an example. */
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /** `existing`: the store must be there; `made`: it is made when missing; `none`: the command opens none. */
  readonly store: 'existing' | 'made' | 'none';
  /** Which host the desk is told to live in; the command line where it is left out. */
  readonly host?: 'browser';
  run(invocation: Invocation, open: () => Promise<Session>): Promise<number>;
}
