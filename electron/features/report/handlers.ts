import type { ReportFormat, ReportPeriod, ReportProgress } from '../../../shared/contract/report.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { reportCsv } from '../../gateways/files/report-csv.ts';
import type { FeatureContext } from '../context.ts';
import { countOn, KeptRuns } from '../kept-runs.ts';
import { onceHere } from '../keys/once-here.ts';
import { writeTarget } from '../keys/write-target.ts';
import { sha256Hex, tenantWrite } from '../writing.ts';
import { ReportRun } from './run.ts';
import { totalOf } from './sums.ts';

const runs = new KeptRuns<ReportRun>();

/** Counts on for a short while. NOT_FOUND: a tenant, or a report that is not kept any more. */
export async function read(
  context: FeatureContext,
  { run: id, ...period }: ReportPeriod & { run?: string | undefined },
): Promise<ReportProgress> {
  const run = id === undefined ? await begin(context, period) : runs.find(context, id, period.tenant);
  await countOn(context, run);
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
  const { counted } = runs.find(context, input.run, input.tenant);
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
  return runs.keep(context, new ReportRun(context, context.ids.uuid(), period, head));
}
