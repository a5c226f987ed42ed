import { isUtf8 } from 'node:buffer';
import type { Hash } from 'node:crypto';
import { decodeUtf8, hasBadCharacter } from '../../shared/domain/json/utf8.ts';

/** The beginnings and ends that noncharacters have in UTF-8, and few other characters. */
const NONCHARACTER_BYTES = [
  [0xef, 0xb7],
  [0xbf, 0xbe],
  [0xbf, 0xbf],
].map((bytes) => Buffer.from(bytes));

/** Whether the bytes can stand as a JSON text: UTF-8 without noncharacters (S50). */
export function isSoundText(bytes: Uint8Array): boolean {
  if (!isUtf8(bytes)) return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!NONCHARACTER_BYTES.some((suspect) => buffer.includes(suspect))) return true;
  return !hasBadCharacter(decodeUtf8(bytes) ?? '\ud800');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HEX = Buffer.from('0123456789abcdef');
const PIECE = 8192;
const LONGEST_ESCAPE = 6;

/** The letter of a control character's short escape (RFC 8785, 3.2.2.2), else 0. */
const SHORT_ESCAPES = new Uint8Array(0x20);
for (const [control, letter] of [
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
] as const) {
  SHORT_ESCAPES[control] = letter.charCodeAt(0);
}

/** Hashes UTF-8 text as the JSON string that both canonical forms make of it, quotes included. */
export function hashAsJsonString(hash: Hash, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Uint8Array(PIECE * LONGEST_ESCAPE);
  hash.update('"');
  for (let at = 0; at < bytes.length; at += PIECE) {
    const end = escapePiece(view, at, Math.min(at + PIECE, bytes.length), out);
    hash.update(out.subarray(0, end));
  }
  hash.update('"');
}

/** Writes the piece into `out`, escaped; answers where that ends. Four bytes at a time where none needs an escape. */
function escapePiece(view: DataView, from: number, to: number, out: Uint8Array): number {
  const words = new DataView(out.buffer);
  let end = 0;
  for (let at = from; at < to; ) {
    const word = to - at < 4 ? 0 : view.getInt32(at, true);
    if (!needsEscape(word)) {
      words.setInt32(end, word, true);
      end += 4;
      at += 4;
      continue;
    }
    for (const stop = Math.min(at + 4, to); at < stop; at += 1) end = escapeByte(view.getUint8(at), out, end);
  }
  return end;
}

/** Whether one of the four bytes may be a control, a quote or a backslash: never says no wrongly. */
function needsEscape(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const slashes = word ^ 0x5c5c5c5c;
  const below = ((word - 0x20202020) | 0) & ~word;
  const marks = (((quotes - 0x01010101) | 0) & ~quotes) | (((slashes - 0x01010101) | 0) & ~slashes);
  return ((below | marks) & 0x80808080) !== 0;
}

function escapeByte(byte: number, out: Uint8Array, end: number): number {
  if (byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH) {
    out[end] = byte;
    return end + 1;
  }
  out[end] = BACKSLASH;
  const letter = byte >= 0x20 ? byte : (SHORT_ESCAPES[byte] ?? 0);
  if (letter !== 0) {
    out[end + 1] = letter;
    return end + 2;
  }
  out.set([0x75, 0x30, 0x30, HEX[byte >> 4] ?? 0, HEX[byte & 15] ?? 0], end + 1);
  return end + 6;
}
