import { parentPort, workerData } from 'node:worker_threads';
import type { CaseResult } from './area.ts';
import { AREAS, type AreaName } from './areas.ts';

/** What the worker is started with; it writes the seed it is at into `progress`, for one who watches. */
export interface WorkerOrder {
  readonly area: AreaName;
  readonly first: number;
  readonly end: number;
  readonly progress: Float64Array<SharedArrayBuffer>;
}

/** What it says: a case with a fault at once, and at the end how many came out how. */
export type WorkerWord =
  | { readonly kind: 'fault'; readonly result: CaseResult }
  | { readonly kind: 'tally'; readonly outcomes: Record<string, number>; readonly failed: Record<string, number> };

const { area, first, end, progress } = workerData as WorkerOrder;
const { run } = AREAS[area]();
const outcomes: Record<string, number> = {};
const failed: Record<string, number> = {};
for (let seed = first; seed < end; seed += 1) {
  progress[0] = seed;
  const result = run(seed);
  outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
  if (result.failed !== null) failed[result.failed] = (failed[result.failed] ?? 0) + 1;
  if (result.fault !== null) parentPort?.postMessage({ kind: 'fault', result } satisfies WorkerWord);
}
parentPort?.postMessage({ kind: 'tally', outcomes, failed } satisfies WorkerWord);
