import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { encodeHex } from '../../../shared/domain/hex.ts';

const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/**
 * Ed25519 (RFC 8032, 5.1.7) by one rule on every host, that of dalek's `verify_strict` (S57): a public key A and a
 * point R of 32 bytes, both in canonical form and not of small order, S below the group's order, and the cofactorless
 * equation. Never throws: whatever is no such key or signature is false.
 *
 * Runtimes differ on all of this but the equation, so that is all their primitive is asked for.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  if (!isStrictPoint(publicKey) || !isStrictPoint(signature) || !isBelowOrder(signature)) return false;
  try {
    return verify(null, message, publicKeyObject(publicKey), signature);
  } catch {
    return false;
  }
}

/** The signature of 64 bytes that RFC 8032, 5.1.6 gives; `seed` is the private key of 32 bytes. */
export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, privateKeyObject(seed)));
}

/** The public key of 32 bytes (RFC 8032, 5.1.5); `seed` is the private key of 32 bytes. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(privateKeyObject(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(der.length - PUBLIC_KEY_BYTES));
}

/**
 * The y of the eight points of order 1, 2, 4 and 8, without the sign of x. With either sign: both x are such a point,
 * or x is 0 and the sign bit is not canonical.
 */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map((hex) => Buffer.from(hex, 'hex'));

/** 2^252 + 27742317777372353535851937790883648493, least significant byte first. */
const ORDER = Buffer.from('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 'hex');

/** Whether the first 32 bytes are a point's canonical form (y below 2^255 − 19) and none of small order. */
function isStrictPoint(bytes: Uint8Array): boolean {
  return isBelowPrime(bytes) && !SMALL_ORDER_Y.some((y) => hasY(bytes, y));
}

function isBelowPrime(bytes: Uint8Array): boolean {
  if (((bytes[31] as number) & 0x7f) !== 0x7f) return true;
  for (let at = 30; at > 0; at -= 1) if (bytes[at] !== 0xff) return true;
  return (bytes[0] as number) < 0xed;
}

function hasY(bytes: Uint8Array, y: Uint8Array): boolean {
  for (let at = 0; at < 31; at += 1) if (bytes[at] !== y[at]) return false;
  return ((bytes[31] as number) & 0x7f) === y[31];
}

/** Whether S, the last 32 bytes, is below the order: another form of the same signature is no signature. */
function isBelowOrder(signature: Uint8Array): boolean {
  for (let at = 31; at >= 0; at -= 1) {
    const difference = (signature[32 + at] as number) - (ORDER[at] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** What stands before the 32 bytes in SubjectPublicKeyInfo and in PrivateKeyInfo (RFC 8410, 4 and 7). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Reading a key takes a third of the time of a verification, and pinned keys are few. */
const KNOWN_KEYS = 64;
const knownKeys = new Map<string, KeyObject>();

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const name = encodeHex(publicKey);
  const known = knownKeys.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  if (knownKeys.size >= KNOWN_KEYS) knownKeys.clear();
  knownKeys.set(name, key);
  return key;
}

function privateKeyObject(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([PKCS8_HEAD, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}
