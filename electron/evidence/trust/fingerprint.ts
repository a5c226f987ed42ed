import { createHash } from 'node:crypto';
import { fingerprintWords, isFingerprint } from '../../../shared/domain/fingerprint.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';

/** A public key's fingerprint: SHA-256 of its 32 bytes as 64 hex digits. `publicHex` is 64 hex digits. */
export function fingerprintOf(publicHex: string): string {
  return encodeHex(hashOf(publicHex));
}

/** The fingerprint as the twelve words that two persons compare. */
export function wordsOf(publicHex: string): string[] {
  return fingerprintWords(hashOf(publicHex));
}

/** Whether a person's text is this key's fingerprint, as `isFingerprint` takes it: never on first use, always compared. */
export function matchesFingerprint(publicHex: string, typed: string): boolean {
  return isFingerprint(hashOf(publicHex), typed);
}

function hashOf(publicHex: string): Uint8Array {
  return createHash('sha256').update(publicHex, 'hex').digest();
}
