const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, value) => [letter, value]));

/** The bytes in standard base64 with padding (RFC 4648, 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = Math.min(3, bytes.length - at);
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let letter = 0; letter < 4; letter += 1) {
      text += letter <= left ? ALPHABET[(group >> (18 - 6 * letter)) & 63] : '=';
    }
  }
  return text;
}

/**
 * The bytes of standard base64 (RFC 4648, 4), in its one form: null where the padding is missing, the last letter
 * holds bits that belong to no byte, or there is white space or anything else in between (S56).
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const letters = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (const letter of letters) {
    pending = ((pending << 6) | (VALUES.get(letter) ?? 0)) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (pending >> bits) & 0xff;
    at += 1;
  }
  return (pending & ((1 << bits) - 1)) === 0 ? bytes : null;
}
