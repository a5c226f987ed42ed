import { encodeHex } from '../../../shared/domain/hex.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { decodeUtf8, encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { JsonNumber, type JsonObject, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import { headFacts, readHead } from '../head/signed-head.ts';
import { sha256 } from '../log/sha256.ts';
import { type AuditContext, factsOf, fileReport } from './report.ts';
import { PROOF_HEAD, verifyCheckpointFile, verifyProofFile } from './verify-head.ts';

const BEGIN = 0x7b;

/**
 * What the command line prints with --json of `log checkpoint` and `log prove`: the note or the proof as a member, and
 * what it says about it beside.
 */
export interface Printed {
  readonly kind: 'checkpoint' | 'proof';
  readonly bytes: Uint8Array;
  /** Whether what stands beside it is true of it. */
  readonly agrees: boolean;
}

/** The note or proof in such a document; null for all else. */
export function printedIn(bytes: Uint8Array): Printed | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Evidence is JSON too, and large: it is read as such once, not here.
  if (!buffer.includes('"note"') && !buffer.includes('"proof"')) return null;
  const document = documentIn(bytes);
  if (document === null) return null;
  const proof = bytesIn(document, 'proof');
  if (proof !== null && decodeUtf8(proof)?.startsWith(`${PROOF_HEAD}\n`) === true)
    return { kind: 'proof', bytes: proof, agrees: isProofSaid(document, proof) };
  const note = bytesIn(document, 'note');
  const head = note === null ? null : readHead(note);
  if (note === null || head === null) return null;
  const { size, root } = headFacts(head.head);
  const agrees = textOf(document.get('size')) === size && textOf(document.get('root')) === root;
  return { kind: 'checkpoint', bytes: note, agrees };
}

/** The note of the head that such a document or an export's manifest names; null where there is none. */
export function noteNamedIn(bytes: Uint8Array): Uint8Array | null {
  const document = documentIn(bytes);
  if (document === null) return null;
  return bytesIn(document, 'note') ?? bytesIn(objectOf(document.get('checkpoint')), 'note');
}

/** Verifies it as the note or proof that is in it. failed also where it says other things beside. Never throws. */
export function verifyPrinted(bytes: Uint8Array, printed: Printed, context: AuditContext): EvidenceReport {
  const facts = factsOf(bytes, printed.kind);
  if (!printed.agrees) {
    const detail = `What it says beside the ${printed.kind} is not true of it.`;
    return fileReport(facts, { checks: [check('structure', 'failed', 'FILE_FORM', detail)] });
  }
  const verify = printed.kind === 'proof' ? verifyProofFile : verifyCheckpointFile;
  return { ...verify(printed.bytes, context), ...facts };
}

function documentIn(bytes: Uint8Array): JsonObject | null {
  if (bytes[0] !== BEGIN) return null;
  const read = readJson(bytes);
  return (read.ok ? objectOf(read.value) : undefined) ?? null;
}

function bytesIn(document: JsonObject | undefined, name: string): Uint8Array | null {
  const text = textOf(document?.get(name));
  return text === undefined ? null : encodeUtf8(text);
}

function isProofSaid(document: JsonObject, proof: Uint8Array): boolean {
  const length = document.get('bytes');
  const isLength = length instanceof JsonNumber && length.text === String(proof.length);
  return isLength && textOf(document.get('sha256')) === encodeHex(sha256(proof));
}
