import { readByteArray } from './byte-array.ts';
import { NumberSource } from './number-source.ts';
import { defaultLimits, JsonFault, type JsonLimits, type JsonNote, type JsonResult } from './result.ts';
import { TextSource } from './text-source.ts';
import { encodeUtf8, firstBadUtf8 } from './utf8.ts';
import { type JsonNumber, JsonObject, type JsonValue } from './value.ts';

/**
 * Reads one JSON text (RFC 8259) from its bytes, as strictly as evidence needs it (RFC 7493; S49-S53).
 *
 * Refused: anything but UTF-8 (NOT_UTF8), a byte order mark, bad grammar and numbers beyond a double (NOT_JSON), a
 * member named twice after unescaping (DUPLICATE_MEMBER), lone surrogates and noncharacters, escaped or not
 * (BAD_TEXT), and what passes the limits (TOO_DEEP, TOO_LARGE). Noted, not refused: integers beyond 2^53 − 1, `-0`
 * and numbers that round to zero. Everything else is kept as written: numbers by their text, members in their order.
 */
export function readJson(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): JsonResult {
  const reader = new Reader(bytes, { ...defaultLimits, ...limits });
  try {
    return { ok: true, value: reader.document(), notes: reader.notes };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    // Bytes that are no UTF-8 are no text at all, whatever the grammar tripped over first.
    const bad = error.code === 'TOO_LARGE' ? -1 : firstBadUtf8(bytes);
    if (bad >= 0) return { ok: false, code: 'NOT_UTF8', at: bad, message: 'bytes that are not UTF-8' };
    return { ok: false, code: error.code, at: error.at, message: error.message };
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** One map for all empty objects: a document may hold a million of them. */
const NO_MEMBERS = new Map<string, JsonValue>();

class Reader {
  readonly notes: JsonNote[] = [];
  private readonly bytes: Uint8Array;
  private readonly limits: JsonLimits;
  private readonly source: TextSource;
  private readonly numbers: NumberSource;
  private at = 0;
  private depth = 0;
  private nodes = 0;

  constructor(bytes: Uint8Array, limits: JsonLimits) {
    this.bytes = bytes;
    this.limits = limits;
    this.source = new TextSource(bytes);
    this.numbers = new NumberSource(bytes, this.source, this.notes);
  }

  document(): JsonValue {
    if (this.bytes.length > this.limits.bytes) {
      throw new JsonFault('TOO_LARGE', this.limits.bytes, `longer than ${this.limits.bytes} bytes`);
    }
    this.source.open(this.limits.whole);
    if (this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf) {
      throw new JsonFault('NOT_JSON', 0, 'a byte order mark before the value');
    }
    const value = this.value(this.next());
    if (this.next() !== -1) throw this.unexpected('text after the value');
    return value;
  }

  /** Skips white space; the next byte is left unread. -1 at the end. */
  private next(): number {
    while (this.at < this.bytes.length) {
      const byte = this.bytes[this.at] as number;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return byte;
      this.at += 1;
    }
    return -1;
  }

  private value(first: number): JsonValue {
    this.nodes += 1;
    if (this.nodes > this.limits.nodes) {
      throw new JsonFault('TOO_LARGE', this.at, `more than ${this.limits.nodes} values`);
    }
    switch (first) {
      case QUOTE:
        return this.text();
      case OPEN_OBJECT:
        return this.object();
      case OPEN_ARRAY:
        return this.array();
      case 0x74:
        return this.word('true', true);
      case 0x66:
        return this.word('false', false);
      case 0x6e:
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(): JsonObject {
    this.enter();
    const empty = this.closes(CLOSE_OBJECT);
    const members = empty ? NO_MEMBERS : new Map<string, JsonValue>();
    if (!empty) {
      do {
        if (this.next() !== QUOTE) throw this.unexpected('a member name was expected');
        this.member(members);
      } while (this.continues(CLOSE_OBJECT));
    }
    this.depth -= 1;
    return new JsonObject(members);
  }

  private member(members: Map<string, JsonValue>): void {
    const start = this.at;
    const name = this.text();
    if (members.has(name)) throw new JsonFault('DUPLICATE_MEMBER', start, 'a member named twice in one object');
    if (this.next() !== COLON) throw this.unexpected('a colon was expected');
    this.at += 1;
    const first = this.next();
    const bytes = first === OPEN_ARRAY && this.limits.byteArrays(name) ? this.byteArray() : null;
    members.set(name, bytes ?? this.value(first));
  }

  private array(): JsonValue[] {
    this.enter();
    const elements: JsonValue[] = [];
    if (!this.closes(CLOSE_ARRAY)) {
      do elements.push(this.value(this.next()));
      while (this.continues(CLOSE_ARRAY));
    }
    this.depth -= 1;
    return elements;
  }

  /** Whether the array or object ends here, without an element; the bracket is read. */
  private closes(close: number): boolean {
    if (this.next() !== close) return false;
    this.at += 1;
    return true;
  }

  /** Whether another element follows; the comma or the closing bracket is read. */
  private continues(close: number): boolean {
    const byte = this.next();
    if (byte !== COMMA && byte !== close) throw this.unexpected('a comma or the end was expected');
    this.at += 1;
    return byte === COMMA;
  }

  private enter(): void {
    this.depth += 1;
    if (this.depth > this.limits.depth) {
      throw new JsonFault('TOO_DEEP', this.at, `nested deeper than ${this.limits.depth}`);
    }
    this.at += 1;
  }

  private byteArray(): Uint8Array | null {
    const read = readByteArray(this.bytes, this.at, this.limits.byteArrayLength);
    if (read === null) return null;
    this.at = read.end;
    return read.value;
  }

  private text(): string {
    const text = this.source.read(this.at);
    this.at = this.source.end;
    return text;
  }

  private word<T>(word: string, value: T): T {
    for (let i = 1; i < word.length; i += 1) {
      if (this.bytes[this.at + i] !== word.charCodeAt(i)) throw this.unexpected('a value was expected');
    }
    this.at += word.length;
    return value;
  }

  private number(): JsonNumber {
    const number = this.numbers.read(this.at);
    this.at = this.numbers.end;
    return number;
  }

  private unexpected(what: string): JsonFault {
    return new JsonFault('NOT_JSON', this.at, this.at < this.bytes.length ? what : `${what}, but the text ends`);
  }
}

/** Reads one JSON text that is already text; refuses and notes as `readJson` does. */
export function readJsonText(text: string, limits: Partial<JsonLimits> = {}): JsonResult {
  const bytes = encodeUtf8(text);
  if (bytes === null) return { ok: false, code: 'BAD_TEXT', at: 0, message: 'a lone surrogate' };
  return readJson(bytes, limits);
}
