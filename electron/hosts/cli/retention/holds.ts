import type { LegalHold } from '../../../../shared/contract/retention.ts';
import { changeOf, requiredText, targetOf } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import type { Terminal } from '../terminal.ts';
import type { RetentionAction } from './action.ts';

/** Prints the legal holds in force. */
export const listHolds: RetentionAction = async ({ terminal, positionals }, open) => {
  if (positionals.length > 0) throw usageError('retention holds takes no arguments.');
  const session = await open();
  const { holds } = await session.client.retention.holds({ tenant: await session.tenant() });
  return print(terminal, holds);
};

/** Holds an escalation, else the whole tenant; prints what is in force then. */
export const setHold: RetentionAction = async (invocation, open) => {
  const { terminal, values } = invocation;
  const reason = requiredText(values, 'reason');
  const escalation = namesOne(invocation) ? targetOf(invocation) : undefined;
  const session = await open();
  const { idempotency_key } = changeOf(values);
  const acting = { by: await session.profile(), idempotency_key, tenant: await session.tenant() };
  const about = escalation === undefined ? {} : { escalation };
  const { holds } = await session.client.retention.hold({ ...acting, ...about, reason });
  return print(terminal, holds);
};

/** Lifts one hold, by its id; prints what is in force then. */
export const liftHold: RetentionAction = async ({ terminal, values, positionals }, open) => {
  const [holdId, ...more] = positionals;
  const reason = requiredText(values, 'reason');
  if (holdId === undefined || more.length > 0)
    throw usageError('Name one hold, by its id: retention holds lists them.');
  const session = await open();
  const { idempotency_key } = changeOf(values);
  const acting = { by: await session.profile(), idempotency_key, tenant: await session.tenant() };
  const { holds } = await session.client.retention.lift({ ...acting, hold_id: holdId, reason });
  return print(terminal, holds);
};

function namesOne({ positionals, values }: Invocation): boolean {
  return positionals.length > 0 || values['id-json'] !== undefined;
}

function print(terminal: Terminal, holds: readonly LegalHold[]): number {
  if (terminal.json) terminal.document(JSON.stringify({ holds }));
  else if (holds.length === 0) terminal.line('No legal hold is in force.');
  else for (const hold of holds) terminal.line(lineOf(hold));
  return EXIT.done;
}

function lineOf({ hold_id, escalation, set_at, reason, by }: LegalHold): string {
  const what = escalation === null ? 'the whole tenant' : escalation.id;
  return `${hold_id}  ${set_at}  ${what}  by ${by ?? 'removed'}: ${reason ?? 'removed'}`;
}
