import { CHANGE_OPTIONS } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import type { KeysAction } from '../keys/action.ts';
import { exportKeys } from '../keys/export-keys.ts';
import { listKeys } from '../keys/list-keys.ts';
import { makeKey } from '../keys/make-key.ts';
import { retireKey } from '../keys/retire-key.ts';
import { rotateKey } from '../keys/rotate-key.ts';
import { trustKeys } from '../keys/trust-keys.ts';
import { PASSPHRASE_OPTIONS } from '../passphrase.ts';

interface Action {
  readonly run: KeysAction;
  /** How many names it takes after its own. */
  readonly most: 0 | 1;
  /** Keys come before escalations: what makes or pins one makes the store too. */
  readonly store: 'existing' | 'made';
}

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { run: listKeys, most: 0, store: 'existing' },
  make: { run: makeKey, most: 0, store: 'made' },
  trust: { run: trustKeys, most: 1, store: 'made' },
  retire: { run: retireKey, most: 1, store: 'existing' },
  rotate: { run: rotateKey, most: 1, store: 'existing' },
  export: { run: exportKeys, most: 1, store: 'existing' },
};

export const keys: Command = {
  name: 'keys',
  summary: 'the tenant’s trust store and the reviewer’s own keys',
  help: `keys list
keys make [--name NAME]                      makes a key to seal decisions with, and pins it
keys trust FILE                              pins every entry of a trust file; compare the fingerprints that it prints
keys retire KEY [--until INSTANT] [--purpose PURPOSE]
                                             ends a pinned key's validity, now or then
keys rotate [KEY]                            a new own key in the place of one
keys export FILE [--force]                   writes what is pinned and retired as a trust file
  KEY: a name, a fingerprint, or a public key in hex. make and rotate need a passphrase of at least 8 characters where no
  keyring is at hand: --passphrase-file FILE, or VEX_DESK_PASSPHRASE_FILE. The end of its last line is no part of it.

Example: keys trust trust.json --tenant acme --json`,
  options: {
    ...CHANGE_OPTIONS,
    ...PASSPHRASE_OPTIONS,
    name: { type: 'string' },
    until: { type: 'string' },
    purpose: { type: 'string' },
    force: { type: 'boolean' },
  },
  store: ({ positionals: [name] }) => actionOf(name)?.store ?? 'existing',
  async run(invocation, open) {
    const [name = '', ...rest] = invocation.positionals;
    const action = actionOf(name);
    if (action === undefined) throw usageError(`keys takes one of: ${Object.keys(ACTIONS).join(', ')}.`);
    if (rest.length > action.most) throw usageError(`keys ${name} takes fewer arguments. Nothing was changed.`);
    await action.run(invocation, await open(), rest);
    return 0;
  },
};

function actionOf(name = ''): Action | undefined {
  return Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
}
