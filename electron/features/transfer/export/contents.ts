import type { ContentsProgress, ExportContents, ExportQuery } from '../../../../shared/contract/transfer.ts';
import type { ContentRow } from '../../../store/ledger-store.ts';
import type { FeatureContext } from '../../context.ts';
import { countOn, KeptRuns } from '../../kept-runs.ts';
import { rangeOf } from './export-range.ts';
import { NumberSet } from './number-set.ts';

const runs = new KeptRuns<ContentsRun>();

/** Counts on for a short while what an export would hold. NOT_FOUND: a tenant, or a run that is not kept any more. */
export async function contents(
  context: FeatureContext,
  { run: id, ...query }: ExportQuery & { run?: string | undefined },
): Promise<ContentsProgress> {
  const run = id === undefined ? await begin(context, query) : runs.find(context, id, query.tenant);
  await countOn(context, run);
  return run.progress();
}

async function begin(context: FeatureContext, query: ExportQuery): Promise<ContentsRun> {
  const now = context.clock.now();
  const all = await context.store.countRange({ tenant: query.tenant, status: 'all', now });
  const rows = context.store.contents(rangeOf(query, now));
  return runs.keep(context, new ContentsRun(context.ids.uuid(), query.tenant, all.records, rows));
}

/** One count on its way: sums, and a bit for each piece of evidence, so that what several records share counts once. */
class ContentsRun {
  readonly id: string;
  readonly tenant: string;
  readonly #all: number;
  readonly #rows: AsyncIterator<ContentRow[]>;
  readonly #pieces = new NumberSet();
  #done = false;
  #sums: Omit<ExportContents, 'left_out'> = {
    records: 0,
    outcomes: { approved: 0, rejected: 0, withdrawn: 0, expired: 0, came: 0, open: 0 },
    verdicts: { verified: 0, failed: 0, unchecked: 0, none: 0 },
    evidence: { pieces: 0, bytes: 0 },
    events: 0,
  };

  constructor(id: string, tenant: string, all: number, rows: AsyncIterable<ContentRow[]>) {
    this.id = id;
    this.tenant = tenant;
    this.#all = all;
    this.#rows = rows[Symbol.asyncIterator]();
  }

  async step(): Promise<boolean> {
    if (this.#done) return false;
    const { done, value } = await this.#rows.next();
    this.#done = done === true;
    for (const row of value ?? []) this.#add(row);
    return !this.#done;
  }

  progress(): ContentsProgress {
    const { records } = this.#sums;
    const left_out = Math.max(0, this.#all - records);
    return { run: this.id, found: records, contents: this.#done ? { ...this.#sums, left_out } : null };
  }

  #add({ outcome, verdict, events, evidence }: ContentRow): void {
    const sums = this.#sums;
    sums.records += 1;
    sums.events += events;
    // What is decided here has an outcome that is known.
    sums.outcomes[outcome === null ? 'open' : outcome === 'unknown' ? 'came' : outcome] += 1;
    sums.verdicts[verdict ?? 'none'] += 1;
    for (const { blob, bytes } of evidence) {
      if (!this.#pieces.add(blob)) continue;
      sums.evidence.pieces += 1;
      sums.evidence.bytes += bytes;
    }
  }
}
