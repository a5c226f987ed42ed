import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import { hasHidden, needsShowing } from '../../../shared/domain/text/ranges.ts';
import type { Failure } from './failure.ts';

/** What a word of our own says, as a colour says it beside; never the only sign. */
export type Tone = 'good' | 'bad' | 'open';

/** Green, red and dim (ECMA-48, 8.3.117), in a terminal's own shades. */
const SGR: Readonly<Record<Tone, string>> = { good: '32', bad: '31', open: '2' };

/** Where the command line writes; a test gives its own. */
export interface Streams {
  readonly out: { write(text: string | Uint8Array): unknown; readonly isTTY?: boolean };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
  /** The person wants no colours (NO_COLOR). */
  readonly plain?: boolean;
}

/** What a command prints, for people or for programs. Nothing that came from data is written raw (S65). */
export class Terminal {
  readonly json: boolean;
  readonly #streams: Streams;
  readonly #coloured: boolean;

  constructor(streams: Streams, json: boolean) {
    this.#streams = streams;
    this.json = json;
    this.#coloured = streams.out.isTTY === true && streams.plain !== true;
  }

  /** One line of JSON text. Its strings are escaped further, so that nothing unseen is written as itself. */
  document(json: string): void {
    this.#streams.out.write(`${escapeUnseen(json)}\n`);
  }

  /** One line for people; whatever is odd in it is made visible. */
  line(text = ''): void {
    this.#streams.out.write(`${escapeForTerminal(text)}\n`);
  }

  /** A line that begins with a word of our own, in its colour on a terminal; what follows is escaped as in `line`. */
  toned(tone: Tone, word: string, rest: string): void {
    const lead = this.#coloured ? `\u001b[${SGR[tone]}m${word}\u001b[0m` : word;
    this.#streams.out.write(`${lead}${escapeForTerminal(rest)}\n`);
  }

  /** Our own words, as they stand. */
  lines(text: string): void {
    this.#streams.out.write(`${text}\n`);
  }

  /** Rows in columns, the first row being the heads; empty cells stay empty. */
  table(rows: readonly (readonly string[])[]): void {
    const shown = rows.map((row) => row.map((cell) => escapeForTerminal(cell)));
    const widths = (shown[0] ?? []).map((_, column) =>
      Math.max(...shown.map((row) => [...(row[column] ?? '')].length)),
    );
    for (const row of shown) {
      const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length));
      this.#streams.out.write(`${cells.join('  ').trimEnd()}\n`);
    }
  }

  /** Bytes as they are, for a file or a pipe. */
  bytes(bytes: Uint8Array): void {
    this.#streams.out.write(bytes);
  }

  get outIsTerminal(): boolean {
    return this.#streams.out.isTTY === true;
  }

  /** A word on standard error. */
  note(text: string): void {
    this.#streams.err.write(`${escapeForTerminal(text)}\n`);
  }

  /** Progress: on a terminal only, over the line before. */
  progress(text: string): void {
    if (this.#streams.err.isTTY === true) this.#streams.err.write(`\r\u001b[2K${escapeForTerminal(text)}`);
  }

  progressEnd(): void {
    if (this.#streams.err.isTTY === true) this.#streams.err.write('\r\u001b[2K');
  }

  fail({ code, message, details }: Failure): void {
    if (this.json) {
      this.#streams.err.write(`${escapeUnseen(JSON.stringify({ error: { code, message, details } }))}\n`);
      return;
    }
    this.note(`${code}: ${message}`);
    for (const [name, value] of Object.entries(details)) {
      for (const line of detailLines(value)) this.note(`  ${name}: ${line}`);
    }
  }
}

/** A list of things has a line for each, with what is known of it. */
function detailLines(value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'object' && one !== null)) {
    return [JSON.stringify(value)];
  }
  return value.map((one: object) => Object.values(one).map(String).join('  '));
}

/** What would not be seen for what it is, as \u escapes: JSON says the same with them and without (S63, S65). */
function escapeUnseen(json: string): string {
  if (!hasHidden(json)) return json;
  return json.replace(/[^ -~]/gu, (character) =>
    needsShowing(character.codePointAt(0) ?? 0) ? character.split('').map(escapedUnit).join('') : character,
  );
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
