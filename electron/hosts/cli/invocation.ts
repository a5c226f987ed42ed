import type { HostServices } from '../../desk/host-services.ts';
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
  /** What a desk is given here, for what is done while none has the store open. */
  readonly services: () => HostServices;
  /** Aborts when the person asks to stop (Ctrl-C). */
  readonly stop: AbortSignal;
}
