import { JsonFault } from './result.ts';
import { decodeUtf8 } from './utf8.ts';

const ZERO = 0x30;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

export interface ByteArrayRead {
  readonly value: Uint8Array;
  /** The byte after the closing bracket. */
  readonly end: number;
}

/**
 * The array that opens at `at`, where it holds nothing but integers from 0 to 255 as JSON writes them; null where it
 * holds anything else, which the caller then reads as any array. TOO_LARGE beyond `limit` elements.
 */
export function readByteArray(bytes: Uint8Array, at: number, limit: number): ByteArrayRead | null {
  const close = bytes.indexOf(CLOSE_ARRAY, at + 1);
  if (close < 0) return null;
  let next = skipSpace(bytes, at + 1);
  if (next === close) return { value: new Uint8Array(0), end: close + 1 };
  if (!isDigit(bytes[next])) return null;
  // Each element takes two bytes of text at least, so that this is room enough for all of them.
  const value = new Uint8Array(Math.min(((close - at) >> 1) + 1, limit));
  for (let count = 0; ; count += 1) {
    let byte = bytes[next] as number;
    if (!isDigit(byte)) return null;
    let element = byte - 0x30;
    next += 1;
    byte = bytes[next] as number;
    while (isDigit(byte)) {
      // A zero in front, or four digits: no byte.
      if (element === 0 || element > 25) return null;
      element = element * 10 + byte - 0x30;
      next += 1;
      byte = bytes[next] as number;
    }
    if (element > 255) return null;
    if (count === limit) throw new JsonFault('TOO_LARGE', at, `a byte array of more than ${limit} elements`);
    value[count] = element;
    if (byte <= 0x20) {
      next = skipSpace(bytes, next);
      byte = bytes[next] as number;
    }
    if (byte === CLOSE_ARRAY) return { value: value.slice(0, count + 1), end: next + 1 };
    if (byte !== COMMA) return null;
    next = skipSpace(bytes, next + 1);
  }
}

/** The bytes as the compact JSON array of numbers that they were read from; packets are long, `join` is slow. */
export function writeByteArray(bytes: Uint8Array): string {
  const text = new Uint8Array(bytes.length * 4 + 2);
  let end = 0;
  text[end++] = OPEN_ARRAY;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (i > 0) text[end++] = COMMA;
    if (byte >= 100) text[end++] = ZERO + ((byte / 100) | 0);
    if (byte >= 10) text[end++] = ZERO + (((byte / 10) | 0) % 10);
    text[end++] = ZERO + (byte % 10);
  }
  text[end++] = CLOSE_ARRAY;
  return decodeUtf8(text.subarray(0, end)) ?? '';
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  let byte = bytes[at];
  while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
    at += 1;
    byte = bytes[at];
  }
  return at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
