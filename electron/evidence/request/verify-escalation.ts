import type { EvidenceKind, EvidenceRole, Finding, Request, Verdict } from '../../../shared/domain/escalation.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { type JsonObject, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import { type Check, type EvidenceReport, worstVerdict } from '../../../shared/domain/verdict.ts';
import { earliest } from '../packet/verify-packet.ts';
import { verifyTokenBytes } from '../token/token.ts';
import type { BoundPacket } from '../token/token-binding.ts';
import type { TrustStore } from '../trust/trust.ts';
import { type Examined, examine, notAPacket, tokenResult, type VerifyContext } from '../verify.ts';
import { signedMembers } from './signed-members.ts';

export interface EvidencePiece {
  readonly sha256: string;
  readonly kind: EvidenceKind;
  readonly role: EvidenceRole;
  readonly bytes: Uint8Array;
}

export interface EscalationEvidence {
  readonly id: string;
  /** A lower-case UUID. */
  readonly event: string;
  readonly request: Request | null;
  readonly pieces: readonly EvidencePiece[];
}

export interface EscalationVerdict {
  /** In the order of the pieces; null for a source row, in which there is nothing to verify. */
  readonly reports: readonly (EvidenceReport | null)[];
  /** The worst of the pieces of role escalation; without a packet among them no better than unchecked. */
  readonly verdict: Verdict;
  /** What a row of the queue says beside the verdict: `no packet attached`, `9 of 10, not pcrs`, `signature`, `all 7 checks`. */
  readonly detail: string;
  /** Names of the request's members that a verified packet signs. */
  readonly signed: readonly string[];
  /** CLAIM_DIFFERS on the request. */
  readonly findings: readonly Finding[];
  /** The first millisecond since 1970 at which this may be another verdict; null: it stays, with these keys. */
  readonly holdsUntilMs: number | null;
}

/**
 * What all the evidence of one escalation is worth together: each piece by itself, a record's token against the packet
 * that it came with, a resolution packet against this escalation, and what the event claims against what was signed.
 */
export function verifyEscalation(
  input: EscalationEvidence,
  { at, trust }: { readonly at: Instant; readonly trust: TrustStore },
): EscalationVerdict {
  const { id, event, pieces, request } = input;
  const packets = pieces.map((piece) => {
    if (piece.kind !== 'vep' && piece.kind !== 'capsule') return null;
    return examinePacketPiece(piece, { at, trust, role: piece.role, escalation: { id, event } });
  });
  const requests = packets.filter((examined, i) => examined !== null && pieces[i]?.role === 'escalation') as Examined[];
  const examined = pieces.map((piece, i) => {
    if (piece.kind !== 'token') return packets[i] ?? null;
    const owner = { kind: 'record' as const, escalationId: id, eventId: event, packet: packetOf(piece, requests) };
    const bindTo = piece.role === 'escalation' ? owner : null;
    return tokenResult(piece.bytes, verifyTokenBytes(piece.bytes, { at, trust, bindTo }));
  });
  const ofRequest = examined.filter((found, i) => found !== null && pieces[i]?.role === 'escalation') as Examined[];
  return {
    reports: examined.map((found) => found?.report ?? null),
    ...summary(ofRequest, requests.length > 0),
    ...signedMembers(request, requests.flatMap(signedIntent)),
    holdsUntilMs: earliest(examined.map((found) => found?.holdsUntilMs ?? null)),
  };
}

/** What stands in the place of a packet and is none fails, even where it is something else that is sound. */
function examinePacketPiece({ bytes }: EvidencePiece, context: VerifyContext): Examined {
  const found = examine(bytes, context);
  return found.report.kind === 'vep' || found.report.kind === 'capsule' ? found : notAPacket(bytes);
}

/** The packet that a record's token must fit: the one whose root it names, else the first one. */
function packetOf(token: EvidencePiece, packets: readonly Examined[]): BoundPacket | null {
  const root = sourceRootOfToken(token.bytes);
  const found = packets.find(({ report }) => root !== null && report.root === root) ?? packets[0];
  if (found === undefined) return null;
  const pillars = found.packet?.read.pillars;
  const circuit = pillars?.shadow === true ? textOf(pillars.objects.intent.get('circuit_id')) : undefined;
  return {
    root: found.report.root,
    rootVerified: found.packet !== null && found.packet.verdict.search.found !== null,
    aid: pillars?.aid ?? null,
    circuitId: circuit ?? null,
  };
}

function sourceRootOfToken(token: Uint8Array): string | null {
  const json = readJson(token);
  const payload = json.ok ? objectOf(objectOf(json.value)?.get('payload')) : undefined;
  return textOf(payload?.get('source_capsule_root'))?.toLowerCase() ?? null;
}

function signedIntent({ packet }: Examined): JsonObject[] {
  if (packet === null) return [];
  const { search, signature } = packet.verdict;
  return search.found !== null && signature.verdict === 'verified' ? [packet.read.pillars.objects.intent] : [];
}

function summary(found: readonly Examined[], hasPacket: boolean): Pick<EscalationVerdict, 'verdict' | 'detail'> {
  const checks = found.flatMap(({ report }) => report.checks);
  const worst = worstVerdict(checks.map(({ verdict }) => verdict));
  if (worst === 'failed') return { verdict: worst, detail: firstFailed(checks) };
  if (!hasPacket) return { verdict: 'unchecked', detail: 'no packet attached' };
  if (worst === 'verified') return { verdict: worst, detail: `all ${checks.length} checks` };
  const open = checks.filter(({ verdict }) => verdict === 'unchecked').map(({ name }) => name);
  const names = [...new Set(open)].join(', ');
  return { verdict: worst, detail: `${checks.length - open.length} of ${checks.length}, not ${names}` };
}

function firstFailed(checks: readonly Check[]): string {
  return checks.find(({ verdict }) => verdict === 'failed')?.name ?? '';
}
