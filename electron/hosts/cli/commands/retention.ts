import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import type { RetentionAction } from '../retention/action.ts';
import { applyRules } from '../retention/apply-rules.ts';
import { liftHold, listHolds, setHold } from '../retention/holds.ts';
import { previewRules } from '../retention/preview-rules.ts';
import { setRules } from '../retention/set-rules.ts';

const ACTIONS: Readonly<Record<string, RetentionAction>> = {
  preview: previewRules,
  apply: applyRules,
  rules: setRules,
  holds: listHolds,
  hold: setHold,
  lift: liftHold,
};

export const retention: Command = {
  name: 'retention',
  summary: 'removes what the tenant’s rules let go; legal holds keep it',
  help: `retention preview
retention apply [--compact]
retention rules [--evidence-days N|none] [--fields-days N|none]
retention holds
retention hold [ID] --reason TEXT [--event UUID]
retention lift HOLD --reason TEXT
  preview counts what the rules would remove now: bytes of packets, capsules and tokens of decided escalations, and what
  is kept beside the log. apply removes it, with an event each, and gives the room back. Hashes and proofs stay whole.
  A small store's file is then written anew; --compact does so with any, while all others wait.
  rules shows the rules, or sets those that are named: days after the last event about a decided escalation.
  hold keeps one escalation, without ID the whole tenant, whatever the rules say, until lift names that hold.

Example: retention preview --tenant acme --json`,
  options: {
    ...ID_OPTIONS,
    ...CHANGE_OPTIONS,
    reason: { type: 'string' },
    compact: { type: 'boolean' },
    'evidence-days': { type: 'string' },
    'fields-days': { type: 'string' },
  },
  store: 'existing',
  run(invocation, open) {
    const [name = '', ...positionals] = invocation.positionals;
    const act = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (act !== undefined) return act({ ...invocation, positionals }, open);
    throw usageError(`retention takes one of: ${Object.keys(ACTIONS).join(', ')}. Nothing was done.`);
  },
};
