import { DeskError } from '../../../../shared/domain/errors.ts';
import { CHANGE_OPTIONS, changeOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { waitForJob } from '../job.ts';
import { oneFile } from '../one-file.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'copies the store to a file, while it may be in use, and verifies the copy',
  help: `backup FILE
  The whole store: escalations, evidence, logs, settings, and keys as they lie encrypted. Not in it: the file desk.secret
  of the data folder, which opens the desk's own key. Each tenant's log says that a backup was made.

Example: backup desk-2026-11-15.backup --json`,
  options: CHANGE_OPTIONS,
  store: 'existing',
  async run(invocation, open) {
    const { terminal, values } = invocation;
    const file = oneFile(invocation);
    const session = await open();
    const target = session.stageTarget(file, false);
    const by = await session.profile();
    const { idempotency_key } = changeOf(values);
    const { job_id } = await session.client.backup.make({ by, idempotency_key, target });
    const { state, backup_result: result } = await waitForJob(invocation, session, job_id, by);
    if (state === 'cancelled' || result === undefined)
      throw new DeskError('CANCELLED', 'Stopped. No backup was made.', { job_id });
    const { sha256, bytes, tenants } = result;
    if (terminal.json) terminal.document(JSON.stringify({ file, sha256, bytes }));
    else {
      terminal.line(`${file}: ${bytes} bytes, verified, SHA-256 ${sha256}`);
      for (const { tenant, size } of tenants) terminal.line(`  ${tenant}: a log of ${size} events`);
    }
    return EXIT.done;
  },
};
