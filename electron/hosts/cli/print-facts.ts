import type { Terminal } from './terminal.ts';

/** A line for each fact that there is: its name, then what it is. */
export function printFacts(terminal: Terminal, facts: readonly (readonly [string, string | null | undefined])[]): void {
  for (const [name, value] of facts) {
    if (value !== undefined && value !== null) terminal.line(`${name.padEnd(12)} ${value}`);
  }
}
