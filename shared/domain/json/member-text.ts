import { decodeUtf8 } from './utf8.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The exact bytes of a member's value in the JSON object that `bytes` hold, white space around it left out; null where
 * the object has no such member. The bytes must be JSON that `readJson` has taken: nothing is checked again.
 */
export function memberBytes(bytes: Uint8Array, name: string): Uint8Array | null {
  let at = bytes.indexOf(0x7b) + 1;
  while (at > 0 && at < bytes.length) {
    const nameStart = bytes.indexOf(QUOTE, at);
    if (nameStart < 0) return null;
    const nameEnd = endOfText(bytes, nameStart);
    const valueStart = skipSpace(bytes, bytes.indexOf(0x3a, nameEnd) + 1);
    const valueEnd = endOfValue(bytes, valueStart);
    if (JSON.parse(text(bytes, nameStart, nameEnd)) === name) return trimmed(bytes, valueStart, valueEnd);
    at = valueEnd + 1;
  }
  return null;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return decodeUtf8(bytes.subarray(start, end)) ?? 'null';
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at] ?? 0x21) <= 0x20) at += 1;
  return at;
}

function trimmed(bytes: Uint8Array, start: number, end: number): Uint8Array {
  let last = end;
  while (last > start && (bytes[last - 1] ?? 0x21) <= 0x20) last -= 1;
  return bytes.slice(start, last);
}

/** The byte after the closing quote of the text that opens at `start`. */
function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** The comma or bracket after the value that begins at `start`. */
function endOfValue(bytes: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; ) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfText(bytes, at);
      continue;
    }
    if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    if (depth < 0 || (depth === 0 && byte === 0x2c)) return at;
    at += 1;
  }
  return bytes.length;
}
