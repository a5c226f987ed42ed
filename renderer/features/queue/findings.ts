import type { Finding } from '../../../shared/domain/escalation.ts';

/** Codes that say a text tries to deceive its reader, worst first, and how a row says so. */
const DECEPTIVE = new Map([
  ['BIDI_CONTROL', 'hidden'],
  ['TAG_TEXT', 'hidden'],
  ['INVISIBLE_IN_TEXT', 'hidden'],
  ['CONTROL_IN_TEXT', 'hidden'],
  ['INVISIBLE_IN_ID', 'hidden'],
  ['LOOKALIKE', 'look-alike'],
  ['IMITATES_APP', 'imitates app'],
  ['SPEAKS_TO_A_MODEL', 'speaks to a model'],
  ['LONG_TEXT', 'very long'],
]);

export interface WorstFinding {
  readonly deceptive: boolean;
  readonly word: string;
  /** How many more there are. */
  readonly more: number;
}

/** What a row says of its findings: the worst, and how many besides; null without any. */
export function worstFinding(findings: readonly Finding[]): WorstFinding | null {
  const codes = new Set(findings.map(({ code }) => code));
  const deceptive = [...DECEPTIVE.keys()].find((code) => codes.has(code));
  const code = deceptive ?? findings[0]?.code;
  if (code === undefined) return null;
  const word = DECEPTIVE.get(code) ?? code.toLowerCase().replaceAll('_', ' ');
  return { deceptive: deceptive !== undefined, word, more: codes.size - 1 };
}
