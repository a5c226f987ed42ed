import { DeskError } from '../../../shared/domain/errors.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { type CheckName, type EvidenceReport, worstVerdict } from '../../../shared/domain/verdict.ts';
import { sealResolution } from '../../evidence/packet/seal.ts';
import { fingerprintOf } from '../../evidence/trust/fingerprint.ts';
import type { NewDecision, SealOrder } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { startVerifyWhereDue } from '../evidence/verify-job.ts';
import { keyRingOf, type Signer } from '../keys/key-ring.ts';
import { ensurePinned, trustOf } from '../keys/trust-store.ts';
import { sha256Hex } from '../writing.ts';
import { type Examined, soundBytes } from './examine.ts';
import { judgeResolution } from './resolution.ts';
import { intentPacket, whyNotSealed } from './sealable.ts';

/** What a sealed packet must hold to before it is stored: all but what only others can vouch for. */
const MUST_VERIFY: readonly CheckName[] = ['structure', 'root', 'signature', 'aid', 'nonce', 'escalation'];

/** Who seals in which tenant. */
export interface Seat {
  readonly tenant: string;
  readonly by: string;
}

/** A reviewer's key that can sign now, and the desk's own by its fingerprint; both are pinned in the tenant. */
export interface SealKeys {
  readonly signer: Signer;
  readonly deskFingerprint: string;
}

/**
 * The keys that a packet is sealed with: the one named, else the reviewer's newest. To be called before the escalation is
 * read, since pinning changes what it is judged by. INVALID_INPUT: there is no such key, or its trust has ended here;
 * UNAUTHORIZED with `details.locked`: it is locked.
 */
export async function sealKeys(context: FeatureContext, seat: Seat, keyId: string | undefined): Promise<SealKeys> {
  const { tenant, by } = seat;
  const ring = keyRingOf(context);
  const signer = await ring.signerFor(by, keyId);
  const before = await trustOf(context, tenant);
  await ensurePinned(context, tenant, by, signer.keyId);
  const deskFingerprint = await ring.deskFingerprint({ tenant, by });
  const after = await trustOf(context, tenant);
  // The tenant knows a key more than it did: everything in it waits to be verified with that one, too.
  if (after.epoch !== before.epoch) await startVerifyWhereDue(context, tenant);
  return { signer, deskFingerprint };
}

/** INVALID_INPUT where the request brought no intent that a packet could answer. */
export function refuseUnsealable(examined: Examined): void {
  const why = whyNotSealed(examined.stored);
  if (why === null) return;
  throw new DeskError('INVALID_INPUT', `${why} Nothing was recorded. Attach a packet, or give its hash.`);
}

/**
 * The decision with its packet built and signed: the request's own intent, an authority that names the escalation, the
 * view that was decided on. Nothing leaves here that does not verify as this escalation's resolution. INTEGRITY_FAILED,
 * INVALID_INPUT, UNAUTHORIZED, LIMIT_EXCEEDED; INTERNAL: what was sealed does not verify.
 */
export async function seal(
  context: FeatureContext,
  decision: NewDecision & { readonly seal: SealOrder },
  examined: Examined,
  { signer, deskFingerprint }: SealKeys,
): Promise<NewDecision> {
  const { ids, clock } = context;
  refuseUnsealable(examined);
  const original = await soundBytes(context, examined.key, intentPacket(examined.stored)?.sha256 ?? '');
  const bytes = sealResolution({
    original,
    escalationId: examined.key.id,
    outcome: decision.outcome === 'approved' ? 'ALLOW' : 'HALT',
    reasonCode: decision.reasonCode,
    capsuleId: ids.uuid(),
    nonce: Buffer.from(ids.bytes(8)).readBigUInt64BE(),
    reviewerKey: signer.publicKey,
    deskFingerprint,
    viewSha256: decision.viewSha256,
    timestamp: Math.floor(clock.now() / 1000),
    sign: (root) => signer.sign(root),
  });
  const report = judgeResolution(bytes, examined);
  refuseUnverified(report, encodeHex(signer.publicKey));
  const packet = {
    bytes,
    kind: 'vep',
    role: 'resolution',
    report,
    reportEpoch: examined.epoch,
    ...rootOf(report),
  } as const;
  const vepSha256 = sha256Hex(bytes);
  const { eventId } = decision.seal;
  return {
    ...decision,
    seal: null,
    sealed: { packet, vepSha256, key: fingerprintOf(encodeHex(signer.publicKey)) },
    resolution: eventId === null ? null : { eventId, vepHash: vepSha256, packet },
  };
}

function rootOf({ root }: EvidenceReport): { root?: string } {
  return root === null ? {} : { root };
}

/** The signature must be the very key's that the packet names as its author, not just any that is pinned. */
function refuseUnverified({ checks, key }: EvidenceReport, signerHex: string): void {
  const made = MUST_VERIFY.map((name) => checks.find((check) => check.name === name)?.verdict ?? 'unchecked');
  if (worstVerdict(made) === 'verified' && key?.public_hex === signerHex) return;
  const failed = checks.filter(({ name, verdict }) => MUST_VERIFY.includes(name) && verdict !== 'verified');
  throw new DeskError('INTERNAL', 'The packet that was sealed does not verify. Nothing was recorded or kept of it.', {
    failed: failed.map(({ name, code, detail }) => ({ check: name, code, detail })),
  });
}
