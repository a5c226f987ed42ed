import type { Report, ReportPeriod, ReportProgress } from '../../../shared/contract/report.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { addDays, daysBetween, startOfDay } from '../../../shared/domain/zone-days.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import type { DecidedRow, LedgerStore } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { sha256Hex } from '../writing.ts';
import { type PeriodDay, Sums } from './sums.ts';

type Head = Awaited<ReturnType<LedgerStore['logHead']>>;

/** A counted report: as RFC 8785 bytes, too, whose SHA-256 names it. */
export interface CountedReport {
  readonly report: Report;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** One report on its way: it is counted step by step, each from one snapshot, and keeps sums alone between them. */
export class ReportRun {
  readonly id: string;
  readonly period: ReportPeriod;
  readonly #context: FeatureContext;
  readonly #span: { fromMs: number; toMs: number };
  readonly #head: Head;
  readonly #now: number;
  readonly #sums: Sums;
  readonly #days: number;
  readonly #steps: AsyncIterator<void>;
  #counted: CountedReport | null = null;

  constructor(context: FeatureContext, id: string, period: ReportPeriod, head: Head) {
    const days = daysOf(period);
    this.id = id;
    this.period = period;
    this.#context = context;
    this.#head = head;
    this.#now = context.clock.now();
    this.#days = days.length;
    this.#span = { fromMs: startOfDay(period.from, period.zone), toMs: days.at(-1)?.endMs ?? 0 };
    this.#sums = new Sums(days);
    this.#steps = this.#count();
  }

  get tenant(): string {
    return this.period.tenant;
  }

  get counted(): CountedReport | null {
    return this.#counted;
  }

  /** Counts the next rows; false when there are none left. */
  async step(): Promise<boolean> {
    return (await this.#steps.next()).done !== true;
  }

  progress(): ReportProgress {
    const { report = null, sha256 = null } = this.#counted ?? {};
    const days = report === null ? this.#sums.daysDone : this.#days;
    return { run: this.id, days, of: this.#days, found: this.#sums.found, report, sha256 };
  }

  async *#count(): AsyncGenerator<void> {
    const { store } = this.#context;
    const { tenant } = this.period;
    for await (const batch of store.decided({ tenant, ...this.#span, now: this.#now })) {
      this.#add(batch);
      yield;
    }
    const past = { tenant, fromMs: this.#span.fromMs, toMs: Math.min(this.#span.toMs, this.#now) };
    for await (const found of store.overdue(past)) {
      this.#sums.addOpen(found);
      yield;
    }
    this.#finish(await store.logHead(tenant));
  }

  #add(batch: readonly DecidedRow[]): void {
    for (const row of batch) this.#sums.add(row);
  }

  #finish(head: Head): void {
    const { sample, version } = this.#context;
    const { fromMs, toMs } = this.#span;
    const report: Report = {
      ...this.period,
      span: { from: instantText(fromMs), to: instantText(toMs) },
      counted_at: instantText(this.#now),
      generator: `vex-review-desk ${version}`,
      sample,
      log: {
        size: String(this.#head.size),
        root: encodeHex(this.#head.root),
        meanwhile: head.size - this.#head.size,
      },
      numbers: this.#sums.numbers(),
    };
    const bytes = jcs(report);
    this.#counted = { report, bytes, sha256: sha256Hex(bytes) };
  }
}

function daysOf({ from, to, zone }: ReportPeriod): PeriodDay[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => ({
    day: addDays(from, n),
    endMs: startOfDay(addDays(from, n + 1), zone),
  }));
}
