import { changeOf, textOf } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import { writeNew } from '../write-new.ts';
import type { LogAction } from './action.ts';

/** Signs the log's head; prints the note itself, or writes it to `--out`. */
export const signHead: LogAction = async ({ terminal, values, positionals }, open) => {
  if (positionals.length > 0) throw usageError('log checkpoint takes no arguments beside its options.');
  const out = textOf(values, 'out');
  const session = await open();
  const { idempotency_key } = changeOf(values);
  const acting = { by: await session.profile(), idempotency_key, tenant: await session.tenant() };
  const signed = await session.client.log.checkpoint(acting);
  if (out !== undefined) await writeNew(out, Buffer.from(signed.note), values.force === true);
  if (terminal.json) terminal.document(JSON.stringify(out === undefined ? signed : { ...signed, file: out }));
  else if (out === undefined) terminal.bytes(Buffer.from(signed.note));
  else terminal.line(`${out}: the log's head of ${signed.size} events, root ${signed.root}`);
  return EXIT.done;
};
