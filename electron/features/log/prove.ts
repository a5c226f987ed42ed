import { DeskError } from '../../../shared/domain/errors.ts';
import { leafHash } from '../../audit/log/leaf.ts';
import { verifyInclusion } from '../../audit/log/merkle.ts';
import { writeProofFile } from '../../audit/verify/verify-head.ts';
import type { LoggedEvent, StoredCheckpoint } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { onceHere } from '../keys/once-here.ts';
import { writeTarget } from '../keys/write-target.ts';
import { readTarget, type Target } from '../target.ts';
import { sha256Hex, tenantWrite } from '../writing.ts';
import { signCheckpoint } from './checkpoint.ts';

interface ProveInput {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
  readonly target: string;
  readonly seq?: string | undefined;
  readonly escalation?: Target | undefined;
}

/**
 * Writes the proof of one event as a file that stands alone: under a head that is signed for it, since it leaves the
 * desk. NOT_FOUND, ALREADY_EXISTS; INVALID_INPUT where neither event nor escalation is named; INTEGRITY_FAILED where no
 * proof holds, and then no file is written.
 */
export async function prove(context: FeatureContext, input: ProveInput) {
  const target = context.staging.target(input.target);
  const write = tenantWrite(context, 'log.prove', input, { ...input, target: target.path });
  return onceHere(context, write, async () => {
    const event = await eventOf(context, input.tenant, await seqOf(context, input));
    const text = await proofOf(context, input.tenant, event, await signCheckpoint(context, input));
    await writeTarget(target, text);
    const bytes = Buffer.from(text);
    return { file: target.name, sha256: sha256Hex(bytes), bytes: bytes.length };
  });
}

/** The event that is named; of an escalation that which recorded its decision, else that which recorded itself. */
async function seqOf(context: FeatureContext, { tenant, seq, escalation }: ProveInput): Promise<number> {
  if (seq !== undefined) return Number(seq);
  if (escalation === undefined) {
    const message = 'Name an event of the log, or an escalation. Nothing was written.';
    throw new DeskError('INVALID_INPUT', message, {});
  }
  const { key, escalation: full } = await readTarget(context, { ...escalation, tenant });
  const recorded = full.events.find(({ type }) => type === 'escalation.recorded');
  return (await context.store.decisionEvent(key)) ?? Number(recorded?.seq ?? -1);
}

/** NOT_FOUND where the log has no such event. */
export async function eventOf({ store }: FeatureContext, tenant: string, seq: number): Promise<LoggedEvent> {
  const event = Number.isSafeInteger(seq) && seq >= 0 ? await store.logEvent(tenant, seq) : null;
  if (event !== null) return event;
  throw new DeskError('NOT_FOUND', 'The log of this tenant has no such event.', { seq: String(seq) });
}

async function proofOf(
  { store }: FeatureContext,
  tenant: string,
  { seq, leaf }: LoggedEvent,
  { size, root, note }: StoredCheckpoint,
): Promise<string> {
  const proof = await store.inclusionProof(tenant, seq, size);
  const claim = { index: BigInt(seq), size: BigInt(size), leafHash: leafHash(leaf), proof, root };
  if (verifyInclusion(claim)) return writeProofFile(leaf, seq, proof, note);
  const message = `Event ${seq} is not the one that the log has at its place. Nothing was written. Verify the log to see what differs.`;
  throw new DeskError('INTEGRITY_FAILED', message, { seq });
}
