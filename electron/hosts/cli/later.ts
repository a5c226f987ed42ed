import type { Command } from './command.ts';
import { usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';

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
  later('log', "verifies and proves the tenant's audit log", ' verify --tenant acme --json'),
  later('keys', 'the trust store and the reviewer’s keys', ' list --json'),
  later('pull', 'brings escalations from a gateway', ' --tenant acme'),
  later('push', 'sends decisions to a gateway', ' --tenant acme'),
];

/** INVALID_INPUT where `--seal` is given: no packet is built by the desk yet. */
export function refuseSeal(values: Invocation['values']): void {
  if (values.seal === true) throw usageError('--seal comes with a later version. Nothing was recorded.');
}
