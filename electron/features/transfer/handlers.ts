import type { ExportQuery, ReportRow } from '../../../shared/contract/transfer.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { FeatureContext, StagedFile } from '../context.ts';
import { jobsOf } from '../job/jobs.ts';
import { deskWrite } from '../writing.ts';
import { previousHead } from './export/bundle/previous-head.ts';
import { runExport } from './export/export-job.ts';
import { rangeOf } from './export/export-range.ts';
import { findingOf } from './import/import-findings.ts';
import { runImport } from './import/import-job.ts';

interface ImportInput {
  by: string;
  idempotency_key: string;
  sources: string[];
  tenants: string[];
  dry_run: boolean;
}

/** Starts an import of staged files as a job; its key is the job's id. NOT_FOUND for a source that is not staged. */
export async function startImport(context: FeatureContext, input: ImportInput): Promise<{ job_id: string }> {
  const jobs = jobsOf(context);
  const files = filesMeant(() => input.sources.map((staged) => context.staging.source(staged)));
  const inputHash = deskWrite(context, 'transfer.import', input, { ...input, sources: files }).inputHash;
  const again = await jobs.again(input.idempotency_key, files === null ? null : inputHash);
  if (again !== null) return again;
  const sources = input.sources.map((staged) => context.staging.source(staged));
  const order = { sources, tenants: input.tenants, dryRun: input.dry_run, by: input.by };
  return jobs.start({
    jobId: input.idempotency_key,
    inputHash,
    kind: 'import',
    title: titleOf(
      input.dry_run ? 'Trial import' : 'Import',
      sources.map(({ name }) => name),
    ),
    tenant: input.tenants.length === 1 ? (input.tenants[0] ?? null) : null,
    async run(handle) {
      try {
        return await runImport(context, order, handle);
      } finally {
        for (const staged of input.sources) context.staging.release(staged);
      }
    },
  });
}

interface ReportInput {
  job_id: string;
  severity?: 'refused' | 'finding' | 'info' | undefined;
  after: number;
  limit: number;
}

const SEVERITIES = ['refused', 'finding', 'info'] as const;
/** `after` names a severity's turn and, below this, the number of a row in it. */
const TURN = 2 ** 40;

/** A page of an import's report, by severity, refused rows first. NOT_FOUND. */
export async function report(
  context: FeatureContext,
  input: ReportInput,
): Promise<{ rows: ReportRow[]; next_after: number | null }> {
  const job = await jobsOf(context).get(input.job_id);
  if (job?.kind !== 'import') throw new DeskError('NOT_FOUND', 'There is no such import.', { job_id: input.job_id });
  const severities = input.severity === undefined ? SEVERITIES : [input.severity];
  const rows: ReportRow[] = [];
  let turn = Math.floor(input.after / TURN);
  let after = input.after % TURN;
  for (; turn < severities.length; turn += 1, after = 0) {
    const query = {
      jobId: input.job_id,
      severity: severities[turn] ?? '',
      after,
      limit: input.limit - rows.length + 1,
    };
    for (const entry of await context.store.report(query)) {
      if (rows.length === input.limit) return { rows, next_after: turn * TURN + after };
      rows.push({ ...findingOf(entry), n: entry.n, text: entry.text });
      after = entry.n;
    }
  }
  return { rows, next_after: null };
}

/** How many records an export would have now. */
export function preview(context: FeatureContext, input: ExportQuery): Promise<{ records: number; exact: boolean }> {
  return context.store.countRange(rangeOf(input, context.clock.now()));
}

interface ExportInput {
  by: string;
  idempotency_key: string;
  query: ExportQuery;
  target: string;
  previous?: string | undefined;
  /** The job of an earlier export. */
  continues?: string | undefined;
}

/**
 * Starts an export to a staged target as a job; its key is the job's id. NOT_FOUND for what is not staged; INVALID_INPUT
 * for options that the format does not have.
 */
export async function startExport(context: FeatureContext, input: ExportInput): Promise<{ job_id: string }> {
  const jobs = jobsOf(context);
  const { query, by } = input;
  refuseMisfits(input);
  const files = filesMeant(() => [
    context.staging.target(input.target),
    ...(input.previous === undefined ? [] : [context.staging.source(input.previous)]),
  ]);
  const meaning = { ...input, target: files, previous: undefined };
  const inputHash = deskWrite(context, 'transfer.export', input, meaning).inputHash;
  const again = await jobs.again(input.idempotency_key, files === null ? null : inputHash);
  if (again !== null) return again;
  const target = context.staging.target(input.target);
  const previous = await previousHead(context, input);
  return jobs.start({
    jobId: input.idempotency_key,
    inputHash,
    kind: 'export',
    title: titleOf('Export', [target.name]),
    tenant: query.tenant,
    run: (handle) => runExport(context, { query, target, by, previous }, handle),
  });
}

/** What a format would pass over in silence is refused: somebody counts on it. */
function refuseMisfits({ query, previous, continues }: ExportInput): void {
  const { format, evidence, redact = [] } = query;
  const continued = previous !== undefined || continues !== undefined;
  const misfit =
    (continued && format !== 'bundle' && 'A previous checkpoint') ||
    (evidence !== undefined && format !== 'bundle' && 'The choice of evidence') ||
    (redact.length > 0 && format !== 'bundle' && format !== 'pdf' && 'Leaving fields out');
  if (misfit !== false) throw misfits(`${misfit} is not for the format ${format}.`);
  if (previous !== undefined && continues !== undefined) throw misfits('A bundle goes on from one checkpoint only.');
  if (format !== 'bundle' || evidence === 'hashes') return;
  // The agent's side says both in its own bytes.
  if (redact.includes('escalation_id'))
    throw misfits('The evidence names the escalations: leave their ids out together with its bytes.');
  if (redact.includes('explanation'))
    throw misfits('The evidence holds the explanations: leave them out together with its bytes.');
}

function misfits(why: string): DeskError {
  return new DeskError('INVALID_INPUT', `${why} Nothing was started.`, {});
}

/**
 * What a call means by its staged files, whatever they are staged as this time: their paths, and of an upload its
 * name. Null where they are staged no longer: then a second call can only mean the first.
 */
function filesMeant(staged: () => readonly StagedFile[]): string[] | null {
  try {
    return staged().map(({ path, name, temporary }) => (temporary ? name : path));
  } catch (error) {
    if (error instanceof DeskError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function titleOf(what: string, names: readonly string[]): string {
  const [first = '', ...rest] = names;
  return rest.length === 0 ? `${what}: ${first}` : `${what}: ${first} and ${rest.length} more`;
}
