import { ID_OPTIONS, targetOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { printEscalation } from '../print-escalation.ts';

export const show: Command = {
  name: 'show',
  summary: 'shows one escalation with its evidence, decision and history',
  help: `show ID [--event UUID] [--id-json JSON]

Example: show --tenant acme ESC-2026-000117 --json`,
  options: ID_OPTIONS,
  store: 'existing',
  async run(invocation, open) {
    const target = targetOf(invocation);
    const session = await open();
    const opened = await session.client.escalation.get({ ...target, tenant: await session.tenant() });
    printEscalation(invocation.terminal, opened.escalation, opened);
    return 0;
  },
};
