import type { MeasuredName } from './options.ts';

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
}

/** One line of the bench (docs/performance.md): `ratio` is of the medians, less is better whatever the unit. */
export interface Measurement {
  readonly name: MeasuredName;
  readonly n: number;
  readonly unit: 'ms' | 'records/s' | 'packets/s';
  readonly ours: Quantiles;
  readonly bare: Quantiles;
  readonly ratio: number;
}

/** How long each round took on either side, in milliseconds. */
export interface Rounds {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

/** Does round after round on both sides, first the one and then the other in turns, and times each. */
export async function alternate(
  rounds: number,
  ours: (round: number) => Promise<unknown> | unknown,
  bare: (round: number) => Promise<unknown> | unknown,
): Promise<Rounds> {
  const taken = { ours: [] as number[], bare: [] as number[] };
  const runOurs = async (round: number) => taken.ours.push(await timed(() => ours(round)));
  const runBare = async (round: number) => taken.bare.push(await timed(() => bare(round)));
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes second finds warmer caches: neither side always does.
    const turns = round % 2 === 0 ? [runOurs, runBare] : [runBare, runOurs];
    for (const turn of turns) await turn(round);
  }
  return taken;
}

/** How many milliseconds the work took. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now();
  const done = work();
  // An answer that is there already is not made to wait for the event loop.
  if (done instanceof Promise) await done;
  return performance.now() - began;
}

/** Of one operation a round. */
export function durations(name: MeasuredName, n: number, rounds: Rounds): Measurement {
  const [ours, bare] = [quantiles(rounds.ours), quantiles(rounds.bare)];
  return { name, n, unit: 'ms', ours: rounded(ours), bare: rounded(bare), ratio: significant(ours.p50 / bare.p50) };
}

/** Of rounds that each pass all `n` records: records a second, where p95 is the rate that the slow rounds still have. */
export function rates(
  name: MeasuredName,
  n: number,
  rounds: Rounds,
  unit: 'records/s' | 'packets/s' = 'records/s',
): Measurement {
  const rate = (taken: readonly number[]) => {
    const { p50, p95 } = quantiles(taken);
    return { p50: (n * 1000) / p50, p95: (n * 1000) / p95 };
  };
  const [ours, bare] = [rate(rounds.ours), rate(rounds.bare)];
  return {
    name,
    n,
    unit,
    ours: rounded(ours),
    bare: rounded(bare),
    ratio: significant(bare.p50 / ours.p50),
  };
}

/** The smallest value that half, and that 95 in 100, of the values do not exceed (nearest rank). */
export function quantiles(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50: rank(0.5), p95: rank(0.95) };
}

function rounded({ p50, p95 }: Quantiles): Quantiles {
  return { p50: significant(p50), p95: significant(p95) };
}

/** Four significant digits: more would be noise. */
function significant(value: number): number {
  return Number(value.toPrecision(4));
}
