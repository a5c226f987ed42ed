import { isJsonArray, JsonNumber, type JsonValue } from '../json/value.ts';

/**
 * The bytes of an array of integers 0 to 255, as the protocol writes hashes and packets: read as a byte array already,
 * or as an array of numbers. Null for anything else.
 */
export function byteArrayOf(value: JsonValue | undefined): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  if (!isJsonArray(value)) return null;
  const bytes = new Uint8Array(value.length);
  for (const [i, element] of value.entries()) {
    const byte = element instanceof JsonNumber ? element.toSafeInteger() : null;
    if (byte === null || byte < 0 || byte > 255) return null;
    bytes[i] = byte;
  }
  return bytes;
}
