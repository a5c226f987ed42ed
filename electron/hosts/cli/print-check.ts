import type { Verdict } from '../../../shared/domain/escalation.ts';
import type { Check } from '../../../shared/domain/verdict.ts';
import type { Terminal, Tone } from './terminal.ts';

/** How each verdict is coloured; the word itself always stands there too. */
export const TONES = { verified: 'good', failed: 'bad', unchecked: 'open' } as const satisfies Record<Verdict, Tone>;

/** The longest of the three words, so that what follows them stands in a column. */
export const WORD_WIDTH = 9;

/** The widest of the names that a packet's checks have; a wider one pushes its own line only. */
const NAME_WIDTH = 15;

/** A check with its reason and code, its word first; one that is made of several has a line for each. */
export function printCheck(terminal: Terminal, indent: string, { name, parts = [], ...outcome }: Check): void {
  const lines = parts.length > 0 ? parts : [outcome];
  for (const [n, { verdict, code, detail }] of lines.entries()) {
    const named = (n === 0 ? name : '').padEnd(NAME_WIDTH);
    terminal.toned(TONES[verdict], `${indent}${verdict.padEnd(WORD_WIDTH)}`, ` ${named} ${detail} (${code})`);
  }
}
