import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import type { Command } from '../command.ts';
import { runDecision, whyOf } from '../decide.ts';

export const withdraw: Command = {
  name: 'withdraw',
  summary: 'records that an escalation was withdrawn',
  help: `withdraw ID --reason TEXT [--reason-code CODE] [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: withdraw --tenant acme ESC-2026-000117 --reason "The agent asked again with the right amount."`,
  options: { ...ID_OPTIONS, ...CHANGE_OPTIONS, reason: { type: 'string' }, 'reason-code': { type: 'string' } },
  store: 'existing',
  run(invocation, open) {
    const why = whyOf(invocation.values);
    return runDecision(invocation, open, () => ({ outcome: 'withdrawn', ...why }));
  },
};
