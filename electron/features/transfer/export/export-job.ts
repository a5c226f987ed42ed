import type { Manifest } from '../../../../shared/contract/transfer.ts';
import { asTargetFault } from '../../../gateways/files/sealed-file.ts';
import type { FeatureContext } from '../../context.ts';
import type { JobHandle, JobOutcome } from '../../job/jobs.ts';
import { type Soundness, soundnessOf } from '../../log/soundness.ts';
import { unaskedWrite } from '../../writing.ts';
import { exportBundle } from './bundle/export-bundle.ts';
import { exportDatabase } from './export-database.ts';
import { ExportPlaces } from './export-places.ts';
import { Cancelled, type ExportOrder, ExportRun, headOf, type Written } from './export-run.ts';
import { exportText } from './export-text.ts';
import { exportReport } from './report/export-report.ts';
import { signManifest } from './sign-manifest.ts';

/**
 * Writes an export to a temporary file beside its target, makes it durable, puts it in its place, and after it its manifest
 * (`FILE.manifest.json`) and the desk's signature over both (`FILE.manifest.dsse.json`). Cancelled or failed, nothing is
 * left behind. ALREADY_EXISTS; INVALID_INPUT or LIMIT_EXCEEDED where nothing can be written; INTEGRITY_FAILED for a bundle
 * or report of a log that cannot be signed.
 */
export async function runExport(context: FeatureContext, order: ExportOrder, handle: JobHandle): Promise<JobOutcome> {
  const { target } = order;
  const places = new ExportPlaces(target);
  await places.refuseTaken();
  try {
    const run = new ExportRun(context, order, handle);
    const written = await write(run, places.partial);
    const manifest = manifestOf(context, order, written, await soundnessOf(context, order.query.tenant));
    const manifestSha256 = await places.writeManifest(`${JSON.stringify(manifest, null, 2)}\n`);
    await places.writeStatement(await signManifest(context, order, manifest, manifestSha256));
    run.stopIfCancelled();
    await places.put();
    await tell(context, order, handle, { ...written, manifestSha256 });
    return { cancelled: false, result: { manifest } };
  } catch (error) {
    if (error instanceof Cancelled) return { cancelled: true, result: {} };
    throw asTargetFault(error, target.name);
  } finally {
    await places.clear();
  }
}

function write(run: ExportRun, path: string): Promise<Written> {
  const { format } = run.query;
  if (format === 'vex-db') return exportDatabase(run, path);
  if (format === 'bundle') return exportBundle(run, path);
  if (format === 'pdf') return exportReport(run, path);
  return exportText(run, path, format);
}

function manifestOf(
  context: FeatureContext,
  { query, target }: ExportOrder,
  written: Written,
  log: Soundness,
): Manifest {
  const { sha256, bytes, records, checkpoint } = written;
  return {
    file: target.name,
    sha256,
    bytes,
    records,
    query: { ...query, ...(context.sample ? { sample: true } : {}), ...(log === 'sound' ? {} : { log }) },
    generator: `vex-review-desk ${context.version}`,
    ...(checkpoint === null ? {} : { checkpoint: headOf(checkpoint) }),
  };
}

/** An export left the desk: the tenant's ledger says so. */
async function tell(
  context: FeatureContext,
  order: ExportOrder,
  { jobId }: JobHandle,
  { records, sha256, manifestSha256 }: Written & { manifestSha256: string },
): Promise<void> {
  const write = unaskedWrite(context, order.query.tenant, order.by);
  await context.store.recordTransfer(write, { kind: 'export', jobId, counts: { records }, sha256, manifestSha256 });
  context.changed();
}
