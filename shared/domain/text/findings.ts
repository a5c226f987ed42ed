import { escapeForTerminal } from './escape.ts';
import { findLookalikes } from './lookalike.ts';
import { type ChipSegment, type Segment, segmentText } from './segments.ts';
import { imitatesApp, speaksToModel } from './speech.ts';

/** What can be said of a text that the agent's side wrote (docs/guide/command-line.md, "Text findings"). */
export type TextFindingCode =
  | 'BIDI_CONTROL'
  | 'INVISIBLE_IN_TEXT'
  | 'TAG_TEXT'
  | 'CONTROL_IN_TEXT'
  | 'LOOKALIKE'
  | 'LONG_TEXT'
  | 'IMITATES_APP'
  | 'SPEAKS_TO_A_MODEL';

export interface TextFinding {
  readonly code: TextFindingCode;
  readonly message: string;
}

/** Characters of a text from which on it is LONG_TEXT. */
export const LONG_TEXT = 4000;

/** What is odd in the text, worst first; `off` names findings that the tenant does not want. */
export function textFindings(text: string, off: ReadonlySet<TextFindingCode> = new Set()): TextFinding[] {
  const segments = segmentText(text);
  const read = readThrough(segments);
  const found = [
    ...hiddenFindings(text, segments),
    finding('IMITATES_APP', imitatesApp(read), 'Lines of this text imitate this app. They are text and do nothing.'),
    lookalikeFinding(text),
    finding('SPEAKS_TO_A_MODEL', speaksToModel(read), 'This text gives orders to a program.'),
    lengthFinding(text),
  ];
  return found.filter((one): one is TextFinding => one !== null && !off.has(one.code));
}

function finding(code: TextFindingCode, found: boolean, message: string): TextFinding | null {
  return found ? { code, message } : null;
}

/** The text as a reader who sees no hidden character would take it: what they part belongs together. */
function readThrough(segments: readonly Segment[]): string {
  const parts = segments.map((segment, i) => {
    if (segment.kind === 'text') return afterEscape(segment.text, segments[i - 1]);
    return segment.kind === 'space' || segment.kind === 'control' ? ' ' : '';
  });
  return parts.join('');
}

/** Drops what is left of a terminal's escape sequence (ECMA-48, 5.4) once its first character is gone. */
function afterEscape(text: string, before: Segment | undefined): string {
  if (before?.text === '\u001b') return text.replace(/^\[[0-?]*[ -/]*[@-~]/, '');
  return before?.text === '\u009b' ? text.replace(/^[0-?]*[ -/]*[@-~]/, '') : text;
}

function hiddenFindings(text: string, segments: readonly Segment[]): (TextFinding | null)[] {
  const chips = segments.filter((segment): segment is ChipSegment => segment.kind !== 'text');
  const padding = paddingOf(text);
  if (chips.length === 0 && padding === 0) return [];
  const bidi = countOf(chips, (chip) => chip.kind === 'bidi');
  const tags = chips.filter((chip) => chip.kind === 'tag');
  // Tabs and the carriage returns of CR LF lay a text out and hide nothing.
  const controls = text.match(/\r(?!\n)|(?![\t\n\r])\p{Cc}/gu)?.length ?? 0;
  const unseen = chips.filter((chip) => UNSEEN.has(chip.kind) || chip.kind === 'marks' || isSeparator(chip));
  const invisible = countOf(unseen, () => true) - honestInvisibles(text) + padding;
  return [
    finding('BIDI_CONTROL', bidi > 0, `${characters(bidi)} to change the direction of the text on screen.`),
    finding('TAG_TEXT', tags.length > 0, `${characters(countOf(tags, () => true))} to spell what nobody sees.`),
    finding('CONTROL_IN_TEXT', controls > 0, `${characters(controls)} to control a terminal or a printer.`),
    finding('INVISIBLE_IN_TEXT', invisible > 0, `${characters(invisible)} that would not be seen.`),
  ];
}

const UNSEEN: ReadonlySet<string> = new Set(['invisible', 'selector', 'private', 'unassigned', 'surrogate']);

function countOf(chips: readonly ChipSegment[], wanted: (chip: ChipSegment) => boolean): number {
  return chips.reduce((sum, chip) => (wanted(chip) ? sum + chip.count : sum), 0);
}

function characters(n: number): string {
  return n === 1 ? 'One character is there' : `${n.toLocaleString('en')} characters are there`;
}

/** So many blanks, or ends of lines, in a row push what follows out of sight; no layout of a text needs them. */
const BLANKS = 60;
const LINE_ENDS = 20;
const BLANK_RUN = new RegExp(`[^\\S\\ufeff\\u2028\\u2029]{${LINE_ENDS},}`, 'gu');

/** How many characters the text is padded with. */
function paddingOf(text: string): number {
  const runs = text.match(BLANK_RUN) ?? [];
  const odd = runs.filter((run) => run.length >= BLANKS || run.split('\n').length > LINE_ENDS);
  return odd.reduce((sum, run) => sum + run.length, 0);
}

/** The separators end a line unseen; other odd spaces are honest typography, shown but not told. */
function isSeparator(chip: ChipSegment): boolean {
  return /[\u2028\u2029]/.test(chip.text);
}

const EMOJI_JOINER = /(?<=\p{Extended_Pictographic}[\ufe0f\p{EMod}]?)\u200d(?=\p{Extended_Pictographic})/gu;
const EMOJI_SELECTOR = /(?<=[\p{Extended_Pictographic}#*0-9])\ufe0f/gu;
const JOINING = '\\p{sc=Arab}\\p{sc=Deva}\\p{sc=Beng}\\p{sc=Mlym}\\p{sc=Sinh}\\p{sc=Knda}\\p{sc=Telu}\\p{sc=Taml}';
const SCRIPT_JOINER = new RegExp(`(?<=[${JOINING}]\\p{M}*)[\u200c\u200d](?=[${JOINING}])`, 'gu');

/** How many joiners and selectors emoji and joining scripts are spelt with. */
function honestInvisibles(text: string): number {
  return [EMOJI_JOINER, EMOJI_SELECTOR, SCRIPT_JOINER].reduce(
    (sum, pattern) => sum + (text.match(pattern)?.length ?? 0),
    0,
  );
}

function lookalikeFinding(text: string): TextFinding | null {
  const all = findLookalikes(text);
  const named = all
    .slice(0, 3)
    .map(({ word, why }) => `${escapeForTerminal([...word].slice(0, 40).join(''))} (${why})`);
  const more = all.length > 3 ? ` and ${all.length - 3} more` : '';
  return finding('LOOKALIKE', all.length > 0, `These words may pass for others: ${named.join(', ')}${more}.`);
}

function lengthFinding(text: string): TextFinding | null {
  if (text.length <= LONG_TEXT) return null;
  const length = [...text].length;
  return finding('LONG_TEXT', length > LONG_TEXT, `${length.toLocaleString('en')} characters.`);
}
