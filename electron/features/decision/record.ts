import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { NewDecision, SealOrder, StoredPending, Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { readJudged } from '../escalation/read-judged.ts';
import { refuseUnsound } from '../log/soundness.ts';
import { readTarget } from '../target.ts';
import { sha256Hex } from '../writing.ts';
import { type Examined, examine, lookAt } from './examine.ts';
import { permit } from './permit.ts';
import { attachedReport, judgeResolution } from './resolution.ts';
import { type SealKeys, type Seat, seal, sealKeys } from './sealing.ts';
import { signStatement } from './statement.ts';
import { type DecisionSigner, decisionSigner } from './statement-signer.ts';

/** The keys that a decision is recorded with. */
export interface DecisionKeys {
  /** Of one that is to be sealed. */
  readonly seal: SealKeys | null;
  readonly statement: DecisionSigner;
}

/**
 * The keys of a decision: `keyId` names the one that it is sealed with, undefined the reviewer's newest, null none. To be
 * called before the escalation is read. Errors as `sealKeys`; INTEGRITY_FAILED as `refuseUnsound`.
 */
export async function decisionKeys(
  context: FeatureContext,
  seat: Seat,
  keyId: string | null | undefined,
): Promise<DecisionKeys> {
  await refuseUnsound(context, seat.tenant);
  const toSeal = keyId === null ? null : await sealKeys(context, seat, keyId);
  return { seal: toSeal, statement: await decisionSigner(context, seat, toSeal?.signer) };
}

/**
 * Seals where that is ordered, signs the statement, and commits. Answers after the commit. Errors as `seal`,
 * `signStatement` and LedgerStore.decide.
 */
export async function record(
  context: FeatureContext,
  write: Write,
  decision: NewDecision,
  examined: Examined,
  keys: DecisionKeys,
): Promise<Escalation> {
  const ordered = isOrdered(decision) && keys.seal !== null;
  const whole = ordered ? await seal(context, decision, examined, keys.seal) : decision;
  const statement = await signStatement(context, write, whole, examined, keys.statement);
  await context.store.decide(write, { ...whole, statement });
  return readJudged(context, decision.key);
}

/**
 * Ends a hold: everything that the decision rests on is read again, hashed and judged at this instant, and only what
 * was shown and accepted then is recorded (I9, S68). UNAUTHORIZED with `details.locked`: the key locked meanwhile;
 * nothing else was looked at. CONFLICT, INTEGRITY_FAILED and others as `examine`, `permit` and `record`.
 */
export async function recordHeld(context: FeatureContext, write: Write, held: StoredPending): Promise<Escalation> {
  const { decision } = held;
  const { key } = decision;
  const keys = await decisionKeys(context, write, decision.seal === null ? null : decision.seal.keyId);
  const { escalation } = await readTarget(context, key);
  if (escalation.decision !== null) {
    return record(context, write, { ...decision, pendingId: held.pending_id }, await lookAt(context, key), keys);
  }
  const examined = await examine(context, key);
  const { outcome, viewSha256, overrides } = decision;
  const packet = heldReport(decision, examined);
  const permitted = permit(examined, { outcome, viewSha256, overrides, accepted: namedAsAccepted(decision), packet });
  const whole = { ...withReport(decision, packet, examined), ...permitted, pendingId: held.pending_id };
  return record(context, write, whole, examined, keys);
}

/** What was waived then counts as accepted only if it still is waived. */
function namedAsAccepted({ acceptedUnchecked, waived = [] }: NewDecision): string[] | null {
  return acceptedUnchecked?.filter((check) => !waived.includes(check)) ?? null;
}

function isOrdered(decision: NewDecision): decision is NewDecision & { seal: SealOrder } {
  return decision.seal !== null;
}

/** The packet goes in with what it is worth now, not with what it was when the hold began. */
function withReport(decision: NewDecision, report: EvidenceReport | null, { epoch }: Examined): NewDecision {
  const packet = decision.resolution?.packet;
  if (report === null || packet === null || packet === undefined || decision.resolution === null) return decision;
  return { ...decision, resolution: { ...decision.resolution, packet: { ...packet, report, reportEpoch: epoch } } };
}

/** What the packet that was held is worth now; INTEGRITY_FAILED where its bytes are not the ones that were shown. */
function heldReport({ resolution }: NewDecision, examined: Examined): EvidenceReport | null {
  if (resolution === null) return null;
  const { packet, vepHash } = resolution;
  if (packet === null) return attachedReport(examined, vepHash);
  if (sha256Hex(packet.bytes) === vepHash) return judgeResolution(packet.bytes, examined);
  const message = "The resolution's packet changed while the decision waited. Nothing was recorded.";
  throw new DeskError('INTEGRITY_FAILED', message, { sha256: vepHash });
}
