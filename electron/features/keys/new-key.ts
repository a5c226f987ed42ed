import { instantText } from '../../../shared/domain/clock.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { publicKeyOf } from '../../evidence/trust/ed25519.ts';
import type { StoredOwnKey, Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import type { Opener } from './box-key.ts';
import { keyRingOf } from './key-ring.ts';
import { sealPrivatePart } from './private-part.ts';

/** A private key that a reviewer's own key is to be made of; whoever gave it wipes it no more. */
export interface Material {
  readonly seed: Uint8Array;
  readonly name: string;
  readonly madeAt: string;
  readonly backedUpAt: string | null;
}

const SEED_BYTES = 32;

/** A new private key, called `name`. */
export function newMaterial(context: FeatureContext, name: string): Material {
  const madeAt = instantText(context.clock.now());
  return { seed: context.ids.bytes(SEED_BYTES), name, madeAt, backedUpAt: null };
}

/**
 * Keeps a reviewer's new key, pins its public part, and leaves it unlocked; `replaces` is rotated in the same step. Its id
 * is the caller's idempotency key, so that a call that is sent again answers the same key and none is made twice.
 */
export async function keepKey(
  context: FeatureContext,
  write: Write,
  { seed, name, madeAt, backedUpAt }: Material,
  opener: Opener,
  replaces?: string,
): Promise<StoredOwnKey> {
  const head = { purpose: 'reviewer', public_hex: encodeHex(publicKeyOf(seed)) } as const;
  const made: StoredOwnKey = {
    ...head,
    key_id: write.idempotencyKey,
    profile_id: write.by,
    name,
    status: 'in-use',
    protection: opener.kind,
    made_at: madeAt,
    ended_at: null,
    reason: null,
    backed_up_at: backedUpAt,
    sealed: await sealPrivatePart(context, seed, head, opener),
  };
  await context.store.addOwnKey(write, made, replaces);
  const kept = (await context.store.ownKeys()).find(({ key_id }) => key_id === made.key_id) ?? made;
  if (kept.public_hex === made.public_hex) keyRingOf(context).hold(kept.key_id, seed);
  else seed.fill(0);
  return kept;
}
