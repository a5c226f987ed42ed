import type { Command } from './command.ts';
import { usageError } from './failure.ts';

/** A command that the promise names and that this version does not have yet: said plainly, never half done. */
function later(name: string, summary: string, example: string): Command {
  return {
    name,
    summary: `${summary} (comes with a later version)`,
    help: `${name}: ${summary}. It comes with a later version.\n\nExample: ${name}${example}`,
    options: {},
    store: 'none',
    run: () => Promise.reject(usageError(`${name} comes with a later version. Nothing was done.`)),
  };
}

export const LATER: readonly Command[] = [
  later('pull', 'brings escalations from a gateway', ' --tenant acme'),
  later('push', 'sends decisions to a gateway', ' --tenant acme'),
];
