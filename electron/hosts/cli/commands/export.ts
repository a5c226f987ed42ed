import { existsSync } from 'node:fs';
import { ListStatus } from '../../../../shared/contract/queue.ts';
import type { Manifest } from '../../../../shared/contract/transfer.ts';
import { ExportFormat, REDACTABLE, type Redactable } from '../../../../shared/contract/transfer.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { CHANGE_OPTIONS, changeOf, instantOf, oneOf, requiredText, textOf, textsOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { waitForJob } from '../job.ts';
import type { Terminal } from '../terminal.ts';

const BESIDE = ['.manifest.json', '.manifest.dsse.json'];

export const exportCommand: Command = {
  name: 'export',
  summary: 'writes escalations to a file, with its signed manifest beside it',
  help: `export --out FILE [--format vex-json|vex-db|jsonl|csv|cloudevents|bundle|pdf]
       [--status active|resolved|expired|all] [--from INSTANT] [--to INSTANT] [--search TEXT]
       [--previous FILE] [--evidence bytes|hashes] [--redact FIELD]... [--force] [--as NAME]
  bundle: what an auditor verifies without this desk: the log, statements, evidence. --previous: the checkpoint, or
  the bundle, that its reader has from before; the new one begins there. --evidence hashes leaves the evidence's bytes out. --redact leaves a
  field of the log out (reason, reviewer, …), of a pdf too, while every proof holds.

Example: export --tenant acme --format jsonl --from 2026-01-01T00:00:00Z --out acme-2026.jsonl --json`,
  options: {
    ...CHANGE_OPTIONS,
    out: { type: 'string' },
    format: { type: 'string' },
    previous: { type: 'string' },
    evidence: { type: 'string' },
    redact: { type: 'string', multiple: true },
    status: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    search: { type: 'string' },
    force: { type: 'boolean' },
  },
  store: 'existing',
  async run(invocation, open) {
    const { terminal, values, positionals } = invocation;
    if (positionals.length > 0) throw usageError('export takes no arguments beside its options.');
    const out = requiredText(values, 'out');
    const query = queryOf(values);
    const previous = textOf(values, 'previous');
    for (const end of BESIDE) refuseThere(`${out}${end}`, values.force === true);
    const session = await open();
    const by = await session.profile();
    const { job_id } = await session.client.transfer.export({
      by,
      idempotency_key: changeOf(values).idempotency_key,
      query: { ...query, tenant: await session.tenant() },
      target: session.stageTarget(out, values.force === true),
      ...(previous === undefined ? {} : { previous: session.stageSource(previous) }),
    });
    const job = await waitForJob(invocation, session, job_id, by);
    if (job.state === 'cancelled') throw new DeskError('CANCELLED', 'Stopped. No file was written.', { job_id });
    if (job.manifest !== null) printManifest(terminal, job.manifest);
    return EXIT.done;
  },
};

function queryOf(values: Invocation['values']) {
  const format = oneOf(values, 'format', ExportFormat.options) ?? 'vex-json';
  const status = oneOf(values, 'status', ListStatus.options) ?? 'all';
  const evidence = oneOf(values, 'evidence', ['bytes', 'hashes']);
  const redact = textsOf(values, 'redact').map(fieldNamed);
  const [from, to, search] = [instantOf(values, 'from'), instantOf(values, 'to'), textOf(values, 'search')];
  return {
    format,
    status,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(search === undefined ? {} : { search }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(redact.length === 0 ? {} : { redact }),
  };
}

function fieldNamed(name: string): Redactable {
  const known = REDACTABLE.find((one) => one === name);
  if (known !== undefined) return known;
  throw usageError(`--redact takes one of: ${REDACTABLE.join(', ')}. Nothing was exported.`);
}

/** What lies beside an export is a file like any other: one that is there already is kept. */
function refuseThere(file: string, force: boolean): void {
  if (force || !existsSync(file)) return;
  throw new DeskError(
    'ALREADY_EXISTS',
    'A manifest of this name is there already. Nothing was written. --force replaces it.',
    { file },
  );
}

function printManifest(terminal: Terminal, manifest: Manifest): void {
  if (terminal.json) {
    terminal.document(JSON.stringify(manifest));
    return;
  }
  const { file, records, bytes, sha256 } = manifest;
  terminal.line(`${file}: ${records} escalations, ${bytes} bytes, SHA-256 ${sha256}`);
  terminal.line(`${file}.manifest.json: the manifest`);
  terminal.line(`${file}.manifest.dsse.json: this desk's signature over both`);
}
