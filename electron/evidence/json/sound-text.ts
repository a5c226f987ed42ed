import { isAscii, isUtf8 } from 'node:buffer';
import { decodeUtf8, hasBadCharacter } from '../../../shared/domain/json/utf8.ts';

/** The beginnings and ends that noncharacters have in UTF-8, and few other characters. */
const NONCHARACTER_BYTES = [
  [0xef, 0xb7],
  [0xbf, 0xbe],
  [0xbf, 0xbf],
].map((bytes) => Buffer.from(bytes));

/** Whether the bytes are UTF-8 without noncharacters (S50), as fast as the engine can tell. */
export function isSoundText(bytes: Uint8Array): boolean {
  if (isAscii(bytes)) return true;
  if (!isUtf8(bytes)) return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!NONCHARACTER_BYTES.some((suspect) => buffer.includes(suspect))) return true;
  return !hasBadCharacter(decodeUtf8(bytes) ?? '\ud800');
}

/** Whether one of the four bytes is a control, a quote or a backslash: it may say yes wrongly, never no. */
export function needsEscape(word: number): boolean {
  // Turned by 2, a quote is where a space was, just above the controls, and a space is further up.
  const turned = word ^ 0x02020202;
  const slashes = word ^ 0x5c5c5c5c;
  const below = ((turned - 0x21212121) | 0) & ~turned;
  return ((below | (((slashes - 0x01010101) | 0) & ~slashes)) & 0x80808080) !== 0;
}
