import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { ExportQuery, Manifest } from '../../../shared/contract/transfer.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import {
  asTargetFault,
  createPrivateFile,
  HashedFile,
  isThere,
  partialPath,
  putInPlace,
  type WrittenFile,
} from '../../gateways/files/sealed-file.ts';
import { TEXT_FORMATS, type TextFormat } from '../../gateways/files/text-formats.ts';
import { VexDatabase } from '../../gateways/files/vex-database.ts';
import type { FeatureContext, StagedTarget } from '../context.ts';
import type { JobHandle, JobOutcome } from '../job/jobs.ts';
import { sha256Hex } from '../writing.ts';
import { rangeOf } from './export-range.ts';

export interface ExportOrder {
  readonly query: ExportQuery;
  readonly target: StagedTarget;
  /** The profile that exports. */
  readonly by: string;
}

interface Written extends WrittenFile {
  readonly records: number;
}

/**
 * Writes an export to a temporary file beside its target, makes it durable, puts it in its place, and its manifest
 * after it (`FILE.manifest.json`). Cancelled or failed, nothing is left behind. ALREADY_EXISTS; INVALID_INPUT or
 * LIMIT_EXCEEDED where nothing can be written.
 */
export async function runExport(context: FeatureContext, order: ExportOrder, handle: JobHandle): Promise<JobOutcome> {
  const { target } = order;
  const manifestPath = `${target.path}.manifest.json`;
  if (!target.force && (await isThere(manifestPath))) throw manifestThere(target.name);
  const partial = partialPath(target.path);
  const partialManifest = partialPath(manifestPath);
  try {
    const written = await new ExportRun(context, order, handle).write(partial);
    if (written === null) return { cancelled: true, result: {} };
    const manifest = manifestOf(context, order, written);
    const file = await HashedFile.create(partialManifest);
    await file.write(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.end();
    await putInPlace(partial, target.path, target.force);
    await putInPlace(partialManifest, manifestPath, target.force);
    await tell(context, order, handle, written);
    return { cancelled: false, result: { manifest } };
  } catch (error) {
    throw asTargetFault(error, target.name);
  } finally {
    await rm(partial, { force: true });
    await rm(partialManifest, { force: true });
  }
}

class ExportRun {
  private readonly context: FeatureContext;
  private readonly query: ExportQuery;
  private readonly handle: JobHandle;

  constructor(context: FeatureContext, order: ExportOrder, handle: JobHandle) {
    this.context = context;
    this.query = order.query;
    this.handle = handle;
  }

  /** Null when it was cancelled. */
  write(path: string): Promise<Written | null> {
    const { format } = this.query;
    return format === 'vex-db' ? this.writeDatabase(path) : this.writeText(path, TEXT_FORMATS[format]);
  }

  private async writeText(path: string, format: TextFormat): Promise<Written | null> {
    const file = await HashedFile.create(path);
    const bytesOf = (sha256: string) => this.evidence(sha256);
    let records = 0;
    try {
      await file.write(format.head);
      for await (const batch of this.batches()) {
        for (const { escalation } of batch) {
          if (records > 0 && format.between !== '') await file.write(format.between);
          await file.write(await format.record(escalation, bytesOf));
          records += 1;
        }
      }
      await file.write(format.tail);
      const written = await file.end();
      return this.handle.signal.aborted ? null : { ...written, records };
    } catch (error) {
      await file.abandon();
      throw error;
    }
  }

  private async writeDatabase(path: string): Promise<Written | null> {
    const { tenant } = this.query;
    await createPrivateFile(path);
    const database = new VexDatabase(path, tenant, this.context.clock.now());
    try {
      for await (const batch of this.batches()) {
        for (const { escalation } of batch) database.addRecord(escalation.record);
      }
      for await (const rows of this.context.store.sourceRows(tenant)) {
        if (this.handle.signal.aborted) break;
        for (const row of rows) database.addSourceRow(row);
      }
      database.finish();
    } catch (error) {
      database.abandon();
      throw error;
    }
    return this.handle.signal.aborted ? null : { ...(await digestOf(path)), records: database.records };
  }

  /** The records of the query in batches, until it is cancelled. */
  private async *batches() {
    const range = rangeOf(this.query, this.context.clock.now());
    const { records, exact } = await this.context.store.countRange(range);
    const total = exact ? records : null;
    let done = 0;
    this.handle.progress(done, total, 'records');
    for await (const batch of this.context.store.exportBatches(range)) {
      if (this.handle.signal.aborted) return;
      yield batch;
      done += batch.length;
      this.handle.progress(done, total, 'records');
    }
  }

  private async evidence(sha256: string): Promise<Uint8Array> {
    const bytes = await this.context.store.evidenceBytes(this.query.tenant, sha256);
    if (bytes !== null) return bytes;
    throw new DeskError(
      'INTEGRITY_FAILED',
      'Evidence that the ledger names is not in the store. Nothing was exported.',
      {
        sha256,
      },
    );
  }
}

async function digestOf(path: string): Promise<WrittenFile> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { sha256: hash.digest('hex'), bytes: (await stat(path)).size };
}

function manifestOf(context: FeatureContext, { query, target }: ExportOrder, written: Written): Manifest {
  const { sha256, bytes, records } = written;
  return {
    file: target.name,
    sha256,
    bytes,
    records,
    query: context.sample ? { ...query, sample: true } : query,
    generator: `vex-review-desk ${context.version}`,
  };
}

/** An export left the desk: the tenant's ledger says so. */
async function tell(context: FeatureContext, order: ExportOrder, handle: JobHandle, written: Written): Promise<void> {
  const idempotencyKey = context.ids.uuid();
  const inputHash = sha256Hex(Buffer.from(idempotencyKey));
  const { tenant } = order.query;
  const write = { tenant, by: order.by, idempotencyKey, inputHash, now: context.clock.now() };
  const counts = { records: written.records };
  await context.store.recordTransfer(write, { kind: 'export', jobId: handle.jobId, counts, sha256: written.sha256 });
  context.changed();
}

function manifestThere(name: string): DeskError {
  const message =
    'A manifest of that name is there already. Nothing was written. Choose another name, or allow to replace it.';
  return new DeskError('ALREADY_EXISTS', message, { file: `${name}.manifest.json` });
}
