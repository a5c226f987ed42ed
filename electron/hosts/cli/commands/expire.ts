import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import type { Command } from '../command.ts';
import { runDecision } from '../decide.ts';

export const expire: Command = {
  name: 'expire',
  summary: 'records an overdue escalation as expired',
  help: `expire ID [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: expire --tenant acme ESC-2026-000117`,
  options: { ...ID_OPTIONS, ...CHANGE_OPTIONS },
  store: 'existing',
  run: (invocation, open) => runDecision(invocation, open, () => ({ outcome: 'expired' })),
};
