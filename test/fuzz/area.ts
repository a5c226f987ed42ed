/** What came of one input; the same seed gives the same input. */
export interface CaseResult {
  readonly seed: number;
  /** What was changed. */
  readonly original: string;
  /** How it ended, of a few words that are counted. */
  readonly outcome: string;
  /** More of how it ended, counted by itself; null where there is no more. */
  readonly failed: string | null;
  /** Why this must not be; null: all is well. */
  readonly fault: string | null;
  readonly bytes: Uint8Array;
}

/** Something that is fuzzed. */
export interface FuzzArea {
  /** Makes the input of a seed and judges what is said of it; never throws. */
  readonly run: (seed: number) => CaseResult;
}
