import { createHash } from 'node:crypto';
import { decodeHex } from '../../../shared/domain/hex.ts';
import type { Check, EvidenceReport } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import { judgeSignature, type SignatureAnswer } from '../../evidence/trust/signature.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import { type Archive, ArchiveFault, openArchive, smallFile } from '../archive/archive-reader.ts';
import { type ByteSource, piecesOf } from '../archive/byte-source.ts';
import * as layout from '../bundle/layout.ts';
import { extentOf, MANIFEST_TYPE, type Manifest, originOf, rangeOf, readManifest } from '../bundle/manifest.ts';
import { readHashes } from '../bundle/small-files.ts';
import { consistencyCheck, sizeOf } from '../head/check-consistency.ts';
import type { Checkpoint } from '../head/checkpoint.ts';
import { type JudgedHead, judgeHead } from '../head/judge-head.ts';
import { headFacts } from '../head/signed-head.ts';
import { equalBytes } from '../log/merkle.ts';
import { type Envelope, pae, readOwnEnvelope } from '../statement/dsse.ts';
import { type CheckedFiles, checkFiles } from './check-files.ts';
import { evidenceFault, type ReadLog, readLog } from './check-log.ts';
import { inclusionCheck, openingCheck, statementCheck, unsound } from './log-checks.ts';
import { type AuditContext, type FileOutcome, fileReport } from './report.ts';

/**
 * Verifies a bundle (docs/formats/bundle.md, "Verifying"), with what is pinned and nothing else: no store, no network, no
 * clock. `structure` stands alone where it does not hold; what rests on a file that is not the manifest's is unchecked.
 * Memory does not grow with the entries; of each piece of evidence it keeps 40 bytes. Throws only what `source` throws.
 */
export async function verifyBundle(source: ByteSource, context: AuditContext): Promise<EvidenceReport> {
  const sha256 = createHash('sha256');
  for await (const piece of piecesOf(source, 0, source.size)) sha256.update(piece);
  const facts = { sha256: sha256.digest('hex'), bytes: source.size, kind: 'bundle' } as const;
  try {
    const archive = await openArchive(source);
    const opened = await openManifest(archive);
    if ('verdict' in opened) return fileReport(facts, { checks: [opened] });
    return fileReport(facts, await verifyContents(archive, opened, context));
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    return fileReport(facts, { checks: [check('structure', 'failed', error.code, error.message)] });
  }
}

interface OpenedManifest {
  readonly manifest: Manifest;
  readonly envelope: Envelope;
}

/** The manifest and its envelope, or the check `structure` that did not hold. */
async function openManifest(archive: Archive): Promise<OpenedManifest | Check> {
  const bytes = await smallFile(archive, layout.MANIFEST);
  const signed = await smallFile(archive, layout.MANIFEST_ENVELOPE);
  if (bytes === null || signed === null)
    return badStructure('MANIFEST_MISSING', 'It has no manifest, or no signature of one.');
  const read = readManifest(bytes);
  if (!read.ok && read.code === 'UNKNOWN_VERSION') return check('structure', 'unchecked', read.code, read.why);
  if (!read.ok) return badStructure(read.code, read.why);
  const envelope = readOwnEnvelope(signed);
  if (envelope?.payloadType !== MANIFEST_TYPE || !equalBytes(envelope.payload, bytes))
    return badStructure(
      'MANIFEST_ENVELOPE',
      'The signature of its manifest is of another manifest, or of another form.',
    );
  return { manifest: read.manifest, envelope };
}

function badStructure(code: string, detail: string): Check {
  return check('structure', 'failed', code, detail);
}

async function verifyContents(
  archive: Archive,
  { manifest, envelope }: OpenedManifest,
  context: AuditContext,
): Promise<FileOutcome> {
  const signature = judgeManifest(envelope, context.trust);
  const files = await checkFiles(archive, manifest);
  const contents = { archive, manifest, files };
  const head = await bundledHead(contents, context);
  const log = await bundledLog(contents, context);
  const facts = { manifest, log, evidence: log === null ? null : await evidenceFaultOf(contents, log) };
  const checks = [
    check('structure', 'verified', 'BUNDLE_FORM', 'It is a bundle of version 1.'),
    check('signature', signature.verdict, signature.code, signature.detail),
    files.check,
    head.check,
    await followsCheck(contents, log, context),
    inclusionCheck(facts),
    openingCheck(facts),
    statementCheck(facts),
  ].filter((made) => made !== null);
  return { checks, root: manifest.checkpoint.root, key: signature.key, findings: findingsOf(manifest, context) };
}

