import type { RecordOutcome } from '../../ledger-store.ts';

const RESULTS = ['imported', 'updated', 'unchanged', 'conflict'] as const;

/** Outcomes of a batch in few bytes: an import keeps one answer for every thousand records. */
export function packOutcomes(outcomes: readonly RecordOutcome[]): number[] {
  return outcomes.map(
    ({ result, idReused, newEvidence }) => newEvidence * 8 + (idReused ? 4 : 0) + RESULTS.indexOf(result),
  );
}

/** What `packOutcomes` packed. */
export function unpackOutcomes(packed: readonly number[]): RecordOutcome[] {
  return packed.map((code) => ({
    result: RESULTS[code % 4] ?? 'unchanged',
    idReused: code % 8 >= 4,
    newEvidence: Math.floor(code / 8),
  }));
}
