import type { LogVerified } from '../../../../shared/contract/log.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { changeOf } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import { waitForJob } from '../job.ts';
import type { Terminal } from '../terminal.ts';
import type { LogAction } from './action.ts';

/** Verifies the whole log; exit 1 where something differs. */
export const verifyLog: LogAction = async (invocation, open) => {
  const { terminal, values, positionals } = invocation;
  if (positionals.length > 0) throw usageError('log verify takes no arguments beside its options.');
  const session = await open();
  const by = await session.profile();
  const { idempotency_key } = changeOf(values);
  const { job_id } = await session.client.log.verify({ by, idempotency_key, tenant: await session.tenant() });
  const { state, log_result: result } = await waitForJob(invocation, session, job_id, by);
  if (state === 'cancelled' || result === null) {
    throw new DeskError('CANCELLED', 'Stopped. The log was not verified to its end.', { job_id });
  }
  if (terminal.json) terminal.document(JSON.stringify(result));
  else printResult(terminal, result);
  return result.verified ? EXIT.done : EXIT.inPart;
};

function printResult(terminal: Terminal, { size, root, verified, failures }: LogVerified): void {
  const [first] = failures;
  if (verified) terminal.toned('good', 'verified', `  ${size} events, root ${root}`);
  else terminal.toned('bad', 'failed  ', `  ${size} events; the first that differs: ${first?.place ?? ''}`);
  for (const { place, code, detail } of failures) terminal.line(`  ${place}  ${detail} (${code})`);
}
