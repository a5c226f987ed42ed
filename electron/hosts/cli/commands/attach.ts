import { EvidenceRole } from '../../../../shared/domain/escalation.ts';
import { CHANGE_OPTIONS, changeOf, ID_OPTIONS, idOf, oneOf, uuidOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { printEscalation } from '../print-escalation.ts';

export const attach: Command = {
  name: 'attach',
  summary: 'adds evidence to an escalation',
  help: `attach ID FILE... [--role escalation|resolution] [--event UUID] [--expect-version N] [--idempotency-key UUID] [--as NAME]

Example: attach --tenant acme ESC-2026-000117 gate.vep token.json`,
  options: { ...ID_OPTIONS, ...CHANGE_OPTIONS, role: { type: 'string' } },
  store: 'existing',
  async run(invocation, open) {
    const { values, terminal } = invocation;
    const { id, rest: files } = idOf(invocation);
    if (files.length === 0) throw usageError('attach needs at least one file. Nothing was done.');
    const event = uuidOf(values, 'event');
    const role = oneOf(values, 'role', EvidenceRole.options) ?? 'escalation';
    const change = changeOf(values);
    const session = await open();
    const escalation = await session.client.escalation.attach({
      ...change,
      ...(event === undefined ? {} : { event }),
      id,
      role,
      tenant: await session.tenant(),
      by: await session.profile(),
      files: files.map((file) => session.stageSource(file)),
    });
    printEscalation(terminal, escalation);
    return 0;
  },
};
