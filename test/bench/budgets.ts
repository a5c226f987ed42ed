import type { Measurement } from './measure.ts';
import type { MeasuredName } from './options.ts';

export interface Budget {
  readonly says: string;
  kept(measured: Pick<Measurement, 'ours' | 'ratio'>): boolean;
}

/** What each area may take, at any number of records (docs/performance.md). */
export const BUDGETS: Readonly<Record<MeasuredName, Budget>> = {
  import: atMostTimes(2),
  export: atMostTimes(2),
  'first-page': within('p95', 10),
  'deep-page': within('p95', 10),
  search: within('p95', 50),
  counts: within('p95', 10),
  open: within('p95', 100),
  record: atMostTimes(1.5),
  resolve: atMostTimes(1.5),
  start: within('p95', 1000),
  'evidence-2k': told(),
  'evidence-1m-json': atMostTimes(15),
  'evidence-1m-payload': atMostTimes(2),
  'evidence-1m-magpie': atMostTimes(2),
  'open-with-verdicts': within('p95', 100),
  'verify-job': told(),
  'page-while-verifying': within('p95', 50),
  'audit-proof': within('p95', 5),
  'audit-verify': atMostTimes(3),
  'audit-verify-leaves': told(),
  'audit-bundle': atMostTimes(2),
  'audit-bundle-stored': told(),
  'audit-decision': atMostTimes(1.5),
};

function atMostTimes(ratio: number): Budget {
  return { says: `ratio ${ratio}`, kept: (measured) => measured.ratio <= ratio };
}

/** Measured to be seen; nothing was promised of it. */
function told(): Budget {
  return { says: 'none', kept: () => true };
}

function within(quantile: 'p50' | 'p95', ms: number): Budget {
  return { says: `${quantile} ${ms} ms`, kept: ({ ours }) => ours[quantile] <= ms };
}
