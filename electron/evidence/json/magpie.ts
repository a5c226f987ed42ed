import type { Hash } from 'node:crypto';
import { needsEscape } from './sound-text.ts';

const BACKSLASH = 0x5c;
const HEX = Buffer.from('0123456789abcdef');
const PIECE = 8192;
const LONGEST_ESCAPE = 6;

/** For each byte the letter of its short escape (RFC 8785, 3.2.2.2); PLAIN where it needs none, LONG where it has none. */
const ESCAPES = new Uint8Array(256);
const PLAIN = 0;
const LONG = 1;
ESCAPES.fill(LONG, 0, 0x20);
for (const [byte, letter] of [
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x22, '"'],
  [BACKSLASH, '\\'],
] as const) {
  ESCAPES[byte] = letter.charCodeAt(0);
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
  let at = from;
  while (to - at >= 4) {
    const word = view.getInt32(at, true);
    if (needsEscape(word)) {
      for (let bit = 0; bit < 32; bit += 8) end = escapeByte((word >>> bit) & 0xff, out, end);
    } else {
      words.setInt32(end, word, true);
      end += 4;
    }
    at += 4;
  }
  for (; at < to; at += 1) end = escapeByte(view.getUint8(at), out, end);
  return end;
}

function escapeByte(byte: number, out: Uint8Array, end: number): number {
  const letter = ESCAPES[byte] as number;
  if (letter === PLAIN) {
    out[end] = byte;
    return end + 1;
  }
  out[end] = BACKSLASH;
  if (letter !== LONG) {
    out[end + 1] = letter;
    return end + 2;
  }
  out.set([0x75, 0x30, 0x30, HEX[byte >> 4] ?? 0, HEX[byte & 15] ?? 0], end + 1);
  return end + 6;
}
