import { DeskError } from '../../shared/domain/errors.ts';
import type { FeatureContext } from './context.ts';

/** A call begins no step after this, so that others are answered meanwhile and it is never a slow one itself. */
const SLICE_MS = 25;
/** So many runs are kept, the one that was asked for last the longest. */
const KEPT = 8;

/** A count on its way, made in many calls. */
interface Run {
  readonly id: string;
  readonly tenant: string;
  /** Counts the next rows; false when there are none left. */
  step(): Promise<boolean>;
}

/** The runs of one kind that a desk keeps between calls, on each of its ledgers. */
export class KeptRuns<R extends Run> {
  private readonly byContext = new WeakMap<FeatureContext, Map<string, R>>();

  keep(context: FeatureContext, run: R): R {
    const runs = this.byContext.get(context) ?? new Map<string, R>();
    this.byContext.set(context, runs);
    runs.delete(run.id);
    runs.set(run.id, run);
    for (const oldest of [...runs.keys()].slice(0, -KEPT)) runs.delete(oldest);
    return run;
  }

  /** The tenant's run; it is kept the longest from now on. NOT_FOUND. */
  find(context: FeatureContext, id: string, tenant: string): R {
    const run = this.byContext.get(context)?.get(id);
    if (run?.tenant === tenant) return this.keep(context, run);
    throw new DeskError('NOT_FOUND', 'This count is not kept any more. Count it again.', { run: id });
  }
}

/** Counts on for a short while. */
export async function countOn(context: FeatureContext, run: Run): Promise<void> {
  const until = context.clock.monotonic() + SLICE_MS;
  while ((await run.step()) && context.clock.monotonic() < until);
}
