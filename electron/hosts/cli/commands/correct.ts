import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import { runChange } from '../change.ts';
import type { Command } from '../command.ts';
import { whyOf } from '../decide.ts';

export const correct: Command = {
  name: 'correct',
  summary: 'adds a correction that points at the decision, which stays as it is',
  help: `correct ID --reason TEXT [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: correct --tenant acme ESC-2026-000117 --reason "The ticket named in the reason is 4711, not 4712."`,
  options: { ...ID_OPTIONS, ...CHANGE_OPTIONS, reason: { type: 'string' } },
  store: 'existing',
  run(invocation, open) {
    const { reason } = whyOf(invocation.values);
    return runChange(invocation, open, (client, change) => client.decision.correct({ ...change, reason }));
  },
};
