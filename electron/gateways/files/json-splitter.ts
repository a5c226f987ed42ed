import { createReadStream } from 'node:fs';

/** One document of a longer file: a line of JSONL, counted from 1, or an element of an array, counted from 0. */
export interface Piece {
  readonly at: number;
  /** Null for a piece beyond the limit, whose bytes were passed over. */
  readonly bytes: Uint8Array | null;
}

/** Cuts a stream of bytes into pieces; memory holds one piece and one chunk, however long the stream is. */
export interface Splitter {
  push(chunk: Uint8Array): Iterable<Piece>;
  end(): Iterable<Piece>;
}

const CHUNK_BYTES = 256 * 1024;

/** All pieces of a file in groups, one for each chunk that was read. */
export async function* piecesOf(
  path: string,
  splitter: Splitter,
): AsyncIterable<{ pieces: Iterable<Piece>; read: number }> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    yield { pieces: splitter.push(chunk as Buffer), read: (chunk as Buffer).length };
  }
  yield { pieces: splitter.end(), read: 0 };
}

/** Gathers the bytes of one piece over several chunks, up to the limit. */
class Gatherer {
  length = 0;
  private readonly limit: number;
  private parts: Uint8Array[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  add(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.length > this.limit) this.parts = [];
    else if (bytes.length > 0) this.parts.push(bytes);
  }

  take(): Uint8Array | null {
    const { parts, length } = this;
    this.parts = [];
    this.length = 0;
    if (length > this.limit) return null;
    return parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts, length);
  }
}

const NEWLINE = 0x0a;

/** Lines, ended by LF or CR LF; empty ones are passed over. */
export function splitLines(limit: number): Splitter {
  const line = new Gatherer(limit);
  let at = 0;
  function* finish(): Iterable<Piece> {
    at += 1;
    const bytes = line.take();
    if (bytes === null || !isBlank(bytes)) yield { at, bytes };
  }
  return {
    *push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        line.add(chunk.subarray(start, end));
        yield* finish();
        start = end + 1;
      }
      line.add(chunk.subarray(start));
    },
    *end() {
      if (line.length > 0) yield* finish();
    },
  };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(isSpace);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === NEWLINE;
}

/**
 * Elements of the one array that the bytes hold. Where a piece is no JSON its reader says so; an array that is not
 * closed, or bytes after it, end as a piece that is no JSON.
 */
export function splitArray(limit: number): Splitter {
  const scanner = new ArrayScanner();
  const element = new Gatherer(limit);
  let at = 0;
  const piece = (): Piece => {
    at += 1;
    return { at: at - 1, bytes: element.take() };
  };
  return {
    *push(chunk) {
      let start = 0;
      for (let i = 0; i < chunk.length; i += 1) {
        const step = scanner.step(chunk[i] ?? 0);
        if (step === 'inside') continue;
        if (step === 'element' || step === 'last') {
          element.add(chunk.subarray(start, i));
          yield piece();
        }
        start = step === 'stray' ? i : i + 1;
      }
      if (start < chunk.length) element.add(chunk.subarray(start));
    },
    *end() {
      if (!scanner.closed || element.length > 0) yield { ...piece(), bytes: new Uint8Array(0) };
    },
  };
}

/** What a byte of an array does: it lies inside an element, between two, or ends one. */
type Step = 'inside' | 'between' | 'element' | 'last' | 'stray';

class ArrayScanner {
  closed = false;
  private opened = false;
  private depth = 0;
  private inText = false;
  private escaped = false;
  /** Whether the element at hand has a byte that is no space. */
  private begun = false;
  private afterComma = false;

  step(byte: number): Step {
    if (this.inText) return this.stepText(byte);
    if (isSpace(byte)) return this.begun ? 'inside' : 'between';
    if (this.closed) return 'stray';
    if (!this.opened) {
      this.opened = true;
      return 'between';
    }
    if (this.depth === 0 && byte === 0x2c) return this.endElement(true);
    if (this.depth === 0 && byte === 0x5d) {
      this.closed = true;
      return this.begun || this.afterComma ? this.endElement(false) : 'between';
    }
    if (byte === 0x22) this.inText = true;
    else if (byte === 0x7b || byte === 0x5b) this.depth += 1;
    else if (byte === 0x7d || byte === 0x5d) this.depth -= 1;
    this.begun = true;
    return 'inside';
  }

  private stepText(byte: number): Step {
    if (this.escaped) this.escaped = false;
    else if (byte === 0x5c) this.escaped = true;
    else if (byte === 0x22) this.inText = false;
    return 'inside';
  }

  private endElement(more: boolean): Step {
    this.begun = false;
    this.afterComma = more;
    return more ? 'element' : 'last';
  }
}
