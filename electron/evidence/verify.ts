import { createHash } from 'node:crypto';
import { readJson } from '../../shared/domain/json/read.ts';
import { JsonObject, textOf } from '../../shared/domain/json/value.ts';
import { type Check, type EvidenceReport, worstVerdict } from '../../shared/domain/verdict.ts';
import { isMeantAsCapsule } from './packet/json-form.ts';
import { isRefused, type Packet, type PacketRefusal, readCapsule, readVep } from './packet/packet.ts';
import { check } from './packet/packet-checks.ts';
import { EVIDENCE_JSON } from './packet/pillars.ts';
import { type PacketVerdict, type VerifyContext, verifyPacket } from './packet/verify-packet.ts';
import { type Fault, looksLikeVep } from './packet/wire-form.ts';
import { type TokenReport, verifyTokenBytes, verifyTokenValue } from './token/token.ts';

export type { VerifyContext } from './packet/verify-packet.ts';

/** A report, and what others need of how it came about. */
export interface Examined {
  readonly report: EvidenceReport;
  /** A packet or capsule whose structure is sound, and its verdict. */
  readonly packet: { readonly read: Packet; readonly verdict: PacketVerdict } | null;
  /** The first millisecond since 1970 at which the report may be another; null: it stays, with these keys. */
  readonly holdsUntilMs: number | null;
}

/**
 * Verifies a packet, a capsule or a token, told by its content (docs/guide/command-line.md, "Verdict"). Only what was
 * checked with a pinned key is `verified` (I6); when structure fails it is the only check. Bytes that are none of the
 * three give a report of kind `unknown` whose structure failed. Never throws.
 */
export function verifyEvidence(bytes: Uint8Array, context: VerifyContext): EvidenceReport {
  return examine(bytes, context).report;
}

/** The commitment that a shadow intent names, in a packet or capsule whose structure is sound; null for all else. */
export function commitmentIn(bytes: Uint8Array): string | null {
  const read = readPacket(bytes);
  if (read === null || isRefused(read) || !read.pillars.shadow) return null;
  return textOf(read.pillars.objects.intent.get('commitment_hash')) ?? null;
}

/** The packet or capsule that the bytes are, or why they cannot be read as what they are meant to be; null for all else. */
export function readPacket(bytes: Uint8Array): Packet | PacketRefusal | null {
  if (looksLikeVep(bytes)) return readVep(bytes);
  const json = readJson(bytes, EVIDENCE_JSON);
  if (!json.ok || !(json.value instanceof JsonObject) || !isMeantAsCapsule(json.value)) return null;
  return readCapsule(json.value, json.notes);
}

/** As `verifyEvidence`, with what it found on the way. */
export function examine(bytes: Uint8Array, context: VerifyContext): Examined {
  if (looksLikeVep(bytes)) return examinePacket(bytes, readVep(bytes), context);
  const json = readJson(bytes, EVIDENCE_JSON);
  if (!json.ok) return examineUnreadable(bytes, { code: json.code, detail: notJson(json.message, json.at) }, context);
  if (!(json.value instanceof JsonObject)) return unknown(bytes, NOT_EVIDENCE);
  if (isMeantAsCapsule(json.value)) return examinePacket(bytes, readCapsule(json.value, json.notes), context);
  if (json.value.has('payload') && json.value.has('signature')) {
    return tokenResult(bytes, verifyTokenValue(json.value, { ...context, bindTo: null }));
  }
  return unknown(bytes, NOT_EVIDENCE);
}

/** The report of bytes that stand in the place of a packet and are none. */
export function notAPacket(bytes: Uint8Array): Examined {
  return unknown(bytes, { code: 'NOT_A_PACKET', detail: 'What is kept as the packet is no packet and no capsule.' });
}

