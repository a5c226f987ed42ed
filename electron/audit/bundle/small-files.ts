import { z } from 'zod';
import { Sha256Hex } from '../../../shared/domain/escalation.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { fingerprintOf } from '../../evidence/trust/fingerprint.ts';
import { readCanonical } from '../log/canonical.ts';
import type { BundledKey } from './bundle-input.ts';
import { publicKeyPem } from './pem.ts';

const Hashes = z.array(Sha256Hex).max(128);

/** Hashes of a proof, in their order. */
export function hashesFile(hashes: readonly Uint8Array[]): Uint8Array {
  return jcs(hashes.map((hash) => encodeHex(hash)));
}

/** The hashes of a proof; null where the bytes are none in canonical form. */
export function readHashes(bytes: Uint8Array): Uint8Array[] | null {
  const hashes = Hashes.safeParse(readCanonical(decodeUtf8(bytes)));
  return hashes.success ? hashes.data.map((hash) => decodeHex(hash) ?? new Uint8Array()) : null;
}

/** The tenant's public keys with their history; said by the desk, to be compared, never to be trusted (I6). */
export function keysFile(keys: readonly BundledKey[]): Uint8Array {
  return jcs(
    keys.map((key) => ({ ...key, fingerprint: fingerprintOf(key.public_hex), pem: publicKeyPem(key.public_hex) })),
  );
}
