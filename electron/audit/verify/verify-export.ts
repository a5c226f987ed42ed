import { parseInstant } from '../../../shared/domain/instant.ts';
import type { Check, EvidenceReport, UsedKey } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import { quoted } from '../../evidence/text/quoted.ts';
import { judgeSignature } from '../../evidence/trust/signature.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import { type Envelope, pae, readEnvelope, readOwnEnvelope } from '../statement/dsse.ts';
import { type ExportStatement, isMeantAsExport, readExport } from '../statement/export-statement.ts';
import { factsOf, fileReport } from './report.ts';

/** The SHA-256 of a file beside the statement, by its bare name, in lower-case hex; null where there is none to read. */
export type DigestBeside = (name: string) => Promise<string | null>;

const BEGIN = 0x7b;

/** Whether the bytes are meant as the signed manifest of an export, told by content. */
export function isExportEnvelope(bytes: Uint8Array): boolean {
  if (bytes[0] !== BEGIN || !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('"payloadType"'))
    return false;
  const envelope = readEnvelope(bytes);
  return envelope !== null && isMeantAsExport(envelope);
}

/**
 * Verifies a signed manifest (docs/formats/export.md, "The signed manifest"): `statement`, the desk's signature over it,
 * and `files`, whether export and manifest beside it are the ones that it is about. Rejects with what `beside` does.
 */
export async function verifyExportFile(
  bytes: Uint8Array,
  trust: TrustStore,
  beside: DigestBeside,
): Promise<EvidenceReport> {
  const facts = factsOf(bytes, 'proof');
  const envelope = readOwnEnvelope(bytes);
  if (envelope === null) return fileReport(facts, { checks: [failed('ENVELOPE_FORM', 'Its envelope is none.')] });
  const read = readExport(envelope);
  if (!read.ok) {
    const verdict = read.code === 'UNKNOWN_STATEMENT' ? 'unchecked' : 'failed';
    return fileReport(facts, { checks: [check('statement', verdict, read.code, read.why)] });
  }
  const { check: signed, key } = judgeSigner(envelope, read.statement, trust);
  const checks = [signed, await filesCheck(read.statement, beside)];
  return fileReport(facts, { checks, root: read.statement.predicate.checkpoint?.root ?? null, key });
}

/** The statement says when it was made, so that the key's validity is judged at that time. */
function judgeSigner(
  { payloadType, payload, signatures }: Envelope,
  { predicate }: ExportStatement,
  trust: TrustStore,
): { check: Check; key: UsedKey | null } {
  const { verdict, code, detail, key } = judgeSignature({
    signature: signatures[0]?.sig ?? new Uint8Array(),
    messages: [{ profile: 'dsse', bytes: pae(payloadType, payload) }],
    purposes: ['desk'],
    trust,
    at: parseInstant(predicate.made_at),
    over: 'manifest',
  });
  if (key !== null && key.public_hex !== signatures[0]?.keyid)
    return { check: failed('OTHER_KEY', 'Another key signed it than the one that it names.'), key: null };
  return { check: check('statement', verdict, code, detail), key };
}

interface Found {
  readonly name: string;
  readonly expected: string;
  readonly is: string | null;
}

/** verified: FILES_MATCH. failed: FILE_DIFFERS. unchecked: FILE_ABSENT. */
async function filesCheck({ subject }: ExportStatement, beside: DigestBeside): Promise<Check> {
  const found: Found[] = [];
  for (const { name, digest } of subject) found.push({ name, expected: digest.sha256, is: await beside(name) });
  const other = found.filter(({ is, expected }) => is !== null && is !== expected);
  if (other.length > 0) {
    const detail = `Not the bytes that were exported: ${namesOf(other)}.`;
    return check('files', 'failed', 'FILE_DIFFERS', detail);
  }
  const absent = found.filter(({ is }) => is === null);
  if (absent.length > 0) return check('files', 'unchecked', 'FILE_ABSENT', `Not beside it: ${namesOf(absent)}.`);
  return check('files', 'verified', 'FILES_MATCH', `Export and manifest are as they were written: ${namesOf(found)}.`);
}

function namesOf(files: readonly Found[]): string {
  return files.map(({ name }) => quoted(name)).join(' and ');
}

function failed(code: string, detail: string): Check {
  return check('statement', 'failed', code, detail);
}
