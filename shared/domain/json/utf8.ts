/** The Encoding standard's classes are in every host, but in none of the libraries that this room compiles against. */
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };

const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The text of UTF-8 bytes, a byte order mark kept as U+FEFF; null where they are not UTF-8 (S50). */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return fatal.decode(bytes);
  } catch {
    return null;
  }
}

/** The text's UTF-8 bytes; null where it holds a lone surrogate, which UTF-8 cannot carry (S50). */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> | null {
  return hasLoneSurrogate(text) ? null : encoder.encode(text);
}

export function hasLoneSurrogate(text: string): boolean {
  return !text.isWellFormed();
}

/** Whether the text has what RFC 7493, 2.1 refuses: a lone surrogate or one of the 66 noncharacters. */
export function hasBadCharacter(text: string): boolean {
  return /[\p{Surrogate}\p{Noncharacter_Code_Point}]/u.test(text);
}

/** Where UTF-8 (RFC 3629) ends to hold: the offset of the first byte of the first bad sequence, or -1. */
export function firstBadUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return continues(second) ? 2 : 0;
  const third = continues(bytes[at + 2] ?? 0);
  if (lead >= 0xe0 && lead <= 0xef) {
    // E0 would be overlong below A0; ED reaches the surrogates from A0 on.
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && third ? 3 : 0;
  }
  if (lead < 0xf0 || lead > 0xf4) return 0;
  // F0 would be overlong below 90; F4 leaves Unicode from 90 on.
  const low = lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high && third && continues(bytes[at + 3] ?? 0) ? 4 : 0;
}

function continues(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
