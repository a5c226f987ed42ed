import { rm } from 'node:fs/promises';
import type { Manifest } from '../../../shared/contract/transfer.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { asTargetFault, HashedFile, isThere, partialPath, putInPlace } from '../../gateways/files/sealed-file.ts';
import type { FeatureContext } from '../context.ts';
import type { JobHandle, JobOutcome } from '../job/jobs.ts';
import { unaskedWrite } from '../writing.ts';
import { exportBundle } from './export-bundle.ts';
import { exportDatabase } from './export-database.ts';
import { exportReport } from './export-report.ts';
import { Cancelled, type ExportOrder, ExportRun, headOf, type Written } from './export-run.ts';
import { exportText } from './export-text.ts';

/**
 * Writes an export to a temporary file beside its target, makes it durable, puts it in its place, and its manifest
 * after it (`FILE.manifest.json`). Cancelled or failed, nothing is left behind. ALREADY_EXISTS; INVALID_INPUT or
 * LIMIT_EXCEEDED where nothing can be written; INTEGRITY_FAILED for a bundle or report of a log that cannot be signed.
 */
export async function runExport(context: FeatureContext, order: ExportOrder, handle: JobHandle): Promise<JobOutcome> {
  const { target } = order;
  const manifestPath = `${target.path}.manifest.json`;
  if (!target.force && (await isThere(manifestPath))) throw manifestThere(target.name);
  const partial = partialPath(target.path);
  const partialManifest = partialPath(manifestPath);
  try {
    const written = await write(new ExportRun(context, order, handle), partial);
    const manifest = manifestOf(context, order, written);
    const file = await HashedFile.create(partialManifest);
    await file.write(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.end();
    await putInPlace(partial, target.path, target.force);
    await putInPlace(partialManifest, manifestPath, target.force);
    await tell(context, order, handle, written);
    return { cancelled: false, result: { manifest } };
  } catch (error) {
    if (error instanceof Cancelled) return { cancelled: true, result: {} };
    throw asTargetFault(error, target.name);
  } finally {
    await rm(partial, { force: true });
    await rm(partialManifest, { force: true });
  }
}

function write(run: ExportRun, path: string): Promise<Written> {
  const { format } = run.query;
  if (format === 'vex-db') return exportDatabase(run, path);
  if (format === 'bundle') return exportBundle(run, path);
  if (format === 'pdf') return exportReport(run, path);
  return exportText(run, path, format);
}

function manifestOf(context: FeatureContext, { query, target }: ExportOrder, written: Written): Manifest {
  const { sha256, bytes, records, checkpoint } = written;
  return {
    file: target.name,
    sha256,
    bytes,
    records,
    query: context.sample ? { ...query, sample: true } : query,
    generator: `vex-review-desk ${context.version}`,
    ...(checkpoint === null ? {} : { checkpoint: headOf(checkpoint) }),
  };
}

/** An export left the desk: the tenant's ledger says so. */
async function tell(context: FeatureContext, order: ExportOrder, handle: JobHandle, written: Written): Promise<void> {
  const write = unaskedWrite(context, order.query.tenant, order.by);
  const counts = { records: written.records };
  await context.store.recordTransfer(write, { kind: 'export', jobId: handle.jobId, counts, sha256: written.sha256 });
  context.changed();
}

function manifestThere(name: string): DeskError {
  const message =
    'A manifest of that name is there already. Nothing was written. Choose another name, or allow to replace it.';
  return new DeskError('ALREADY_EXISTS', message, { file: `${name}.manifest.json` });
}
