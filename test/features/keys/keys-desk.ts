import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostServices } from '../../../electron/desk/host-services.ts';
import { sealResolution } from '../../../electron/evidence/packet/seal.ts';
import { publicKeyOf, signEd25519 } from '../../../electron/evidence/trust/ed25519.ts';
import { verifyEvidence } from '../../../electron/evidence/verify.ts';
import type { Keyring } from '../../../electron/features/context.ts';
import { keyRingOf, type Signer } from '../../../electron/features/keys/key-ring.ts';
import { trustOf } from '../../../electron/features/keys/trust-store.ts';
import type { Confirmation } from '../../../shared/contract/keys.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { instantFromEpochMillis } from '../../../shared/domain/instant.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { type DecidedDesk, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';
import { PACKET } from '../../hosts/test-desk.ts';

export const PASSPHRASE = 'correct horse battery';
export const OTHER_TENANT = 'globex';

/** A keyring in the test's hand: one whose password is another opens nothing of the first's. */
export class HandKeyring implements Keyring {
  password = 'first';
  reseal = false;
  readonly given: Uint8Array[] = [];

  async seal(secret: Uint8Array): Promise<Uint8Array> {
    this.given.push(Uint8Array.from(secret));
    const cipher = createCipheriv('aes-256-gcm', this.key(), Buffer.alloc(12));
    return Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  async unseal(sealed: Uint8Array): Promise<{ secret: Uint8Array; reseal: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', this.key(), Buffer.alloc(12));
    decipher.setAuthTag(sealed.subarray(-16));
    try {
      const secret = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      return { secret: Uint8Array.from(secret), reseal: this.reseal };
    } catch {
      throw new DeskError('UNAUTHORIZED', 'The keyring is another now.', { lost: true });
    }
  }

  private key(): Buffer {
    return createHash('sha256').update(this.password).digest();
  }
}

export interface KeysDesk extends DecidedDesk {
  /** What goes with a mutation of the reviewer in the tenant. */
  acting(tenant?: string): { by: string; idempotency_key: string; tenant: string };
  make(passphrase?: string): ReturnType<DecidedDesk['client']['keys']['make']>;
  pin(
    entry: TrustEntry,
    confirmation?: Confirmation,
    tenant?: string,
  ): ReturnType<DecidedDesk['client']['keys']['pin']>;
  signer(keyId?: string): Promise<Signer>;
  /** A packet that resolves something, sealed now by the signer. */
  seal(signer: Signer): Uint8Array;
  /** What the tenant's keys say of a packet's signature now. */
  signatureOf(packet: Uint8Array, tenant?: string): Promise<{ verdict: string; code: string }>;
  stageFile(name: string, text: string): string;
  stageTarget(name: string, force?: boolean): { staged: string; read(): string };
}

/** A desk with two tenants and one reviewer. */
export async function openKeysDesk(parts: Partial<HostServices> = {}): Promise<KeysDesk> {
  const desk = await openDecidedDesk(parts);
  await desk.record('first');
  const event = { id: 'other', event_id: randomUUID(), tenant: OTHER_TENANT };
  await desk.client.escalation.record({ by: desk.by, idempotency_key: randomUUID(), ...event });
  const context = desk.desk.main;
  const acting = (tenant = TENANT) => ({ by: desk.by, idempotency_key: randomUUID(), tenant });
  return {
    ...desk,
    acting,
    make: (passphrase) =>
      desk.client.keys.make({ ...acting(), name: 'Ada', ...(passphrase === undefined ? {} : { passphrase }) }),
    pin: (entry, confirmation = { how: 'compared' }, tenant = TENANT) =>
      desk.client.keys.pin({ ...acting(tenant), source: 'test', entries: [{ entry, confirmation }] }),
    signer: (keyId) => keyRingOf(context).signerFor(desk.by, keyId),
    seal: (signer) =>
      sealResolution({
        original: readFileSync(PACKET),
        escalationId: 'first',
        outcome: 'ALLOW',
        reasonCode: 'OTHER',
        capsuleId: randomUUID(),
        nonce: 1n,
        reviewerKey: signer.publicKey,
        deskFingerprint: 'ab'.repeat(32),
        viewSha256: 'cd'.repeat(32),
        timestamp: Math.floor(desk.clock.now() / 1000),
        sign: (root) => signer.sign(root),
      }),
    async signatureOf(packet, tenant = TENANT) {
      const at = instantFromEpochMillis(desk.clock.now());
      if (at === null) throw new Error('there is no such time');
      const { trust } = await trustOf(context, tenant);
      const { checks } = verifyEvidence(packet, { at, trust, role: 'resolution' });
      const found = checks.find(({ name }) => name === 'signature');
      return { verdict: found?.verdict ?? 'absent', code: found?.code ?? '' };
    },
    stageFile(name, text) {
      const path = join(desk.home, name);
      writeFileSync(path, text);
      return desk.desk.staging.stageSource(path, { name, temporary: false });
    },
    stageTarget(name, force = false) {
      const path = join(desk.home, name);
      return { staged: desk.desk.staging.stageTarget(path, { name, force }), read: () => readFileSync(path, 'utf8') };
    },
  };
}

/** A key of somebody else, and what it signs. */
export function foreignKey(name: string, purpose: 'gate' | 'issuer' | 'reviewer' | 'witness' | 'desk' = 'gate') {
  const seed = new Uint8Array(randomBytes(32));
  const publicKey = publicKeyOf(seed);
  const entry = { name, purpose, public_hex: encodeHex(publicKey) } as const;
  const fingerprint = createHash('sha256').update(publicKey).digest('hex');
  const signer: Signer = { keyId: name, publicKey, sign: (message) => signEd25519(seed, message) };
  return { entry, fingerprint, signer };
}
