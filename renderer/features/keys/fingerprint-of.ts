import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import type { TrustedKey } from '../../../shared/domain/trust.ts';

/** A key's fingerprint before the desk has it: SHA-256 of its 32 public bytes, 64 hex digits. */
export async function fingerprintOf({ public_hex }: Pick<TrustedKey, 'public_hex'>): Promise<string> {
  const bytes = Uint8Array.from(decodeHex(public_hex) ?? []);
  return encodeHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
