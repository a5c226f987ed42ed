import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import type { Failure } from './failure.ts';

/** Where the command line writes; a test gives its own. */
export interface Streams {
  readonly out: { write(text: string | Uint8Array): unknown; readonly isTTY?: boolean };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
}

/** What a command prints, for people or for programs. Nothing that came from data is written raw (S65). */
export class Terminal {
  readonly json: boolean;
  readonly #streams: Streams;

  constructor(streams: Streams, json: boolean) {
    this.#streams = streams;
    this.json = json;
  }

  /** One line of JSON text. Its strings are escaped further, so that no control character is written as itself. */
  document(json: string): void {
    this.#streams.out.write(`${escapeControls(json)}\n`);
  }

  /** One line for people; whatever is odd in it is made visible. */
  line(text = ''): void {
    this.#streams.out.write(`${escapeForTerminal(text)}\n`);
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
      this.#streams.err.write(`${escapeControls(JSON.stringify({ error: { code, message, details } }))}\n`);
      return;
    }
    this.note(`${code}: ${message}`);
    for (const [name, value] of Object.entries(details)) this.note(`  ${name}: ${JSON.stringify(value)}`);
  }
}

/** C1 controls, DEL, line separators and bidi controls as \u escapes: JSON says the same with them and without. */
function escapeControls(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
