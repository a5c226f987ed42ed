import type { ImportResult } from '../../../../shared/contract/transfer.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { describeImportCode } from '../../../../shared/domain/import-codes.ts';
import type { ReaderBatch, ReaderBundle, ReaderRecord } from '../../../gateways/files/reader-protocol.ts';
import type { RecordOutcome, ReportEntry, Write } from '../../../store/ledger-store.ts';
import type { FeatureContext, StagedFile } from '../../context.ts';
import { startVerifyWhereDue } from '../../evidence/verify-job.ts';
import type { JobHandle, JobOutcome } from '../../job/jobs.ts';
import { unaskedWrite } from '../../writing.ts';
import { importBundle } from './bundle/import-bundle.ts';
import { ImportFindings } from './import-findings.ts';
import { ImportTally } from './import-tally.ts';
import { withCheckedDecision } from './imported-decision.ts';
import { placePacket } from './loose-packets.ts';
import type { ReaderWork } from './reader-inbox.ts';
import { readForeign } from './reader-session.ts';

export interface ImportOrder {
  readonly sources: readonly StagedFile[];
  /** Only these tenants; empty: all that the files name. */
  readonly tenants: readonly string[];
  readonly dryRun: boolean;
  /** The profile that imports. */
  readonly by: string;
}

/**
 * Imports files into the ledger, batch by batch: each is one transaction, so that what is in stays in however the
 * import ends, and importing again goes on. Errors as `readForeign` and the store.
 */
export async function runImport(context: FeatureContext, order: ImportOrder, handle: JobHandle): Promise<JobOutcome> {
  const run = new ImportRun(context, order, handle);
  let failure: DeskError | undefined;
  try {
    const sources = order.sources.map(({ path, name }) => ({ path, name }));
    for await (const work of readForeign(context, { sources, tenants: order.tenants }, handle.signal)) {
      await run.take(work);
    }
  } catch (cause) {
    // A store that takes no more takes no word of this import either.
    if (!(cause instanceof DeskError) || cause.code.startsWith('STORE_')) throw cause;
    failure = cause;
  } finally {
    await run.close();
  }
  await run.finish();
  const result = { import_result: run.result() };
  return { cancelled: handle.signal.aborted, result, ...(failure === undefined ? {} : { failure }) };
}

class ImportRun {
  private readonly context: FeatureContext;
  private readonly order: ImportOrder;
  private readonly handle: JobHandle;
  private readonly findings: ImportFindings;
  private readonly tally = new ImportTally();
  private refused = 0;
  private readonly rows: Record<string, number> = {};
  private readonly tenants = new Set<string>();

  constructor(context: FeatureContext, order: ImportOrder, handle: JobHandle) {
    this.context = context;
    this.order = order;
    this.handle = handle;
    this.findings = new ImportFindings(context, handle.jobId);
  }

  async take(work: ReaderWork): Promise<void> {
    if (work.type === 'progress') return this.handle.progress(work.done, work.total, work.unit);
    if (work.type === 'findings') return this.findings.add(work.findings);
    if (work.type === 'batch') return this.takeBatch(work);
    if (work.type === 'packet') return this.findings.add(await this.takePacket(work));
    if (work.type === 'bundle') return this.takeBundle(work);
    this.refused += work.refused;
    for (const [kind, count] of Object.entries(work.rows)) this.rows[kind] = (this.rows[kind] ?? 0) + count;
    for (const tenant of work.tenants) this.tenants.add(tenant);
  }

  /** Tells the ledger of each tenant what this import did in it, and has what came in verified. */
  async finish(): Promise<void> {
    if (this.order.dryRun) return;
    const touched = [...this.tally.byTenant()];
    for (const [tenant, counts] of touched) {
      const transfer = { kind: 'import', jobId: this.handle.jobId, counts: { ...counts } } as const;
      await this.context.store.recordTransfer(this.write(tenant), transfer);
    }
    this.context.changed();
    await this.verify(touched.map(([tenant]) => tenant));
  }

  /** Jobs of their own, which are there before the import says that it has ended. */
  private async verify(tenants: readonly string[]): Promise<void> {
    try {
      for (const tenant of tenants) await startVerifyWhereDue(this.context, tenant);
    } catch (error) {
      // It is in all the same; what is not verified now is when it is opened, or at a turn of the timers.
      const code = error instanceof DeskError ? error.code : 'INTERNAL';
      this.context.log(`what was imported is not verified yet: ${code}`);
    }
  }

  async close(): Promise<void> {
    await this.findings.close();
  }

  result(): ImportResult {
    const { first, total, file } = this.findings;
    return {
      ...this.tally.summary(this.refused, this.rows),
      findings: first,
      findings_total: total,
      ...(file === undefined ? {} : { findings_file: file }),
      tenants: [...this.tenants],
      unattached: this.tally.unattached,
      dry_run: this.order.dryRun,
    };
  }

  private async takeBatch({ tenant, records, sourceRows }: ReaderBatch): Promise<void> {
    const checked = records.map(withCheckedDecision);
    const outcomes = await this.context.store.recordBatch({
      ...this.write(tenant),
      rows: checked.map(({ row }) => row),
      sourceRows,
      unattached: [],
      jobId: this.handle.jobId,
      dryRun: this.order.dryRun,
    });
    for (const outcome of outcomes) this.tally.add(tenant, outcome);
    const found = records.map((record, i) => [
      ...(checked[i]?.findings ?? []),
      ...outcomeFindings(record, outcomes[i]),
    ]);
    await this.findings.add(found.flat());
    if (!this.order.dryRun) this.context.changed();
  }

  private takeBundle(file: ReaderBundle): Promise<void> {
    const { sources, tenants } = this.order;
    const { signal } = this.handle;
    const progress = this.handle.progress.bind(this.handle);
    return importBundle(this.context, { file, sources, tenants, signal, progress }, (work) => this.take(work));
  }

  private takePacket(packet: Extract<ReaderWork, { type: 'packet' }>): Promise<ReportEntry[]> {
    const { handle, order } = this;
    const write = (tenant: string) => this.write(tenant);
    const tenants = order.tenants.length > 0 ? packet.tenants : [...new Set([...packet.tenants, ...this.tenants])];
    return placePacket(this.context, { ...packet, tenants }, this.tally, {
      write,
      jobId: handle.jobId,
      dryRun: order.dryRun,
    });
  }

  /** Each step is its own call: a step is never sent twice, so that its key only has to be new. */
  private write(tenant: string): Write {
    return unaskedWrite(this.context, tenant, this.order.by);
  }
}

/** What the store found out about a record: decided on both sides, or an id that is used again. */
function outcomeFindings(record: ReaderRecord, outcome: RecordOutcome | undefined): ReportEntry[] {
  if (outcome === undefined) return [];
  const { source, locator, row } = record;
  const place = { source, locator, escalationId: row.record.escalation_id, text: null };
  return [
    ...(outcome.result === 'conflict' ? [{ ...place, ...describeImportCode('CONFLICT') }] : []),
    ...(outcome.idReused ? [{ ...place, ...describeImportCode('ID_REUSED') }] : []),
  ];
}
