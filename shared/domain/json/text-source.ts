import { JsonFault } from './result.ts';
import { decodeUtf8, hasBadCharacter } from './utf8.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x22, '"'],
  [0x5c, '\\'],
  [0x2f, '/'],
  [0x62, '\b'],
  [0x66, '\f'],
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t'],
]);

/**
 * The strings and number texts of one document. They are asked for from front to back, each byte beyond ASCII passing
 * through `read` once: that is what keeps `lead`, the distance between byte and character offsets, true.
 */
export class TextSource {
  /** The byte after the string that was read last. */
  end = 0;
  private readonly bytes: Uint8Array;
  private whole: string | null = null;
  private lead = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Decodes a document of at most `whole` bytes; NOT_UTF8 where it cannot be. Of a longer one each text is decoded. */
  open(whole: number): void {
    if (this.bytes.length > whole) return;
    this.whole = decodeUtf8(this.bytes);
    if (this.whole === null) throw notUtf8(0);
  }

  /** The text of bytes that are known to be ASCII. */
  ascii(start: number, end: number): string {
    return this.cut(start, end, this.lead);
  }

  /** The string whose opening quote is at `start`, unescaped; NOT_JSON, NOT_UTF8 and BAD_TEXT as in `readJson`. */
  read(start: number): string {
    const { bytes } = this;
    const { length } = bytes;
    const leadBefore = this.lead;
    let at = start + 1;
    let plain = true;
    while (at < length) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) {
        this.end = at + 1;
        const text = this.cut(start + 1, at, leadBefore);
        return plain ? text : sound(text, start);
      }
      if (byte === BACKSLASH) return this.readEscaped(start, at, leadBefore);
      if (byte < 0x20) throw new JsonFault('NOT_JSON', at, 'a control character in a string');
      if (byte >= 0x80) {
        plain = false;
        this.lead += extraBytes(byte);
      }
      at += 1;
    }
    throw new JsonFault('NOT_JSON', length, 'a string without its end');
  }

  private readEscaped(start: number, firstEscape: number, leadBefore: number): string {
    const { bytes } = this;
    let text = this.cut(start + 1, firstEscape, leadBefore);
    let at = firstEscape;
    while (bytes[at] !== QUOTE) {
      if (bytes[at] === BACKSLASH) {
        text += this.escape(at);
        at = this.end;
        continue;
      }
      const from = at;
      const lead = this.lead;
      at = this.skipPlain(at);
      text += this.cut(from, at, lead);
    }
    this.end = at + 1;
    return sound(text, start);
  }

  /** The offset of the next quote or backslash. */
  private skipPlain(from: number): number {
    const { bytes } = this;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === QUOTE || byte === BACKSLASH) return at;
      if (byte < 0x20) throw new JsonFault('NOT_JSON', at, 'a control character in a string');
      if (byte >= 0x80) this.lead += extraBytes(byte);
    }
    throw new JsonFault('NOT_JSON', bytes.length, 'a string without its end');
  }

  private escape(at: number): string {
    const kind = this.bytes[at + 1] ?? 0;
    if (kind !== 0x75) {
      this.end = at + 2;
      const character = ESCAPES.get(kind);
      if (character === undefined) throw new JsonFault('NOT_JSON', at, 'an escape that JSON does not have');
      return character;
    }
    let unit = 0;
    for (let i = at + 2; i < at + 6; i += 1) {
      const digit = hexDigit(this.bytes[i] ?? 0);
      if (digit < 0) throw new JsonFault('NOT_JSON', at, 'an escape that is not four hex digits');
      unit = unit * 16 + digit;
    }
    this.end = at + 6;
    return String.fromCharCode(unit);
  }

  private cut(start: number, end: number, lead: number): string {
    if (this.whole !== null) return this.whole.slice(start - lead, end - this.lead);
    const text = decodeUtf8(this.bytes.subarray(start, end));
    if (text === null) throw notUtf8(start);
    return text;
  }
}

/** By how much this byte of a UTF-8 sequence takes the byte offset ahead of the UTF-16 offset. */
function extraBytes(byte: number): number {
  if (byte < 0xc0) return 1;
  return byte >= 0xf0 ? -1 : 0;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function sound(text: string, at: number): string {
  if (hasBadCharacter(text)) throw new JsonFault('BAD_TEXT', at, 'a lone surrogate or a noncharacter in a string');
  return text;
}

function notUtf8(at: number): JsonFault {
  return new JsonFault('NOT_UTF8', at, 'bytes that are not UTF-8');
}
