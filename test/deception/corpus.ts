import type { TextFindingCode } from '../../shared/domain/text/findings.ts';
import { fakes } from './fakes.ts';
import { csvCells, lookalikes, namedProperties, trojanSources } from './from-vectors.ts';

/** One text by which an agent may try to fool who reads it, and what it must be found to be. */
export interface Deception {
  /** Says what is tried; unique. */
  readonly name: string;
  readonly text: string;
  readonly code: TextFindingCode;
}

/** The corpus: from the public vectors, and by hand what imitates the desk, escapes into it or pads it away. */
export const CORPUS: readonly Deception[] = [
  ...trojanSources(),
  ...namedProperties(),
  ...lookalikes(),
  ...csvCells(),
  ...fakes(),
];

/** Cuts the corpus into groups of `size`, for places that hold so many texts at once. */
export function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
