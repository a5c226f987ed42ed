import type { ParseArgsOptionsConfig } from 'node:util';
import type { Invocation } from './invocation.ts';
import type { Session } from './session.ts';

export type StoreNeed = 'existing' | 'made' | 'none';

/** A command of the command line: one file each. Its `run` answers the exit code. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints, with an example. */
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /** `existing`: the store must be there; `made`: it is made when missing; `none`: the command opens none. */
  readonly store: StoreNeed | ((invocation: Invocation) => StoreNeed);
  /** Which host the desk is told to live in; the command line where it is left out. */
  readonly host?: 'browser';
  run(invocation: Invocation, open: () => Promise<Session>): Promise<number>;
}
