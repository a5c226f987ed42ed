import { instantText } from '../../../shared/domain/clock.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { publicKeyOf } from '../../evidence/trust/ed25519.ts';
import { fingerprintOf } from '../../evidence/trust/fingerprint.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { unaskedWrite } from '../writing.ts';
import { openerForDesk, sealPrivatePart } from './private-part.ts';
import { ensurePinned, standingOf } from './trust-store.ts';

const SEED_BYTES = 32;

/** Where the desk's key is needed, and on whose call. */
export interface DeskSeat {
  readonly tenant: string;
  readonly by: string;
}

/**
 * The desk's own key, pinned in the tenant as purpose desk. One is in use at a time: made when there is none, and in the
 * place of one that has lost the tenant's trust, or that `suits` refuses. Where two processes make one at once, both go
 * on with the first.
 */
export async function deskKeyOf(
  context: FeatureContext,
  seat: DeskSeat,
  suits: (key: StoredOwnKey) => Promise<boolean>,
): Promise<{ key: StoredOwnKey; fingerprint: string }> {
  const known = await findInUse(context);
  const key = known !== null && (await isGood(context, seat, known, suits)) ? known : await renew(context, seat, known);
  await ensurePinned(context, seat.tenant, seat.by, key.key_id);
  return { key, fingerprint: fingerprintOf(key.public_hex) };
}

async function isGood(
  context: FeatureContext,
  { tenant }: DeskSeat,
  key: StoredOwnKey,
  suits: (key: StoredOwnKey) => Promise<boolean>,
): Promise<boolean> {
  const { entries } = await context.store.trust(tenant);
  return standingOf(entries, key, context.clock.now()) !== 'ended' && (await suits(key));
}

async function findInUse(context: FeatureContext): Promise<StoredOwnKey | null> {
  const keys = await context.store.ownKeys();
  return keys.find(({ purpose, status }) => purpose === 'desk' && status === 'in-use') ?? null;
}

async function renew(context: FeatureContext, seat: DeskSeat, old: StoredOwnKey | null): Promise<StoredOwnKey> {
  const made = await makeDeskKey(context);
  const write = unaskedWrite(context, seat.tenant, seat.by);
  try {
    await context.store.addOwnKey(write, made, old?.key_id);
    return made;
  } catch (error) {
    const others = await findInUse(context);
    if (others === null || others.key_id === old?.key_id) throw error;
    return others;
  }
}

async function makeDeskKey(context: FeatureContext): Promise<StoredOwnKey> {
  const seed = context.ids.bytes(SEED_BYTES);
  const opener = await openerForDesk(context);
  const head = { purpose: 'desk', public_hex: encodeHex(publicKeyOf(seed)) } as const;
  try {
    return {
      ...head,
      key_id: context.ids.uuid(),
      profile_id: null,
      name: 'This desk',
      status: 'in-use',
      protection: opener.kind,
      made_at: instantText(context.clock.now()),
      ended_at: null,
      reason: null,
      backed_up_at: null,
      sealed: await sealPrivatePart(context, seed, head, opener),
    };
  } finally {
    seed.fill(0);
  }
}
