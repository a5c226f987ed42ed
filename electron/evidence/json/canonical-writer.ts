import { writeByteArray } from '../../../shared/domain/json/byte-array.ts';
import { encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { JsonNumber, JsonObject, type JsonValue } from '../../../shared/domain/json/value.ts';
import { canonicalString, JcsError } from './jcs-error.ts';

/**
 * The two canonical forms that evidence is hashed in: RFC 8785, and what the protocol's serialiser makes of it. That
 * one orders members by the bytes of their serialised names, closing quote and escapes included, and prints integers
 * of 64 bits with all digits.
 */
export type CanonicalForm = 'rfc8785' | 'serde_jcs';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * Texts up to this length are encoded character by character, which is cheaper than two calls into the engine; what is
 * escaped, or no text alone, is left to the engine.
 */
const SHORT_TEXT = 4096;

/** Writes one value's canonical bytes, and remembers whether the other form would have other ones. */
export class CanonicalWriter {
  /** Whether an object's members stand in another order in the other form. */
  ordersDiffer = false;
  /** Whether there is an integer beyond 2^53, which RFC 8785 would round. */
  rounds = false;
  /** Where the hole was met, nothing is written; -1 while it was not. */
  holeAt = -1;
  private readonly form: CanonicalForm;
  private readonly hole: JsonNumber | null;
  private out = new Uint8Array(4096);
  private at = 0;

  /** `hole` is a value, told by its identity, in whose place something else will be hashed. */
  constructor(form: CanonicalForm, hole: JsonNumber | null = null) {
    this.form = form;
    this.hole = hole;
  }

  /** The bytes of the one value that this writer is made for. */
  bytes(value: JsonValue): Uint8Array<ArrayBuffer> {
    this.value(value);
    return this.out.slice(0, this.at);
  }

  private value(value: JsonValue): void {
    if (typeof value === 'string') this.text(value);
    else if (value instanceof JsonNumber) this.number(value);
    else if (value instanceof JsonObject) this.object(value);
    else if (Array.isArray(value)) this.array(value as readonly JsonValue[]);
    else this.ascii(value instanceof Uint8Array ? writeByteArray(value) : String(value));
  }

  private array(elements: readonly JsonValue[]): void {
    this.byte(0x5b);
    for (let i = 0; i < elements.length; i += 1) {
      if (i > 0) this.byte(COMMA);
      this.value(elements[i] as JsonValue);
    }
    this.byte(0x5d);
  }

  private object({ members }: JsonObject): void {
    this.byte(0x7b);
    let first = true;
    for (const name of this.ordered(members)) {
      if (!first) this.byte(COMMA);
      first = false;
      this.text(name);
      this.byte(COLON);
      this.value(members.get(name) as JsonValue);
    }
    this.byte(0x7d);
  }

  /** The names in this form's order. */
  private ordered(members: ReadonlyMap<string, JsonValue>): readonly string[] {
    const names = [...members.keys()];
    // By UTF-16 code units (RFC 8785, 3.2.3), which is how JavaScript sorts; most objects are written so.
    if (!isSorted(names)) names.sort();
    return names.every(isPlain) ? names : this.orderedByForm(names);
  }

  private orderedByForm(byUnits: readonly string[]): readonly string[] {
    const bySerialised = byUnits
      .map((name) => ({ name, text: canonicalString(name) }))
      .sort((a, b) => compareAsUtf8(a.text, b.text))
      .map(({ name }) => name);
    if (bySerialised.some((name, at) => name !== byUnits[at])) this.ordersDiffer = true;
    return this.form === 'rfc8785' ? byUnits : bySerialised;
  }

  private number(number: JsonNumber): void {
    const { text } = number;
    if (number === this.hole) this.holeAt = this.at;
    else if (isShortInteger(text)) this.ascii(text);
    else this.ascii(this.numberText(number));
  }

  private numberText(number: JsonNumber): string {
    const value = number.toDouble();
    if (!Number.isFinite(value)) throw new JcsError('NOT_FINITE', 'a number beyond a double has no canonical form');
    if (!number.isInteger || Number.isSafeInteger(value)) return String(value);
    this.rounds = true;
    const integer = this.form === 'serde_jcs' && number.text.length <= 20 ? BigInt(number.text) : null;
    return integer !== null && integer >= MIN_INT64 && integer <= MAX_UINT64 ? number.text : String(value);
  }

  private text(text: string): void {
    if (text.length > SHORT_TEXT || !this.copy(text)) this.encoded(canonicalString(text));
  }

  /** Writes the text, where nothing of it is escaped and no surrogate is in it; else nothing. */
  private copy(text: string): boolean {
    this.reserve(text.length * 3 + 2);
    const { out } = this;
    let { at } = this;
    out[at++] = QUOTE;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit < 0x20 || unit === QUOTE || unit === BACKSLASH || (unit >= 0xd800 && unit < 0xe000)) return false;
      if (unit < 0x80) out[at++] = unit;
      else at = putWide(out, at, unit);
    }
    out[at++] = QUOTE;
    this.at = at;
    return true;
  }

  private encoded(text: string): void {
    const bytes = encodeUtf8(text);
    if (bytes === null) throw new JcsError('LONE_SURROGATE', 'a lone surrogate has no canonical form');
    this.reserve(bytes.length);
    this.out.set(bytes, this.at);
    this.at += bytes.length;
  }

  private ascii(text: string): void {
    this.reserve(text.length);
    for (let i = 0; i < text.length; i += 1) this.out[this.at++] = text.charCodeAt(i);
  }

  private byte(byte: number): void {
    this.reserve(1);
    this.out[this.at++] = byte;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.out.length) return;
    const wider = new Uint8Array(Math.max(this.out.length * 2, this.at + bytes));
    wider.set(this.out);
    this.out = wider;
  }
}

/** Writes a character of two or three bytes (RFC 3629); answers where the next one goes. */
function putWide(out: Uint8Array, at: number, unit: number): number {
  if (unit < 0x800) {
    out[at] = 0xc0 | (unit >> 6);
    out[at + 1] = 0x80 | (unit & 0x3f);
    return at + 2;
  }
  out[at] = 0xe0 | (unit >> 12);
  out[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
  out[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}

const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/** Whether the text is an integer of at most 15 digits as both forms print it. */
function isShortInteger(text: string): boolean {
  const from = text.charCodeAt(0) === 0x2d ? 1 : 0;
  if (text.length - from > 15 || (from === 1 && text.charCodeAt(1) === 0x30)) return false;
  for (let i = from; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i += 1) if ((names[i - 1] as string) > (names[i] as string)) return false;
  return true;
}

/** Whether both forms have the name, of sorted ones, after the one before it. */
function isPlain(name: string, at: number, names: readonly string[]): boolean {
  for (let i = 0; i < name.length; i += 1) {
    const unit = name.charCodeAt(i);
    // What is escaped is ordered by its escape; surrogates, and what UTF-16 has after them, by code point.
    if (unit < 0x20 || unit >= 0xd800 || unit === QUOTE || unit === BACKSLASH) return false;
  }
  const before = names[at - 1] ?? name;
  // Space and `!` come before the closing quote, which ends the name before.
  return name.length <= before.length || name.charCodeAt(before.length) > QUOTE || !name.startsWith(before);
}

/** By UTF-8 bytes, which is by code points: UTF-16 puts the surrogates before U+E000 to U+FFFF instead of after. */
function compareAsUtf8(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
  if (Number.isNaN(left) || Number.isNaN(right)) return a.length - b.length;
  return orderOfUnit(left) - orderOfUnit(right);
}

function orderOfUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
