import type { EvidenceRole } from '../../../shared/domain/escalation.ts';
import { type Instant, instantFromEpochSeconds } from '../../../shared/domain/instant.ts';
import { JsonObject } from '../../../shared/domain/json/value.ts';
import type { Canonicalization, Check, KeyPurpose } from '../../../shared/domain/verdict.ts';
import { type TokenReport, verifyTokenValue } from '../token/token.ts';
import { judgeSignature, type SignatureAnswer } from '../trust/signature.ts';
import type { TrustStore } from '../trust/trust.ts';
import type { Packet } from './packet.ts';
import {
  aidCheck,
  capsuleIdCheck,
  check,
  escalationCheck,
  hashesCheck,
  nonceCheck,
  payloadCheck,
  rootCheck,
  starkCheck,
  worstCheck,
} from './packet-checks.ts';
import { packetFindings } from './packet-findings.ts';
import { judgePcrs } from './pcrs.ts';
import { PillarHashes, type RootSearch } from './profiles.ts';

/** What evidence is judged by. */
export interface VerifyContext {
  /** The instant to judge a token's lifetime by. */
  readonly at: Instant;
  readonly trust: TrustStore;
  /** Escalation evidence needs a gate's signature, a resolution a reviewer's or a gate's. */
  readonly role: EvidenceRole;
  /** The escalation that a resolution packet must name; left out, that is not asked. */
  readonly escalation?: { readonly id: string; readonly event: string };
}

export interface PacketVerdict {
  readonly checks: readonly Check[];
  readonly profile: string | null;
  readonly canonicalization: Canonicalization | null;
  readonly findings: readonly string[];
  readonly search: RootSearch;
  readonly signature: SignatureAnswer;
  /** As `TokenReport.holdsUntilMs`. */
  readonly holdsUntilMs: number | null;
}

/** Every check of a packet or capsule whose structure is sound; one that does not apply is left out. */
export function verifyPacket(packet: Packet, context: VerifyContext): PacketVerdict {
  const { header, json, pillars } = packet;
  const hashes = new PillarHashes(pillars, packet.magpie);
  const search = hashes.search(packet.root);
  const provenTime = search.found === null ? null : witnessTime(pillars.timestamp);
  const signature = judgePacketSignature(packet, context, provenTime);
  const tokens = packetTokens(packet, context);
  const checks = [
    check('structure', 'verified', 'WELL_FORMED', 'Everything that a packet must have is there, and once.'),
    rootCheck(packet, search),
    json && hashesCheck(json, hashes),
    json && capsuleIdCheck(json, pillars),
    check('signature', signature.verdict, signature.code, signature.detail),
    header && aidCheck(header, pillars),
    header && nonceCheck(header, pillars),
    judgePcrs(pillars.objects.identity, pillars.aid, context.trust, provenTime),
    starkCheck(pillars),
    payloadCheck(packet),
    asksForEscalation(context) ? escalationCheck(pillars, context.escalation.id) : null,
    ...tokenChecks(tokens),
  ].filter((made) => made !== null);
  return {
    checks,
    profile: search.found?.profile ?? null,
    canonicalization: search.found?.canonicalization ?? null,
    findings: [...packetFindings(packet, hashes, search, checks), ...tokens.flatMap(({ findings }) => findings)],
    search,
    signature,
    holdsUntilMs: earliest(tokens.map(({ holdsUntilMs }) => holdsUntilMs)),
  };
}

/** The first of the moments; null where there is none. */
export function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Whose signature evidence of this role needs. */
export const PURPOSES_OF: Readonly<Record<EvidenceRole, readonly KeyPurpose[]>> = {
  escalation: ['gate'],
  resolution: ['reviewer', 'gate'],
};

const LAST_SECOND = 253_402_300_799n;

/** The witness's time; one that is beyond the calendar is as late as can be. */
export function witnessTime(seconds: bigint): Instant | null {
  return instantFromEpochSeconds(Number(seconds < LAST_SECOND ? seconds : LAST_SECOND));
}

function judgePacketSignature(packet: Packet, { role, trust }: VerifyContext, at: Instant | null): SignatureAnswer {
  const { signature } = packet;
  if (signature === null) {
    const detail = 'The signature is not written in base64 as it must be.';
    return { verdict: 'failed', code: 'SIGNATURE_FORM', detail, key: null, message: null, profile: null };
  }
  const messages = [{ profile: 'root', bytes: packet.rootBytes }];
  return judgeSignature({ signature, messages, purposes: PURPOSES_OF[role], trust, at });
}

function asksForEscalation(
  context: VerifyContext,
): context is VerifyContext & { escalation: NonNullable<VerifyContext['escalation']> } {
  return context.role === 'resolution' && context.escalation !== undefined;
}

/**
 * The tokens that stand in the pillars; bound to the packet's agent alone. A resolution repeats the request's intent: a
 * token in there is the request's, for its agent, and was judged with it.
 */
function packetTokens({ pillars }: Packet, { at, trust, role }: VerifyContext): TokenReport[] {
  const { authority, intent } = pillars.objects;
  return (role === 'resolution' ? [authority] : [authority, intent])
    .map((pillar) => pillar.get('continuation_token'))
    .filter((value) => value instanceof JsonObject)
    .map((token) => verifyTokenValue(token, { at, trust, bindTo: { kind: 'packet', aid: pillars.aid } }));
}

const TOKEN_CHECKS = ['token.structure', 'token.signature', 'token.lifecycle', 'token.binding'] as const;

/** A packet with a token in two pillars has each check once, as the worse of the two has it. */
function tokenChecks(tokens: readonly TokenReport[]): Check[] {
  return TOKEN_CHECKS.flatMap((name) => {
    const [first, ...rest] = tokens.flatMap(({ checks }) => checks.filter((made) => made.name === name));
    return first === undefined ? [] : [worstCheck([first, ...rest])];
  });
}
