import { writeByteArray } from '../../shared/domain/json/byte-array.ts';
import { encodeUtf8 } from '../../shared/domain/json/utf8.ts';
import { JsonNumber, JsonObject, type JsonValue } from '../../shared/domain/json/value.ts';
import { canonicalString, JcsError } from './jcs-error.ts';

/**
 * The two canonical forms that evidence is hashed in: RFC 8785, and what the protocol's serialiser makes of it. That
 * one orders members by the bytes of their serialised names, closing quote and escapes included, and prints integers
 * of 64 bits with all digits.
 */
export type CanonicalForm = 'rfc8785' | 'serde_jcs';

/**
 * The value's canonical UTF-8 bytes in the form asked for. It takes what `readJson` gives, odd numbers too: a verifier
 * must hash what is written. Throws JcsError NOT_FINITE and LONE_SURROGATE for values that the reader never gives.
 */
export function canonicalize(value: JsonValue, form: CanonicalForm): Uint8Array<ArrayBuffer> {
  const bytes = encodeUtf8(write(value, form));
  if (bytes === null) throw new JcsError('LONE_SURROGATE', 'a lone surrogate has no canonical form');
  return bytes;
}

function write(value: JsonValue, form: CanonicalForm): string {
  if (typeof value === 'string') return canonicalString(value);
  if (value instanceof JsonNumber) return writeNumber(value, form);
  if (value instanceof JsonObject) return writeObject(value, form);
  if (value instanceof Uint8Array) return writeByteArray(value);
  if (Array.isArray(value)) return `[${value.map((element) => write(element, form)).join(',')}]`;
  return String(value);
}

function writeObject(object: JsonObject, form: CanonicalForm): string {
  const members: { name: string; text: string; value: JsonValue }[] = [];
  for (const [name, value] of object.members) members.push({ name, text: canonicalString(name), value });
  if (form === 'rfc8785') members.sort((a, b) => compareUnits(a.name, b.name));
  else members.sort((a, b) => compareAsUtf8(a.text, b.text));
  return `{${members.map(({ text, value }) => `${text}:${write(value, form)}`).join(',')}}`;
}

const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

function writeNumber(number: JsonNumber, form: CanonicalForm): string {
  const integer = form === 'serde_jcs' && number.text !== '-0' && number.text.length <= 20 ? number.toBigInt() : null;
  if (integer !== null && integer >= MIN_INT64 && integer <= MAX_UINT64) return number.text;
  const value = number.toDouble();
  if (!Number.isFinite(value)) throw new JcsError('NOT_FINITE', 'a number beyond a double has no canonical form');
  return String(value);
}

/** By UTF-16 code units (RFC 8785, 3.2.3). */
function compareUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
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
