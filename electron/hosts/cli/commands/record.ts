import { readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { ExactJson } from '../../../../shared/domain/escalation.ts';
import { CHANGE_OPTIONS, changeOf, ID_OPTIONS, targetOf, textOf, uuidOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { printEscalation } from '../print-escalation.ts';

export const record: Command = {
  name: 'record',
  summary: 'records an escalation by hand or from a script',
  help: `record ID --event-id UUID [--token FILE] [--tenant NAME] [--idempotency-key UUID] [--as NAME]

Example: record --tenant acme ESC-2026-000118 --event-id 0b0d3e51-7a2c-4c1e-9f6a-2b8c1d4e5f60`,
  options: { ...ID_OPTIONS, ...CHANGE_OPTIONS, 'event-id': { type: 'string' }, token: { type: 'string' } },
  store: 'made',
  async run(invocation, open) {
    const { terminal, values } = invocation;
    const { id } = targetOf(invocation);
    const eventId = uuidOf(values, 'event-id');
    if (eventId === undefined) throw usageError('--event-id is missing: the audit event of the escalation.');
    const token = textOf(values, 'token');
    const { idempotency_key } = changeOf(values);
    const session = await open();
    const escalation = await session.client.escalation.record({
      idempotency_key,
      id,
      event_id: eventId,
      tenant: await session.tenant(),
      by: await session.profile(),
      ...(token === undefined ? {} : { token: tokenText(token) }),
    });
    printEscalation(terminal, escalation);
    return 0;
  },
};

function tokenText(file: string): ExactJson {
  try {
    return ExactJson.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file)).trim(),
    );
  } catch {
    throw usageError('The token file cannot be read as UTF-8 text. Nothing was recorded.', { file });
  }
}
