import type { Opened } from '../../../shared/contract/escalation.ts';
import { encodeBase64 } from '../../../shared/domain/base64.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation, Evidence, EvidenceRole } from '../../../shared/domain/escalation.ts';
import type { FeatureContext } from '../context.ts';
import type { Holds } from '../decision/holds.ts';
import { pendingOf } from '../decision/pending.ts';
import { whyNotSealed } from '../decision/sealable.ts';
import { judgeToRead } from '../evidence/judge.ts';
import { refuseRemoved } from '../evidence/removed.ts';
import { pieceReports } from '../evidence/reports.ts';
import { decisionProof } from '../log/decision-proof.ts';
import { guarded, readTarget, resolveTarget, type Target } from '../target.ts';
import { sha256Hex, tenantWrite } from '../writing.ts';
import { readEvidenceFile } from './evidence-file.ts';
import { newByHand } from './new-by-hand.ts';
import { resolutionWorth } from './opened.ts';
import { readJudged } from './read-judged.ts';
import { tokenFacts } from './token-facts.ts';

const CLAIM_MS = 15 * 60_000;

interface Change extends Target {
  by: string;
  idempotency_key: string;
  expect_version?: string | undefined;
}

/**
 * One escalation as one view, its evidence verified with the present keys, with what stands beside it. NOT_FOUND;
 * CONFLICT where several could be meant.
 */
export async function get(context: FeatureContext, holds: Holds, target: Target): Promise<Opened> {
  await judgeToRead(context, target.tenant, [await resolveTarget(context, target)]);
  const stored = await readTarget(context, target);
  const { key, escalation, claimedBy, judgement } = stored;
  const sameId = (await context.store.find(key.tenant, key.id)).filter((other) => other.key.event !== key.event);
  const pending = (await context.store.pending(key.tenant)).find((one) => one.id === key.id && one.event === key.event);
  return {
    escalation,
    token: tokenFacts(escalation.record.continuation_token),
    judgement,
    reports: pieceReports(stored),
    resolution: resolutionWorth(stored),
    cannot_seal: whyNotSealed(stored),
    proof: await decisionProof(context, stored),
    claimed_by: claimedBy,
    pending: pending === undefined ? null : pendingOf(pending, holds.stateOf(pending)),
    same_id: sameId.map((other) => ({ event: other.key.event, status: other.status })),
  };
}

/** Exact bytes of one piece of its evidence; without a digest the resolution's packet. NOT_FOUND, CONFLICT. */
export async function evidence(context: FeatureContext, input: Target & { sha256?: string | undefined }) {
  const { key, escalation } = await readTarget(context, input);
  const piece = input.sha256 === undefined ? resolutionOf(escalation) : pieceOf(escalation, input.sha256);
  if (piece !== undefined) refuseRemoved(piece);
  const bytes = piece === undefined ? null : await context.store.evidenceBytes(key.tenant, piece.sha256);
  if (piece === undefined || bytes === null) {
    const message =
      input.sha256 === undefined
        ? 'No resolution packet is attached to this escalation.'
        : 'This escalation has no evidence of that SHA-256.';
    throw new DeskError('NOT_FOUND', message, {
      id: key.id,
      ...(input.sha256 === undefined ? {} : { sha256: input.sha256 }),
    });
  }
  return { sha256: piece.sha256, kind: piece.kind, role: piece.role, bytes: bytes.length, base64: encodeBase64(bytes) };
}

function pieceOf({ evidence }: Escalation, sha256: string): Evidence | undefined {
  return evidence.find((piece) => piece.sha256 === sha256);
}

/** The packet that the record's VEP hash names; else the one that came as the resolution's. */
function resolutionOf(escalation: Escalation): Evidence | undefined {
  const packets = escalation.evidence.filter(({ role, kind }) => role === 'resolution' && kind !== 'source-row');
  return packets.find(({ sha256 }) => sha256 === escalation.record.resolution_vep_hash) ?? packets[0];
}

interface NewByHand {
  by: string;
  idempotency_key: string;
  tenant: string;
  id: string;
  event_id: string;
  token?: string | undefined;
}

/** Records an escalation by hand. ALREADY_EXISTS; INVALID_INPUT for a token that is none. */
export async function record(context: FeatureContext, input: NewByHand): Promise<Escalation> {
  const row = newByHand(input, context.clock.now());
  await context.store.record(tenantWrite(context, 'escalation.record', input), row);
  return readJudged(context, { tenant: input.tenant, id: input.id, event: input.event_id });
}

/** Takes or renews the claim for 15 minutes. NOT_FOUND; CONFLICT while another holds it; ALREADY_DECIDED. */
export async function claim(context: FeatureContext, input: Change): Promise<Escalation> {
  const key = await resolveTarget(context, input);
  const write = tenantWrite(context, 'escalation.claim', input);
  return context.store.claim(write, { ...guarded(key, input.expect_version), untilMs: write.now + CLAIM_MS });
}

/** Gives the claim back. NOT_FOUND. */
export async function release(context: FeatureContext, input: Change): Promise<Escalation> {
  const key = await resolveTarget(context, input);
  return context.store.release(tenantWrite(context, 'escalation.release', input), guarded(key, input.expect_version));
}

/** Adds the staged files as evidence and verifies them. NOT_FOUND; INTEGRITY_FAILED for a file that is no packet, capsule or token. */
export async function attach(context: FeatureContext, input: Change & { files: string[]; role: EvidenceRole }) {
  const key = await resolveTarget(context, input);
  const pieces = [];
  for (const staged of input.files) pieces.push(await readEvidenceFile(context.staging.source(staged), input.role));
  const target = { ...guarded(key, input.expect_version), evidence: pieces };
  const meaning = { ...input, files: pieces.map(({ bytes }) => sha256Hex(bytes)) };
  await context.store.attach(tenantWrite(context, 'escalation.attach', input, meaning), target);
  return readJudged(context, key);
}
