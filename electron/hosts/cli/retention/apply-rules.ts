import { DeskError } from '../../../../shared/domain/errors.ts';
import { changeOf } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import { waitForJob } from '../job.ts';
import type { RetentionAction } from './action.ts';

/** Removes what is due. Stopped, it says what is removed by then; the rest is due still. */
export const applyRules: RetentionAction = async (invocation, open) => {
  const { terminal, values, positionals } = invocation;
  if (positionals.length > 0) throw usageError('retention apply takes no arguments. Nothing was done.');
  const session = await open();
  const tenant = await session.tenant();
  const by = await session.profile();
  const { idempotency_key } = changeOf(values);
  const { evidence_days, fields_days } = await session.client.settings.get({ tenant });
  const rules = { evidence_days, fields_days };
  const compact = values.compact === true;
  const { job_id } = await session.client.retention.apply({ by, idempotency_key, tenant, rules, compact });
  const { state, retention_result: result } = await waitForJob(invocation, session, job_id, by);
  if (state === 'cancelled' || result === undefined) {
    throw new DeskError('CANCELLED', 'Stopped. What was removed is removed; the rest is due still.', { ...result });
  }
  const { removed, room_given_back, compacted } = result;
  if (terminal.json) terminal.document(JSON.stringify(result));
  else {
    terminal.line(`${removed.pieces} pieces of ${removed.escalations} escalations removed, ${removed.bytes} bytes`);
    terminal.line(`${removed.values} values of ${removed.events} events removed from beside the log`);
    if (!compacted) terminal.line('The file was not written anew: retention apply --compact gives all its room back.');
    if (!room_given_back) terminal.line('Another program reads the store: its room is given back once that has ended.');
  }
  return EXIT.done;
};
