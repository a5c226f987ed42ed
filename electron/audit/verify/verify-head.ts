import { decodeBase64, encodeBase64 } from '../../../shared/domain/base64.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import type { Check, EvidenceFileKind, EvidenceReport } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import { originOf } from '../bundle/manifest.ts';
import { consistencyCheck } from '../head/check-consistency.ts';
import { type Checkpoint, readLogProof } from '../head/checkpoint.ts';
import { judgeHead } from '../head/judge-head.ts';
import { headFacts } from '../head/signed-head.ts';
import { envelopeIn, type Leaf, readLeaf } from '../log/entry-line.ts';
import { leafHash } from '../log/leaf.ts';
import { verifyInclusion } from '../log/merkle.ts';
import { judgeStatement } from '../statement/check-statement.ts';
import { type AuditContext, factsOf, fileReport } from './report.ts';

/** What the first line of a log proof is. */
export const PROOF_HEAD = 'c2sp.org/tlog-proof@v1';

/**
 * The proof of one entry as a file: a C2SP tlog-proof whose `extra` is the leaf itself, so that the file stands alone and
 * other tools read it. `checkpoint` is the signed head, `path` the hashes from the leaf up.
 */
export function writeProofFile(
  leaf: Uint8Array,
  index: number,
  path: readonly Uint8Array[],
  checkpoint: string,
): string {
  const hashes = path.map((hash) => encodeBase64(hash));
  return [PROOF_HEAD, `extra ${encodeBase64(leaf)}`, `index ${index}`, ...hashes, '', checkpoint].join('\n');
}

/** Verifies a checkpoint by itself (docs/formats/bundle.md, "Checkpoints and proofs"). Never throws. */
export function verifyCheckpointFile(bytes: Uint8Array, context: AuditContext): EvidenceReport {
  const judged = judgeHead(bytes, context.trust);
  if (judged.head === null) return report(bytes, 'checkpoint', { checks: [noForm('It is no signed checkpoint.')] });
  const { head } = judged.head;
  const checks = [judged.check, followsCheck(head, context)].filter((made) => made !== null);
  return report(bytes, 'checkpoint', { checks, root: headFacts(head).root, key: judged.key });
}

/** Verifies an entry's proof: head, path, and of a decision its statement. Never throws. */
export function verifyProofFile(bytes: Uint8Array, context: AuditContext): EvidenceReport {
  const proof = readLogProof(decodeUtf8(bytes) ?? '');
  const judged = proof === null ? null : judgeHead(proof.checkpoint, context.trust);
  const text = decodeUtf8(decodeBase64(proof?.extra ?? '') ?? new Uint8Array());
  const leaf = text === null ? null : readLeaf(text);
  if (proof === null || judged?.head == null)
    return report(bytes, 'proof', { checks: [noForm('It is no proof of a log.')] });
  if (text === null || leaf === null) {
    return report(bytes, 'proof', { checks: [noForm('It does not carry the entry that it proves.')] });
  }
  const { head } = judged.head;
  const leafBytes = Buffer.from(text);
  const included = verifyInclusion({ ...head, index: proof.index, leafHash: leafHash(leafBytes), proof: proof.path });
  const checks = [
    judged.check,
    followsCheck(head, context),
    inclusionCheck(
      included && leaf.seq === String(proof.index) && originOf(leaf.tenant) === head.origin,
      head,
      proof.index,
    ),
    statementCheck(leaf, context),
  ].filter((made) => made !== null);
  return report(bytes, 'proof', { checks, root: headFacts(head).root, key: judged.key });
}

/** A checkpoint says nothing of older ones; only of one of its own size. */
function followsCheck(head: Checkpoint, { trust, previous }: AuditContext): Check | null {
  return consistencyCheck({
    head,
    bundled: null,
    given: previous,
    known: null,
    trust,
  });
}

function inclusionCheck(holds: boolean, { size }: Checkpoint, index: bigint): Check {
  return holds
    ? check('inclusion', 'verified', 'INCLUDED', `It is entry ${index} of the log of ${size}.`)
    : check('inclusion', 'failed', 'NOT_INCLUDED', 'The entry is not the one that the log has at its place.');
}

function statementCheck(leaf: Leaf, { trust }: AuditContext): Check | null {
  const envelope = envelopeIn(leaf);
  if (envelope === undefined) return null;
  if (envelope === null)
    return check('statement', 'unchecked', 'UNSIGNED', 'It was recorded before decisions were signed.');
  const { verdict, code, detail } = judgeStatement(leaf, trust);
  return check('statement', verdict, code, detail);
}

function noForm(detail: string): Check {
  return check('structure', 'failed', 'FILE_FORM', detail);
}

function report(bytes: Uint8Array, kind: EvidenceFileKind, outcome: Parameters<typeof fileReport>[1]): EvidenceReport {
  return fileReport(factsOf(bytes, kind), outcome);
}
