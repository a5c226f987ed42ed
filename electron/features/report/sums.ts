import type { ReportNumbers, Tally } from '../../../shared/contract/report.ts';
import type { DecidedRow } from '../../store/ledger-store.ts';
import { Names } from './names.ts';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
/** The steps of the time to decide, in seconds; what takes longer is the last one. */
const BELOW_S = [MINUTE_S, 5 * MINUTE_S, 15 * MINUTE_S, HOUR_S, 4 * HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S] as const;

/** A day of the period and the instant at which it ends, epoch milliseconds. */
export interface PeriodDay {
  readonly day: string;
  readonly endMs: number;
}

interface CheckCounts {
  overridden: number;
  accepted: number;
}

/** What a report counts, row by row; rows come in the order of their decisions. */
export class Sums {
  readonly #days: readonly (PeriodDay & { n: Tally })[];
  readonly #decisions = none();
  readonly #reviewers = new Names(none);
  readonly #reasons = new Names(none);
  readonly #steps = [...BELOW_S, null].map((below_s) => ({ below_s, n: none() }));
  readonly #unknownTime = none();
  readonly #checks = new Names<CheckCounts>(() => ({ overridden: 0, accepted: 0 }));
  readonly #deadlines = { in_time: none(), late: none(), none: none() };
  readonly #evidence = { verified: none(), failed: none(), unchecked: none(), none: none() };
  #overriding = 0;
  #open = 0;
  #at = 0;

  constructor(days: readonly PeriodDay[]) {
    this.#days = days.map((day) => ({ ...day, n: none() }));
  }

  /** Days that are counted whole. */
  get daysDone(): number {
    return this.#at;
  }

  get found(): number {
    return totalOf(this.#decisions);
  }

  add(row: DecidedRow): void {
    const { outcome } = row;
    this.#decisions[outcome] += 1;
    this.#dayOf(row.decidedMs).n[outcome] += 1;
    this.#reviewers.of(row.reviewer)[outcome] += 1;
    this.#reasons.of(row.reasonCode)[outcome] += 1;
    this.#timeOf(row)[outcome] += 1;
    this.#deadlines[standing(row)][outcome] += 1;
    this.#evidence[row.verdict ?? 'none'][outcome] += 1;
    this.#addChecks(row);
  }

  addOpen(n: number): void {
    this.#open += n;
  }

  numbers(): ReportNumbers {
    return {
      decisions: this.#decisions,
      days: this.#days.map(({ day, n }) => ({ day, n })),
      reviewers: this.#reviewers.listed(totalOf),
      reasons: this.#reasons.listed(totalOf),
      time: { steps: this.#steps, unknown: this.#unknownTime },
      overrides: {
        decisions: this.#overriding,
        checks: this.#checks.listed(({ overridden, accepted }) => overridden * 2 ** 26 + accepted),
      },
      deadlines: { ...this.#deadlines, open: this.#open },
      evidence: this.#evidence,
    };
  }

  #dayOf(ms: number): { n: Tally } {
    for (;;) {
      const day = this.#days[this.#at];
      if (day === undefined) throw new Error('A decision lies outside of the period that was asked for.');
      if (ms < day.endMs) return day;
      this.#at += 1;
    }
  }

  #timeOf({ decidedMs, escalatedMs }: DecidedRow): Tally {
    // A clock that was set back between the two says nothing of how long it took.
    if (escalatedMs === null || decidedMs < escalatedMs) return this.#unknownTime;
    const seconds = (decidedMs - escalatedMs) / 1000;
    const step = this.#steps.find(({ below_s }) => below_s === null || seconds < below_s);
    return step?.n ?? this.#unknownTime;
  }

  #addChecks({ overrides, acceptedUnchecked }: DecidedRow): void {
    if (overrides.length > 0) this.#overriding += 1;
    for (const check of new Set(overrides)) this.#checks.of(check).overridden += 1;
    for (const check of new Set(acceptedUnchecked)) this.#checks.of(check).accepted += 1;
  }
}

/** All decisions of a tally. */
export function totalOf({ approved, rejected, withdrawn, expired, unknown }: Tally): number {
  return approved + rejected + withdrawn + expired + unknown;
}

function none(): Tally {
  return { approved: 0, rejected: 0, withdrawn: 0, expired: 0, unknown: 0 };
}

function standing({ decidedMs, deadlineMs }: DecidedRow): 'in_time' | 'late' | 'none' {
  if (deadlineMs === null) return 'none';
  return decidedMs > deadlineMs ? 'late' : 'in_time';
}
