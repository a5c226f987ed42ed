import { wordlist } from '@scure/bip39/wordlists/english.js';
import { encodeHex } from './hex.ts';

/**
 * A key's fingerprint is SHA-256 of its 32 public bytes. Two persons compare it over another channel, aloud or by eye,
 * so it has three forms: 64 hex digits, 16 of them in fours for lists, and twelve words.
 */

const WORDS = 12;
const WORD_BITS = 11;
/** As many of the 64 digits as a person must give: 128 bits, which nobody finds a second key for. */
const ENOUGH_DIGITS = 32;

/** The first 16 of the fingerprint's hex digits in fours, to tell keys apart in a list: too few to trust one by. */
export function shortFingerprint(fingerprintHex: string): string {
  return fingerprintHex.slice(0, 16).replace(/.{4}(?=.)/g, '$& ');
}

/** The first 132 bits of the 32 bytes as twelve words of the English list of BIP 39, each of 11 bits; no checksum. */
export function fingerprintWords(hash: Uint8Array): string[] {
  return Array.from({ length: WORDS }, (_, index) => wordlist[bitsAt(hash, index * WORD_BITS)] ?? '');
}

/** The eleven bits from bit `from` on, most significant first; they lie in three bytes at most. */
function bitsAt(hash: Uint8Array, from: number): number {
  const at = from >> 3;
  const three = ((hash[at] ?? 0) << 16) | ((hash[at + 1] ?? 0) << 8) | (hash[at + 2] ?? 0);
  return (three >> (24 - WORD_BITS - (from & 7))) & (2 ** WORD_BITS - 1);
}

/**
 * Whether what a person typed or pasted is the fingerprint of these 32 bytes: its first 32 hex digits at least, or all
 * twelve words; white space, colons and letter case aside. Anything shorter proves too little and is false.
 */
export function isFingerprint(hash: Uint8Array, typed: string): boolean {
  const digits = typed.toLowerCase().replace(/[\s:]/g, '');
  if (digits.length >= ENOUGH_DIGITS && encodeHex(hash).startsWith(digits)) return true;
  return typed.toLowerCase().split(/\s+/).filter(Boolean).join(' ') === fingerprintWords(hash).join(' ');
}
