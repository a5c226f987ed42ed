/** A line as it was stored, or a run of empty ones that is shown as one. */
export type PaperRow =
  | { readonly kind: 'line'; readonly number: number; readonly text: string }
  | { readonly kind: 'empty'; readonly number: number; readonly count: number };

/** What the paper shows of a text, and how much of it. Characters are code points. */
export interface Paper {
  readonly rows: readonly PaperRow[];
  readonly lines: number;
  readonly characters: number;
  readonly shown: number;
}

export const FIRST_LINES = 40;
export const FIRST_CHARACTERS = 4000;
/** From here on a run of empty lines is one row that names their number: it can't push text out of sight. */
const EMPTY_RUN = 3;

/**
 * Lays a text out as stored lines, ended by LF or CR LF (no other character ends a line, whatever it would do
 * elsewhere). Unless `whole`, only the first 40 lines or 4,000 characters, whichever is less.
 */
export function layPaper(text: string, whole: boolean): Paper {
  const characters = countCharacters(text);
  const stored = text.split('\n').map((line, n, all) => (n < all.length - 1 ? line.replace(/\r$/, '') : line));
  const rows = collapse(stored);
  const paper = { lines: stored.length, characters };
  if (whole || (stored.length <= FIRST_LINES && characters <= FIRST_CHARACTERS)) {
    return { ...paper, rows, shown: characters };
  }
  const cut = firstPart(text);
  return {
    ...paper,
    rows: collapse(cut.split('\n').map((line) => line.replace(/\r$/, ''))),
    shown: countCharacters(cut),
  };
}

function collapse(stored: readonly string[]): PaperRow[] {
  const rows: PaperRow[] = [];
  for (let n = 0; n < stored.length; n++) {
    const run = emptyRun(stored, n);
    if (run < EMPTY_RUN) rows.push({ kind: 'line', number: n + 1, text: stored[n] ?? '' });
    else {
      rows.push({ kind: 'empty', number: n + 1, count: run });
      n += run - 1;
    }
  }
  return rows;
}

function emptyRun(stored: readonly string[], from: number): number {
  let end = from;
  while (end < stored.length && stored[end]?.trim() === '') end++;
  return end - from;
}

function firstPart(text: string): string {
  const lines = text.split('\n', FIRST_LINES + 1);
  const byLines = lines.length > FIRST_LINES ? lines.slice(0, FIRST_LINES).join('\n') : text;
  return takeCharacters(byLines, FIRST_CHARACTERS);
}

function takeCharacters(text: string, n: number): string {
  if (text.length <= n) return text;
  let end = 0;
  for (let taken = 0; taken < n && end < text.length; taken++) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

/** Characters as the app counts them everywhere: code points. */
export function countCharacters(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}
