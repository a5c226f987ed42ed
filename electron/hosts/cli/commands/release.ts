import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import { runChange } from '../change.ts';
import type { Command } from '../command.ts';

export const release: Command = {
  name: 'release',
  summary: 'gives a claim back',
  help: `release ID [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: release --tenant acme ESC-2026-000117`,
  options: { ...ID_OPTIONS, ...CHANGE_OPTIONS },
  store: 'existing',
  run: (invocation, open) => runChange(invocation, open, (client, change) => client.escalation.release(change)),
};
