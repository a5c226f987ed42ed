import { DeskError, type ErrorCode } from '../../../shared/domain/errors.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import type { StatementSigner } from '../../audit/statement/own-statement.ts';
import type { FeatureContext } from '../context.ts';
import { startVerifyWhereDue } from '../evidence/verify-job.ts';
import { keyRingOf, type Signer } from '../keys/key-ring.ts';
import { ensurePinned, trustOf } from '../keys/trust-store.ts';
import type { Seat } from './sealing.ts';

/** A key that statements can be signed with now, and whose it is; its public part is pinned in the tenant. */
export interface DecisionSigner extends StatementSigner {
  readonly signedBy: 'reviewer' | 'desk';
}

/** The reviewer has no key, it is locked or lost, or the tenant trusts it no longer: then the desk signs. */
const NOT_NOW: readonly ErrorCode[] = ['INVALID_INPUT', 'UNAUTHORIZED'];

/**
 * Who signs a decision: `sealer` where its packet is sealed, else the reviewer's newest key where that is open or opens
 * by itself, else the desk's. To be called before the escalation is read, since pinning changes what it is judged by.
 */
export async function decisionSigner(
  context: FeatureContext,
  seat: Seat,
  sealer: Signer | null = null,
): Promise<DecisionSigner> {
  const before = await trustOf(context, seat.tenant);
  const own = sealer ?? (await reviewersOwn(context, seat));
  const signer = own ?? (await keyRingOf(context).deskSigner(seat));
  const after = await trustOf(context, seat.tenant);
  // The tenant knows a key more than it did: everything in it waits to be verified with that one, too.
  if (after.epoch !== before.epoch) await startVerifyWhereDue(context, seat.tenant);
  return signerOf(signer, own === null ? 'desk' : 'reviewer');
}

/** The desk's key, for what nobody decides. */
export async function deskDecisionSigner(context: FeatureContext, seat: Seat): Promise<DecisionSigner> {
  return signerOf(await keyRingOf(context).deskSigner(seat), 'desk');
}

async function reviewersOwn(context: FeatureContext, { tenant, by }: Seat): Promise<Signer | null> {
  try {
    const signer = await keyRingOf(context).signerFor(by);
    await ensurePinned(context, tenant, by, signer.keyId);
    return signer;
  } catch (error) {
    if (error instanceof DeskError && NOT_NOW.includes(error.code)) return null;
    throw error;
  }
}

function signerOf(signer: Signer, signedBy: DecisionSigner['signedBy']): DecisionSigner {
  return { publicHex: encodeHex(signer.publicKey), sign: (message) => signer.sign(message), signedBy };
}