/** The report of a token that is judged as the one of its owner. */
export function tokenResult(bytes: Uint8Array, token: TokenReport): Examined {
  const report: EvidenceReport = {
    ...factsOf(bytes),
    kind: 'token',
    verdict: worstVerdict(token.checks.map(({ verdict }) => verdict)),
    profile: token.profile,
    ...(token.generation === undefined ? {} : { generation: token.generation }),
    ...(token.canonicalization === undefined ? {} : { canonicalization: token.canonicalization }),
    root: null,
    findings: token.findings,
    checks: token.checks,
    key: token.key,
  };
  return { report, packet: null, holdsUntilMs: token.holdsUntilMs };
}

const NOT_EVIDENCE: Fault = { code: 'NOT_EVIDENCE', detail: 'The file is no packet, capsule or token.' };

function notJson(message: string, at: number): string {
  return `The file is neither a packet nor JSON as it must be: ${message} at byte ${at}.`;
}

function examinePacket(bytes: Uint8Array, read: Packet | PacketRefusal, context: VerifyContext): Examined {
  if (isRefused(read)) return refused(bytes, read);
  const verdict = verifyPacket(read, context);
  const report: EvidenceReport = {
    ...factsOf(bytes),
    kind: read.kind,
    verdict: worstVerdict(verdict.checks.map((made) => made.verdict)),
    profile: verdict.profile,
    generation: read.pillars.generation,
    ...(verdict.canonicalization === null ? {} : { canonicalization: verdict.canonicalization }),
    root: read.root,
    ...headerOf(read),
    findings: [...verdict.findings],
    checks: [...verdict.checks],
    key: verdict.signature.key,
  };
  return { report, packet: { read, verdict }, holdsUntilMs: verdict.holdsUntilMs };
}

/** JSON that cannot be read has no members to be told by, only names somewhere in its text, which is an object's. */
function examineUnreadable(bytes: Uint8Array, fault: Fault, context: VerifyContext): Examined {
  if (!beginsAsObject(bytes)) return unknown(bytes, fault);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = (...members: readonly string[]) => members.every((name) => text.includes(`"${name}"`));
  if (names('capsule_root', 'authority')) return refused(bytes, { kind: 'capsule', fault, header: null, root: null });
  if (names('payload', 'signature')) return tokenResult(bytes, verifyTokenBytes(bytes, { ...context, bindTo: null }));
  return unknown(bytes, fault);
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const WHITE_SPACE = [0x20, 0x09, 0x0a, 0x0d];

function beginsAsObject(bytes: Uint8Array): boolean {
  const at = BYTE_ORDER_MARK.every((byte, n) => bytes[n] === byte) ? BYTE_ORDER_MARK.length : 0;
  return bytes.subarray(at).find((byte) => !WHITE_SPACE.includes(byte)) === 0x7b;
}

function refused(bytes: Uint8Array, refusal: PacketRefusal): Examined {
  return bare(bytes, refusal.kind, structureFailed(refusal.fault), { root: refusal.root, ...headerOf(refusal) });
}

function unknown(bytes: Uint8Array, fault: Fault): Examined {
  return bare(bytes, 'unknown', structureFailed(fault), { root: null });
}

function bare(
  bytes: Uint8Array,
  kind: EvidenceReport['kind'],
  failed: Check,
  more: Pick<EvidenceReport, 'root' | 'header'>,
): Examined {
  const { verdict } = failed;
  const report = {
    ...factsOf(bytes),
    kind,
    verdict,
    profile: null,
    findings: [],
    checks: [failed],
    key: null,
    ...more,
  };
  return { report, packet: null, holdsUntilMs: null };
}

function structureFailed({ code, detail }: Fault): Check {
  return check('structure', 'failed', code, detail);
}

function factsOf(bytes: Uint8Array): Pick<EvidenceReport, 'sha256' | 'bytes'> {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

function headerOf({ header }: Pick<Packet, 'header'>): Pick<EvidenceReport, 'header'> {
  if (header === null) return {};
  const { version, aid, root, nonce } = header;
  return { header: { version, aid, capsule_root: root, nonce } };
}
