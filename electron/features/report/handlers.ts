import type { ReportFormat, ReportPeriod, ReportProgress } from '../../../shared/contract/report.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { reportCsv } from '../../gateways/files/report-csv.ts';
import type { FeatureContext } from '../context.ts';
import { onceHere } from '../keys/once-here.ts';
import { writeTarget } from '../keys/write-target.ts';
import { sha256Hex, tenantWrite } from '../writing.ts';
import { ReportRun } from './run.ts';
import { totalOf } from './sums.ts';

/** A call begins no step after this, so that others are answered meanwhile and it is never a slow one itself. */
const SLICE_MS = 25;
/** So many reports are kept, the one that was asked for last the longest. */
const KEPT = 8;

const byContext = new WeakMap<FeatureContext, Map<string, ReportRun>>();

/** Counts on for a short while. NOT_FOUND: a tenant, or a report that is not kept any more. */
export async function read(
  context: FeatureContext,
  { run: id, ...period }: ReportPeriod & { run?: string | undefined },
): Promise<ReportProgress> {
  const run = id === undefined ? await begin(context, period) : find(context, id, period.tenant);
  const until = context.clock.monotonic() + SLICE_MS;
  while ((await run.step()) && context.clock.monotonic() < until);
  return run.progress();
}

interface ExportInput {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
  readonly run: string;
  readonly format: ReportFormat;
  readonly target: string;
}

/** Writes a counted report to a file, and says in the tenant's log that it left the desk. NOT_FOUND, ALREADY_EXISTS. */
export async function exportReport(
  context: FeatureContext,
  input: ExportInput,
): Promise<{ file: string; sha256: string; bytes: number }> {
  const target = context.staging.target(input.target);
  const { counted } = find(context, input.run, input.tenant);
  if (counted === null) throw new DeskError('CONFLICT', 'The report is still being counted. Nothing was written.');
  const bytes = input.format === 'json' ? counted.bytes : Buffer.from(reportCsv(counted.report, counted.sha256));
  const sha256 = sha256Hex(bytes);
  const write = tenantWrite(context, 'report.export', input);
  await onceHere(context, write, async () => {
    await writeTarget(target, Buffer.from(bytes).toString('utf8'));
    const counts = { decisions: totalOf(counted.report.numbers.decisions) };
    await context.store.recordTransfer(write, { kind: 'export', jobId: input.idempotency_key, counts, sha256 });
  });
  return { file: target.name, sha256, bytes: bytes.length };
}

async function begin(context: FeatureContext, period: ReportPeriod): Promise<ReportRun> {
  const head = await context.store.logHead(period.tenant);
  const run = new ReportRun(context, context.ids.uuid(), period, head);
  keep(context, run);
  return run;
}

function find(context: FeatureContext, id: string, tenant: string): ReportRun {
  const run = byContext.get(context)?.get(id);
  if (run === undefined || run.period.tenant !== tenant) {
    throw new DeskError('NOT_FOUND', 'This report is not kept any more. Count it again.', { run: id });
  }
  keep(context, run);
  return run;
}

function keep(context: FeatureContext, run: ReportRun): void {
  const runs = byContext.get(context) ?? new Map<string, ReportRun>();
  byContext.set(context, runs);
  runs.delete(run.id);
  runs.set(run.id, run);
  for (const oldest of [...runs.keys()].slice(0, -KEPT)) runs.delete(oldest);
}
