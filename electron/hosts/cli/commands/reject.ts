import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import type { Command } from '../command.ts';
import { runDecision, whyOf } from '../decide.ts';
import { PASSPHRASE_OPTIONS } from '../passphrase.ts';

export const reject: Command = {
  name: 'reject',
  summary: 'rejects an escalation, with a reason',
  help: `reject ID --reason TEXT [--reason-code CODE] [--seal] [--passphrase-file FILE] [--event UUID] [--expect-version N]
       [--idempotency-key UUID] [--as NAME]
  --seal: the desk builds the packet of the rejection and signs it with your newest key.

Example: reject --tenant acme ESC-2026-000117 --reason "The account is not the supplier's." --reason-code WRONG_REQUEST`,
  options: {
    ...ID_OPTIONS,
    ...CHANGE_OPTIONS,
    ...PASSPHRASE_OPTIONS,
    reason: { type: 'string' },
    'reason-code': { type: 'string' },
    seal: { type: 'boolean' },
  },
  store: 'existing',
  run(invocation, open) {
    const why = whyOf(invocation.values);
    const seal = invocation.values.seal === true ? { seal: {} } : {};
    return runDecision(invocation, open, () => ({ outcome: 'rejected', ...why, ...seal }));
  },
};
