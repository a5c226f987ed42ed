import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { EvidenceRole } from '../../../shared/domain/escalation.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';
import type { Check, EvidenceReport } from '../../../shared/domain/verdict.ts';
import { provenBy } from '../../audit/verify/report.ts';
import { anatomyOf } from '../../evidence/packet/anatomy.ts';
import { openingCheck } from '../../evidence/packet/shadow.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import { commitmentIn, verifyEvidence } from '../../evidence/verify.ts';
import type { FeatureContext } from '../context.ts';
import { jobsOf } from '../job/jobs.ts';
import { trustOf } from '../keys/trust-store.ts';
import { besideFile, withFileSource } from '../log/file-source.ts';
import { verifyLogFile } from '../log/verify-log-file.ts';
import { stagedBytes } from '../staged-bytes.ts';
import { readTarget, type Target } from '../target.ts';
import { BESIDE_EXPORT } from '../transfer/export/export-places.ts';
import { tenantWrite } from '../writing.ts';
import { instantOf } from './judge.ts';
import { refuseRemoved } from './removed.ts';
import { startVerify } from './verify-job.ts';

interface Piece extends Target {
  readonly sha256: string;
}

/** What a packet or capsule of the escalation is made of. NOT_FOUND, also for a token, which has no such parts; CONFLICT. */
export async function anatomy(context: FeatureContext, input: Piece): Promise<PacketAnatomy> {
  const { tenant, bytes } = await pieceBytes(context, input);
  const { trust } = await trustOf(context, tenant);
  const parts = anatomyOf(bytes, trust);
  if (parts !== null) return parts;
  const message = 'This piece of evidence is no packet and no capsule. There is nothing to take apart.';
  throw new DeskError('NOT_FOUND', message, { sha256: input.sha256 });
}

interface VerifyFile {
  readonly tenant: string;
  readonly staged: string;
  readonly role: EvidenceRole;
}

interface VerifiedFile {
  readonly name: string;
  readonly report: EvidenceReport;
  readonly anatomy: PacketAnatomy | null;
  readonly proven: string | null;
  readonly signed_manifest: EvidenceReport | null;
}

/**
 * Verifies a staged file, whatever it is, with the tenant's pinned keys: nothing is stored. A bundle may be of any
 * length. NOT_FOUND; LIMIT_EXCEEDED for a large file that is no bundle.
 */
export async function verifyFile(context: FeatureContext, { tenant, staged, role }: VerifyFile): Promise<VerifiedFile> {
  const file = context.staging.source(staged);
  const { trust } = await trustOf(context, tenant);
  const ofLog = await logFileReport(file.path, trust);
  const found = {
    name: file.name,
    signed_manifest: await logFileReport(`${file.path}${BESIDE_EXPORT.statement}`, trust),
  };
  if (ofLog !== null) {
    const proven = ofLog.kind === 'bundle' || ofLog.kind === 'proof' ? provenBy(ofLog) : null;
    return { ...found, report: ofLog, anatomy: null, proven };
  }
  const bytes = await stagedBytes(file);
  const report = verifyEvidence(bytes, { at: instantOf(context.clock.now()), trust, role });
  return { ...found, report, anatomy: anatomyOf(bytes, trust), proven: null };
}

/** null for what is no file of a log, and for a file that cannot be read: reading it as evidence says why. */
function logFileReport(path: string, trust: TrustStore): Promise<EvidenceReport | null> {
  return withFileSource(path, (source) => verifyLogFile(source, { trust, previous: null }, besideFile(path))).catch(
    () => null,
  );
}

/**
 * Opens the commitment of a shadow intent with what the auditor was given. NOT_FOUND, CONFLICT; INVALID_INPUT where the
 * piece has no such commitment.
 */
export async function openCommitment(
  context: FeatureContext,
  input: Piece & { prompt: string; salt_hex: string },
): Promise<Check> {
  const { bytes } = await pieceBytes(context, input);
  const [commitment, salt] = [commitmentIn(bytes), decodeHex(input.salt_hex)];
  if (commitment !== null && salt !== null) return openingCheck(commitment, input.prompt, salt);
  const message = 'The intent of this packet is no shadow intent: it has no commitment that could be opened.';
  throw new DeskError('INVALID_INPUT', message, { sha256: input.sha256 });
}

interface VerifyAgain {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
  readonly all: boolean;
}

/**
 * Verifies the tenant's evidence as a job, whose id is the key, or that of the one that runs already and now goes round
 * again. NOT_FOUND for an unknown tenant.
 */
export async function verifyAgain(context: FeatureContext, input: VerifyAgain): Promise<{ job_id: string }> {
  const { inputHash } = tenantWrite(context, 'evidence.verify_again', input);
  const again = await jobsOf(context).again(input.idempotency_key, inputHash);
  if (again !== null) return again;
  // NOT_FOUND for an unknown tenant, whose trust store would only be empty.
  await context.store.settings(input.tenant);
  return startVerify(context, input.tenant, { jobId: input.idempotency_key, inputHash, all: input.all });
}

async function pieceBytes(context: FeatureContext, input: Piece): Promise<{ tenant: string; bytes: Uint8Array }> {
  const { key, escalation } = await readTarget(context, input);
  const piece = escalation.evidence.find(({ sha256 }) => sha256 === input.sha256);
  if (piece !== undefined) refuseRemoved(piece);
  const bytes = piece === undefined ? null : await context.store.evidenceBytes(key.tenant, piece.sha256);
  if (bytes !== null) return { tenant: key.tenant, bytes };
  throw new DeskError('NOT_FOUND', 'This escalation has no evidence of that SHA-256.', { sha256: input.sha256 });
}
