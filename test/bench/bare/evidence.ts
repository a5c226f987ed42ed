import { createHash, createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import type { SignedPacket } from '../signed-packets.ts';

const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** The primitives alone: SHA-256 over the same bytes as often as a verification needs, and one Ed25519 verify. */
export class BarePrimitives {
  readonly #key: KeyObject;

  constructor(publicHex: string) {
    const der = Buffer.concat([SPKI_HEAD, Buffer.from(publicHex, 'hex')]);
    this.#key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  }

  /** Whether the gate's signature is over the root of these leaves. */
  verify({ bytes, leaves, payload, signature }: SignedPacket): boolean {
    hash('sha256', bytes, 'buffer');
    if (payload !== null) hash('sha256', payload, 'buffer');
    const [intent, authority, identity, witness] = leaves.map((leaf) => sha256(LEAF, leaf)) as Quad;
    const root = sha256(NODE, sha256(NODE, intent, authority), sha256(NODE, identity, witness));
    return verify(null, root, this.#key, signature);
  }
}

type Quad = [Buffer, Buffer, Buffer, Buffer];

/** Of parts as they lie: a copy to join them would be no primitive's. */
function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hashed = createHash('sha256');
  for (const part of parts) hashed.update(part);
  return hashed.digest();
}
