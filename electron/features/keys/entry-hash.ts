import { createHash } from 'node:crypto';
import { decodeHex } from '../../../shared/domain/hex.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { jcs } from '../../evidence/json/jcs.ts';

/** What an entry's fingerprint is made of: SHA-256 of a key's public bytes, of a baseline of its aid and values. */
export function entryHash(entry: TrustEntry): Uint8Array {
  const bytes =
    entry.purpose === 'pcrs'
      ? jcs({ aid: entry.aid, pcrs: entry.pcrs })
      : (decodeHex(entry.public_hex) ?? new Uint8Array(0));
  return createHash('sha256').update(bytes).digest();
}