interface Contents {
  readonly archive: Archive;
  readonly manifest: Manifest;
  readonly files: CheckedFiles;
}

/** By a key of the desk, and by the one that the envelope names. */
function judgeManifest({ payloadType, payload, signatures }: Envelope, trust: TrustStore): SignatureAnswer {
  const messages = [{ profile: 'dsse', bytes: pae(payloadType, payload) }];
  const signature = signatures[0]?.sig ?? new Uint8Array();
  const answer = judgeSignature({ signature, messages, purposes: ['desk'], trust, at: null, over: 'manifest' });
  if (answer.key === null || answer.key.public_hex === signatures[0]?.keyid) return answer;
  const detail = 'Another key signed the manifest than the one that its envelope names.';
  return { ...answer, verdict: 'failed', code: 'OTHER_KEY', detail, key: null };
}

/** The bundle's head: the manifest's, of the manifest's log, and signed. */
async function bundledHead(contents: Contents, { trust }: AuditContext): Promise<Pick<JudgedHead, 'check'>> {
  const bytes = await soundFile(contents, layout.CHECKPOINT);
  if (bytes === null) return { check: unsound('checkpoint') };
  const judged = judgeHead(bytes, trust);
  if (judged.head === null) return judged;
  const { manifest } = contents;
  const { size, root } = headFacts(judged.head.head);
  if (judged.head.head.origin !== manifest.origin || manifest.origin !== originOf(manifest.tenant)) {
    return {
      check: check('checkpoint', 'failed', 'OTHER_LOG', 'The checkpoint is of another log than the manifest says.'),
    };
  }
  if (size === manifest.checkpoint.size && root === manifest.checkpoint.root) return judged;
  return {
    check: check('checkpoint', 'failed', 'CHECKPOINT_DIFFERS', 'The manifest names another head than the checkpoint.'),
  };
}

async function soundFile({ archive, files }: Contents, name: string): Promise<Uint8Array | null> {
  return files.sound.has(name) ? smallFile(archive, name) : null;
}

/** All the entries, read once; null where one of their files is not the manifest's. */
async function bundledLog(contents: Contents, { trust, previous }: AuditContext): Promise<ReadLog | null> {
  const { archive, manifest, files } = contents;
  const needed = manifest.files.filter(({ name }) => /^(log|statements|evidence)\//.test(name));
  if (!needed.every(({ name }) => files.sound.has(name))) return null;
  const range = await soundFile(contents, layout.RANGE);
  if (range === null) return null;
  return readLog({ archive, manifest, left: readHashes(range) ?? [], trust, watch: sizeOf(previous) });
}

function evidenceFaultOf({ archive, manifest }: Contents, log: ReadLog) {
  return log.unreadable === null ? evidenceFault(archive, manifest, log.named) : null;
}

async function followsCheck(
  contents: Contents,
  log: ReadLog | null,
  { trust, previous }: AuditContext,
): Promise<Check | null> {
  const { manifest } = contents;
  const extent = extentOf(manifest);
  const head = await soundFile(contents, layout.PREVIOUS);
  const proof = await soundFile(contents, layout.CONSISTENCY);
  if ((extent.previous && head === null) || (extent.proof && proof === null)) return unsound('consistency');
  const bundled = {
    facts: manifest.previous,
    proof: proof === null ? [] : readHashes(proof),
  };
  return consistencyCheck({
    head: manifestHead(manifest),
    bundled: head === null ? null : { head, ...bundled },
    given: previous,
    known: log?.rootAt ?? null,
    trust,
  });
}

function manifestHead({ origin, checkpoint }: Manifest): Checkpoint {
  const root = decodeHex(checkpoint.root) ?? new Uint8Array();
  return { origin, size: BigInt(checkpoint.size), root, extensions: [] };
}

/** GAP_AFTER_PREVIOUS: entries between the previous checkpoint and the range are in no bundle that this one knows of. */
function findingsOf(manifest: Manifest, { previous }: AuditContext): string[] {
  const last = sizeOf(previous) ?? (manifest.previous === null ? null : Number(manifest.previous.size));
  return last !== null && last < rangeOf(manifest).from ? ['GAP_AFTER_PREVIOUS'] : [];
}
