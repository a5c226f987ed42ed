import { existsSync } from 'node:fs';
import type { ImportResult } from '../../../../shared/contract/transfer.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { CHANGE_OPTIONS, changeOf, namedTenants } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import { waitForJob } from '../job.ts';
import type { Terminal } from '../terminal.ts';
import { waitForVerification } from '../verification.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'brings in a vex.db, JSON or JSONL records, packets, an audit bundle, or a folder of them',
  help: `import PATH... [--tenant NAME]... [--dry-run] [--as NAME]
  Only the tenants that are named are taken; without --tenant all that the files name. A bundle is verified first, and
  refused as a whole where a check of it failed.

Example: import --tenant acme vex.db evidence/ --json`,
  options: { ...CHANGE_OPTIONS, 'dry-run': { type: 'boolean' } },
  store: 'made',
  async run(invocation, open) {
    const { terminal, values, positionals } = invocation;
    if (positionals.length === 0) throw usageError('import needs at least one file or folder.');
    const missing = positionals.filter((path) => !existsSync(path));
    if (missing.length > 0) throw usageError('What is to be imported is not there. Nothing was imported.', { missing });
    const session = await open();
    const by = await session.profile();
    const { job_id } = await session.client.transfer.import({
      by,
      idempotency_key: changeOf(values).idempotency_key,
      sources: positionals.map((path) => session.stageSource(path)),
      tenants: namedTenants(values),
      dry_run: values['dry-run'] === true,
    });
    const job = await waitForJob(invocation, session, job_id, by);
    const result = job.import_result;
    if (result !== null) printResult(terminal, result);
    if (job.state === 'cancelled') {
      const message = 'Stopped. What is counted here was imported and stays; importing again goes on from there.';
      throw new DeskError('CANCELLED', message, { job_id });
    }
    await waitForVerification(invocation, session, { kept: 'What was imported is in.' });
    // Beside escalations a packet or a list may be refused too: the report has each row, whatever it is.
    const refused = await session.client.transfer.report({ job_id, severity: 'refused', limit: 1 });
    return refused.rows.length > 0 ? EXIT.inPart : EXIT.done;
  },
};

function printResult(terminal: Terminal, result: ImportResult): void {
  const { read, imported, updated, unchanged, conflicts, refused, evidence, rows, findings, findings_file } = result;
  if (terminal.json) {
    const counted = { read, imported, updated, unchanged, conflicts, refused, evidence, rows, findings };
    terminal.document(JSON.stringify(findings_file === undefined ? counted : { ...counted, findings_file }));
    return;
  }
  if (result.dry_run) terminal.line('Dry run: nothing was written.');
  terminal.line(
    `Read ${read}: ${imported} imported, ${updated} updated, ${unchanged} unchanged, ${conflicts} in conflict, ${refused} refused.`,
  );
  terminal.line(`Evidence packets: ${evidence}. Tenants: ${result.tenants.join(', ')}`);
  for (const { severity, code, message, source, locator } of findings) {
    terminal.line(`${severity.padEnd(8)} ${code}  ${message}  [${source}: ${locator}]`);
  }
  if (findings_file !== undefined) terminal.line(`All ${result.findings_total} findings: ${findings_file}`);
}
