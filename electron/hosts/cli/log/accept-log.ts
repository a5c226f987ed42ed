import { changeOf, requiredText } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import type { LogAction } from './action.ts';

/** Accepts a log that is not the one remembered, with a reason. */
export const acceptLog: LogAction = async ({ terminal, values, positionals }, open) => {
  if (positionals.length > 0) throw usageError('log accept takes no arguments beside its options.');
  const reason = requiredText(values, 'reason');
  const session = await open();
  const { idempotency_key } = changeOf(values);
  const acting = { by: await session.profile(), idempotency_key, tenant: await session.tenant() };
  const head = await session.client.log.accept({ ...acting, reason });
  if (terminal.json) terminal.document(JSON.stringify(head));
  else terminal.line(`The log of ${head.size} events is the one that is remembered from now on.`);
  return EXIT.done;
};
