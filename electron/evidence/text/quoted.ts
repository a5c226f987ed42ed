import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';

/** No agent may push the desk's own words out of sight with a long name. */
const SHOWN = 80;

/**
 * Text of an agent inside a sentence of the desk: in quotation marks, with its own marked, nothing invisible, and cut
 * after 80 characters with the number of all (S63, S66).
 */
export function quoted(text: string): string {
  const characters = [...text];
  const cut = characters.length > SHOWN;
  const shown = escapeForTerminal(cut ? characters.slice(0, SHOWN).join('') : text).replace(/["\\]/g, '\\$&');
  return cut ? `"${shown}…" (${characters.length} characters)` : `"${shown}"`;
}
