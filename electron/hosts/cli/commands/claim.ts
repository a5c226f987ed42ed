import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import { runChange } from '../change.ts';
import type { Command } from '../command.ts';

export const claim: Command = {
  name: 'claim',
  summary: 'claims an escalation for 15 minutes, or renews the claim',
  help: `claim ID [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: claim --tenant acme ESC-2026-000117`,
  options: { ...ID_OPTIONS, ...CHANGE_OPTIONS },
  store: 'existing',
  run: (invocation, open) => runChange(invocation, open, (client, change) => client.escalation.claim(change)),
};
