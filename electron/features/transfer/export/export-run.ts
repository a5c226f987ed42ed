import type { ExportQuery, Manifest } from '../../../../shared/contract/transfer.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { encodeHex } from '../../../../shared/domain/hex.ts';
import type { WrittenFile } from '../../../gateways/files/sealed-file.ts';
import type { ExportedEscalation, StoredCheckpoint } from '../../../store/ledger-store.ts';
import type { FeatureContext, StagedTarget } from '../../context.ts';
import type { JobHandle } from '../../job/jobs.ts';
import { signCheckpoint } from '../../log/checkpoint.ts';
import { rangeOf } from './export-range.ts';

export interface ExportOrder {
  readonly query: ExportQuery;
  readonly target: StagedTarget;
  /** The profile that exports. */
  readonly by: string;
  /** Of a bundle: the signed head that its reader has from before. */
  readonly previous: Uint8Array | null;
  /** Of a bundle: the entry that its range begins with, where that is not the one after `previous`. */
  readonly begin?: number;
}

/** A file that was written, and the head of the log that goes with it. */
export interface Written extends WrittenFile {
  readonly records: number;
  readonly checkpoint: StoredCheckpoint | null;
}

/** A signed head as a manifest has it. */
export function headOf({ size, root, note }: StoredCheckpoint): NonNullable<Manifest['checkpoint']> {
  return { size: String(size), root: encodeHex(root), note };
}

/** Ends an export's streams where they are when its job is cancelled. */
export class Cancelled extends Error {}

/** What the writers of all formats work with: what was asked for, and streams that tell their progress. */
export class ExportRun {
  readonly context: FeatureContext;
  readonly order: ExportOrder;
  readonly query: ExportQuery;
  readonly tenant: string;
  private readonly handle: JobHandle;

  constructor(context: FeatureContext, order: ExportOrder, handle: JobHandle) {
    this.context = context;
    this.order = order;
    this.query = order.query;
    this.tenant = order.query.tenant;
    this.handle = handle;
  }

  /** To be called between steps. */
  stopIfCancelled(): void {
    if (this.handle.signal.aborted) throw new Cancelled();
  }

  progress(done: number, total: number | null, unit: string): void {
    this.stopIfCancelled();
    this.handle.progress(done, total, unit);
  }

  /** The records of the query in batches, in the order of recording. */
  async *batches({ statements = false } = {}): AsyncGenerator<ExportedEscalation[]> {
    const { store, clock } = this.context;
    const range = rangeOf(this.query, clock.now());
    const { records, exact } = await store.countRange(range);
    const total = exact ? records : null;
    let done = 0;
    this.progress(done, total, 'records');
    for await (const batch of store.exportBatches({ ...range, statements })) {
      this.stopIfCancelled();
      yield batch;
      done += batch.length;
      this.progress(done, total, 'records');
    }
    this.stopIfCancelled();
  }

  /** INTEGRITY_FAILED where the store has lost it. */
  async evidence(sha256: string): Promise<Uint8Array> {
    const bytes = await this.context.store.evidenceBytes(this.tenant, sha256);
    if (bytes !== null) return bytes;
    const message = 'Evidence that the ledger names is not in the store. Nothing was exported.';
    throw new DeskError('INTEGRITY_FAILED', message, { sha256 });
  }

  /** The log's head, signed since something leaves the desk. INTEGRITY_FAILED as `signCheckpoint`. */
  signHead(): Promise<StoredCheckpoint> {
    return signCheckpoint(this.context, { tenant: this.tenant, by: this.order.by });
  }

  /** The same for what can do without it: null, and said, where the head cannot be signed. */
  async signHeadIfPossible(): Promise<StoredCheckpoint | null> {
    try {
      return await this.signHead();
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      this.context.log(`an export has no checkpoint: ${error.code}`);
      return null;
    }
  }
}
