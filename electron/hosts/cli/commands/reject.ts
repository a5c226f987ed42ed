import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import type { Command } from '../command.ts';
import { runDecision, whyOf } from '../decide.ts';
import { refuseSeal } from '../later.ts';

export const reject: Command = {
  name: 'reject',
  summary: 'rejects an escalation, with a reason',
  help: `reject ID --reason TEXT [--reason-code CODE] [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: reject --tenant acme ESC-2026-000117 --reason "The account is not the supplier's." --reason-code WRONG_REQUEST`,
  options: {
    ...ID_OPTIONS,
    ...CHANGE_OPTIONS,
    reason: { type: 'string' },
    'reason-code': { type: 'string' },
    seal: { type: 'boolean' },
  },
  store: 'existing',
  run(invocation, open) {
    refuseSeal(invocation.values);
    const why = whyOf(invocation.values);
    return runDecision(invocation, open, () => ({ outcome: 'rejected', ...why }));
  },
};
