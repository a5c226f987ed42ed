import { needsEscape } from './sound-text.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What `readJson` would be asked to hold to. */
export interface ScanLimits {
  readonly depth: number;
  readonly nodes: number;
}

/** Where a member's value stands in the bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Sees whether sound text is the canonical JSON of an object, in both forms alike, without reading it into values. */
export class CanonicalScanner {
  /** The object's members by name, where it is canonical. */
  readonly members = new Map<string, Span>();
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly limits: ScanLimits;
  private at = 0;
  private depth = 0;
  private nodes = 1;

  constructor(bytes: Uint8Array, limits: ScanLimits) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.limits = limits;
  }

  /** May say no of canonical bytes (odd names, integers beyond 2^53), never yes of others. */
  isCanonical(): boolean {
    return this.bytes[0] === OPEN_OBJECT && this.object(this.members) && this.at === this.bytes.length;
  }

  private value(): boolean {
    this.nodes += 1;
    if (this.nodes > this.limits.nodes) return false;
    switch (this.bytes[this.at]) {
      case QUOTE:
        return this.text();
      case OPEN_OBJECT:
        return this.object(null);
      case OPEN_ARRAY:
        return this.array();
      case 0x74:
        return this.word(TRUE);
      case 0x66:
        return this.word(FALSE);
      case 0x6e:
        return this.word(NULL);
      default:
        return this.number();
    }
  }

  private object(members: Map<string, Span> | null): boolean {
    if (!this.enter()) return false;
    if (this.leaves(CLOSE_OBJECT)) return true;
    let last = 0;
    let lastEnd = 0;
    for (;;) {
      const name = this.at + 1;
      if (!this.name() || (lastEnd > 0 && !this.isAfter(last, lastEnd, name))) return false;
      last = name;
      lastEnd = this.at - 1;
      if (this.bytes[this.at] !== COLON) return false;
      this.at += 1;
      const start = this.at;
      if (!this.value()) return false;
      members?.set(this.utf8(last, lastEnd), { start, end: this.at });
      if (this.leaves(CLOSE_OBJECT)) return true;
      if (this.bytes[this.at] !== COMMA) return false;
      this.at += 1;
    }
  }

  private array(): boolean {
    if (!this.enter()) return false;
    if (this.leaves(CLOSE_ARRAY)) return true;
    while (this.value()) {
      if (this.leaves(CLOSE_ARRAY)) return true;
      if (this.bytes[this.at] !== COMMA) return false;
      this.at += 1;
    }
    return false;
  }

  private enter(): boolean {
    this.depth += 1;
    this.at += 1;
    return this.depth <= this.limits.depth;
  }

  private leaves(close: number): boolean {
    if (this.bytes[this.at] !== close) return false;
    this.at += 1;
    this.depth -= 1;
    return true;
  }

  /** A name that both forms order by its own bytes: nothing escaped, nothing from U+E000 on, where UTF-16 parts from UTF-8. */
  private name(): boolean {
    if (this.bytes[this.at] !== QUOTE) return false;
    let at = this.at + 1;
    let byte = this.bytes[at] as number;
    while (byte >= SPACE && byte < 0xee && byte !== QUOTE && byte !== BACKSLASH) {
      at += 1;
      byte = this.bytes[at] as number;
    }
    this.at = at + 1;
    return byte === QUOTE;
  }

  /** Whether the name from `name` to the quote before `at` comes after the one before it, and is not the same. */
  private isAfter(last: number, lastEnd: number, name: number): boolean {
    const { bytes } = this;
    const end = this.at - 1;
    let offset = 0;
    while (last + offset < lastEnd && bytes[last + offset] === bytes[name + offset]) offset += 1;
    // The protocol's own form compares the closing quote too, which comes after space and `!`.
    if (last + offset === lastEnd) return name + offset < end && (bytes[name + offset] as number) > QUOTE;
    return name + offset < end && (bytes[last + offset] as number) < (bytes[name + offset] as number);
  }

  private text(): boolean {
    const { bytes, view } = this;
    const lastWord = bytes.length - 4;
    this.at += 1;
    for (;;) {
      while (this.at <= lastWord && !needsEscape(view.getInt32(this.at, true))) this.at += 4;
      const byte = bytes[this.at];
      if (byte === QUOTE) {
        this.at += 1;
        return true;
      }
      if (byte === BACKSLASH) {
        if (!this.escape()) return false;
      } else if (byte === undefined || byte < 0x20) return false;
      else this.at += 1;
    }
  }

  /** An escape that both forms write: a short one, or `\u00` with lower-case digits for a control that has none. */
  private escape(): boolean {
    const { bytes, at } = this;
    const kind = bytes[at + 1] ?? 0;
    if (SHORT_ESCAPES.includes(kind)) {
      this.at = at + 2;
      return true;
    }
    this.at = at + 6;
    return this.at <= bytes.length && LONG_ESCAPE.test(this.utf8(at, at + 6));
  }

  private word(word: readonly number[]): boolean {
    for (let i = 0; i < word.length; i += 1) if (this.bytes[this.at + i] !== word[i]) return false;
    this.at += word.length;
    return true;
  }

  /** A number as ECMAScript prints it, integers up to 2^53 only. */
  private number(): boolean {
    const { bytes, at: start } = this;
    const first = bytes[start] === MINUS ? start + 1 : start;
    const whole = this.digits(first);
    const fraction = bytes[whole] === POINT ? this.digits(whole + 1) : whole;
    this.at = fraction;
    if (isPartOfNumber(bytes[fraction])) return this.longNumber(start);
    const zero = bytes[first] === ZERO;
    if (whole === first || fraction - first > 15 || (zero && whole > first + 1)) return this.longNumber(start);
    if (fraction === whole) return !zero || first === start;
    // With at most 15 digits the shortest form of the double is the one written; tiny ones have an exponent.
    return bytes[fraction - 1] !== ZERO && fraction > whole + 1 && !(zero && bytes[whole + 1] === ZERO)
      ? true
      : this.longNumber(start);
  }

  private longNumber(start: number): boolean {
    let end = start;
    while (isPartOfNumber(this.bytes[end])) end += 1;
    this.at = end;
    if (end - start > LONGEST_NUMBER) return false;
    const text = this.utf8(start, end);
    const value = Number(text);
    return String(value) === text && (/[.e]/.test(text) || Number.isSafeInteger(value));
  }

  private digits(from: number): number {
    let at = from;
    let byte = this.bytes[at] as number;
    while (byte >= ZERO && byte <= NINE) {
      at += 1;
      byte = this.bytes[at] as number;
    }
    return at;
  }

  private utf8(start: number, end: number): string {
    const { buffer, byteOffset } = this.bytes;
    return Buffer.from(buffer, byteOffset + start, end - start).toString();
  }
}

/** No double is printed longer. */
const LONGEST_NUMBER = 32;

const TRUE = [...'true'].map((letter) => letter.charCodeAt(0));
const FALSE = [...'false'].map((letter) => letter.charCodeAt(0));
const NULL = [...'null'].map((letter) => letter.charCodeAt(0));
const SHORT_ESCAPES = [...'"\\bfnrt'].map((letter) => letter.charCodeAt(0));
const LONG_ESCAPE = /^\\u00(0[0-7be-f]|1[0-9a-f])$/;

function isPartOfNumber(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= ZERO && byte <= NINE) || NUMBER_SIGNS.includes(byte));
}

const NUMBER_SIGNS = [...'+-.eE'].map((sign) => sign.charCodeAt(0));
