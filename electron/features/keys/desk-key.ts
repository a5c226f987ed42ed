import { instantText } from '../../../shared/domain/clock.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { publicKeyOf } from '../../evidence/ed25519.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { fingerprintOf } from './own-key.ts';
import { openerForDesk, sealPrivatePart } from './private-part.ts';
import { ensurePinned, standingOf } from './trust-store.ts';
import { unaskedWrite } from './unasked-write.ts';

const SEED_BYTES = 32;

/** Where the desk's key is needed, and on whose call. */
export interface DeskSeat {
  readonly tenant: string;
  readonly by: string;
}

/**
 * The desk's own key: the oldest in use whose trust has not ended in the tenant and that `suits`; made when there is
 * none. It is pinned in the tenant as purpose desk. Where two processes make one at once, both go on with the older.
 */
export async function deskKeyOf(
  context: FeatureContext,
  seat: DeskSeat,
  suits: (key: StoredOwnKey) => Promise<boolean>,
): Promise<{ key: StoredOwnKey; fingerprint: string }> {
  let key = await findKey(context, seat, suits);
  if (key === null) {
    const made = await makeDeskKey(context);
    await context.store.addOwnKey(unaskedWrite(context, seat.tenant, seat.by), made);
    key = (await findKey(context, seat, suits)) ?? made;
  }
  await ensurePinned(context, seat.tenant, seat.by, key.key_id);
  return { key, fingerprint: fingerprintOf(key) };
}

async function findKey(
  context: FeatureContext,
  { tenant }: DeskSeat,
  suits: (key: StoredOwnKey) => Promise<boolean>,
): Promise<StoredOwnKey | null> {
  const keys = await context.store.ownKeys();
  const { entries } = await context.store.trust(tenant);
  for (const key of keys) {
    if (key.purpose !== 'desk' || key.status !== 'in-use') continue;
    if (standingOf(entries, key, context.clock.now()) === 'ended') continue;
    if (await suits(key)) return key;
  }
  return null;
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
