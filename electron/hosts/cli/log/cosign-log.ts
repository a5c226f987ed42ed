import { changeOf } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { oneFile } from '../one-file.ts';
import type { LogAction } from './action.ts';

/** Adds witnesses' cosignatures from a note file. */
export const cosignLog: LogAction = async (invocation, open) => {
  const { terminal, values } = invocation;
  const file = oneFile(invocation);
  const session = await open();
  const { idempotency_key } = changeOf(values);
  const acting = { by: await session.profile(), idempotency_key, tenant: await session.tenant() };
  const signed = await session.client.log.cosign({ ...acting, staged: session.stageSource(file) });
  const names = signed.witnesses.map(({ name }) => name).join(', ');
  if (terminal.json) terminal.document(JSON.stringify(signed));
  else terminal.line(`The head of ${signed.size} events is cosigned by ${names}.`);
  return EXIT.done;
};
