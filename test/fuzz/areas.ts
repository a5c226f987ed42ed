import type { FuzzArea } from './area.ts';
import { readCorpus } from './corpus.ts';
import { genuineOf } from './judge.ts';
import { makeLogs } from './proofs/logs.ts';
import { ProofCases } from './proofs/proof-cases.ts';
import { runCase } from './run-case.ts';

/** What can be fuzzed, by name; what costs something is made when it is asked for. */
export const AREAS = { evidence, proofs } as const satisfies Record<string, () => FuzzArea>;
export type AreaName = keyof typeof AREAS;

function evidence(): FuzzArea {
  const corpus = readCorpus();
  const genuine = genuineOf(corpus);
  return {
    run: (seed) => {
      const { verdict, ...result } = runCase(corpus, genuine, seed);
      return { ...result, outcome: verdict };
    },
  };
}

function proofs(): FuzzArea {
  const cases = new ProofCases(makeLogs());
  return { run: (seed) => cases.run(seed) };
}
