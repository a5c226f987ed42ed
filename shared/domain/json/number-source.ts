import { JsonFault, type JsonNote } from './result.ts';
import type { TextSource } from './text-source.ts';
import { JsonNumber } from './value.ts';

/** The integers of hashes and small counts come in thousands; one object for each is enough. */
const SMALL_NUMBERS = Array.from({ length: 256 }, (_, n) => new JsonNumber(String(n)));

/** Integers of up to this many digits are below 2^53. */
const SAFE_DIGITS = 15;

/** The numbers of one document (RFC 8259, 6), each kept by its text. */
export class NumberSource {
  /** The byte after the number that was read last. */
  end = 0;
  private readonly bytes: Uint8Array;
  private readonly source: TextSource;
  private readonly notes: JsonNote[];

  /** `notes` takes what `readJson` must say of the numbers. */
  constructor(bytes: Uint8Array, source: TextSource, notes: JsonNote[]) {
    this.bytes = bytes;
    this.source = source;
    this.notes = notes;
  }

  /** The number that begins at `start`; NOT_JSON where none does, or where it lies beyond a double (S53). */
  read(start: number): JsonNumber {
    const first = this.bytes[start] === 0x2d ? start + 1 : start;
    const digits = this.digits(first);
    if (digits === first) throw new JsonFault('NOT_JSON', start, 'a value was expected');
    if (this.bytes[first] === 0x30 && digits > first + 1) {
      throw new JsonFault('NOT_JSON', start, 'a number that begins with a zero');
    }
    this.end = this.exponent(this.fraction(digits));
    if (this.end === digits && first === start && digits - first <= 3) {
      const small = SMALL_NUMBERS[this.smallValue(first, digits)];
      if (small !== undefined) return small;
    }
    const text = this.source.ascii(start, this.end);
    if (this.end !== digits || digits - first > SAFE_DIGITS || first !== start) {
      this.judge(text, start, this.end === digits);
    }
    return new JsonNumber(text);
  }

  private digits(from: number): number {
    let at = from;
    while (isDigit(this.bytes[at])) at += 1;
    return at;
  }

  private fraction(at: number): number {
    if (this.bytes[at] !== 0x2e) return at;
    const end = this.digits(at + 1);
    if (end === at + 1) throw new JsonFault('NOT_JSON', at, 'a decimal point without digits');
    return end;
  }

  private exponent(at: number): number {
    const mark = this.bytes[at];
    if (mark !== 0x65 && mark !== 0x45) return at;
    const sign = this.bytes[at + 1];
    const from = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    const end = this.digits(from);
    if (end === from) throw new JsonFault('NOT_JSON', at, 'an exponent without digits');
    return end;
  }

  private smallValue(from: number, end: number): number {
    let value = 0;
    for (let at = from; at < end; at += 1) value = value * 10 + (this.bytes[at] as number) - 0x30;
    return value;
  }

  private judge(text: string, at: number, integer: boolean): void {
    const value = Number(text);
    if (!Number.isFinite(value)) throw new JsonFault('NOT_JSON', at, 'a number beyond the range of a double');
    if (value === 0) {
      if (/^[^eE]*[1-9]/.test(text)) this.notes.push({ kind: 'UNDERFLOW', at });
      else if (text.startsWith('-')) this.notes.push({ kind: 'MINUS_ZERO', at });
    } else if (integer && !Number.isSafeInteger(value)) this.notes.push({ kind: 'UNSAFE_INTEGER', at });
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
