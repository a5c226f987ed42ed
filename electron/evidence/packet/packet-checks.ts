import { createHash } from 'node:crypto';
import { PILLARS } from '../../../shared/domain/anatomy.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { textOf } from '../../../shared/domain/json/value.ts';
import { type Check, type CheckName, worstVerdict } from '../../../shared/domain/verdict.ts';
import { quoted } from '../text/quoted.ts';
import { hashMember, type JsonForm } from './json-form.ts';
import type { Packet } from './packet.ts';
import type { Pillars } from './pillars.ts';
import type { PillarHashes, RootSearch } from './profiles.ts';
import type { WireHeader } from './wire-form.ts';

/** Whether the claimed root is that of the four pillars: ROOT_MATCHES, ROOT_DIFFERS. */
export function rootCheck({ kind, root }: Packet, { found, shown }: RootSearch): Check {
  const where = kind === 'vep' ? 'header' : 'capsule';
  if (found !== null)
    return check('root', 'verified', 'ROOT_MATCHES', `The ${where} names the root of its four pillars.`);
  const claimed = `The ${where} names root ${short(root)}, but these pillars have root ${short(shown.root)}.`;
  return check('root', 'failed', 'ROOT_DIFFERS', `${claimed} Something was changed after the root was made.`);
}

/** The hashes that the JSON form keeps of its pillars, by either rule: HASHES_MATCH, HASH_DIFFERS; a part for each. */
export function hashesCheck({ hashes }: JsonForm, pillarHashes: PillarHashes): Check {
  const parts = PILLARS.map((name) => {
    const rule = pillarHashes.ruleOf(name, hashes[name]);
    const member = hashMember(name);
    if (rule === 'neither')
      return part('failed', 'HASH_DIFFERS', `${member} is not the hash of its pillar by any rule.`);
    const text = rule === 'prefixed' ? 'SHA-256 of 0x00 and the canonical JSON' : 'plain SHA-256 of the canonical JSON';
    return part('verified', rule === 'prefixed' ? 'HASH_PREFIXED' : 'HASH_NAKED', `${member}: ${text}.`);
  });
  const wrong = parts.filter(({ verdict }) => verdict === 'failed');
  if (wrong.length > 0) {
    return { ...check('hashes', 'failed', 'HASH_DIFFERS', wrong.map(({ detail }) => detail).join(' ')), parts };
  }
  return {
    ...check('hashes', 'verified', 'HASHES_MATCH', 'The four stored hashes are those of their pillars.'),
    parts,
  };
}

/** The id beside the pillars against the one in the authority: CAPSULE_ID_MATCHES, CAPSULE_ID_DIFFERS; null: none. */
export function capsuleIdCheck({ capsuleId }: JsonForm, { objects }: Pillars): Check | null {
  if (capsuleId === null) return null;
  const inside = textOf(objects.authority.get('capsule_id')) ?? '';
  if (capsuleId === inside) {
    return check('capsule_id', 'verified', 'CAPSULE_ID_MATCHES', 'The capsule id is the one in the authority pillar.');
  }
  const detail = `The capsule calls itself ${quoted(capsuleId)}, its authority pillar ${quoted(inside)}.`;
  return check('capsule_id', 'failed', 'CAPSULE_ID_DIFFERS', detail);
}

/** The header's agent against the identity pillar's: AID_MATCHES, AID_NOT_HEX, AID_DIFFERS. */
export function aidCheck(header: WireHeader, { aid }: Pillars): Check {
  const bytes = decodeHex(aid);
  if (bytes?.length !== 32) {
    return check('aid', 'failed', 'AID_NOT_HEX', `The identity pillar's aid, ${quoted(aid)}, is not 64 hex digits.`);
  }
  if (encodeHex(bytes) === header.aid) {
    return check('aid', 'verified', 'AID_MATCHES', 'The header names the agent of the identity pillar.');
  }
  return check('aid', 'failed', 'AID_DIFFERS', 'The header names another agent than the identity pillar.');
}

const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * The header's nonce against the authority's: NONCE_MATCHES, NONCE_DIFFERS, NONCE_NOT_CANONICAL, NONCE_TOO_LARGE; a
 * text that is no decimal number is put into the header by an unspecified hash: NONCE_NOT_DECIMAL, unchecked.
 */
export function nonceCheck(header: WireHeader, { nonce }: Pillars): Check {
  const text = String(nonce);
  if (!/^\+?\d+$/.test(text)) {
    const detail = `The nonce ${quoted(text)} is no number: how it came into the header is not specified.`;
    return check('nonce', 'unchecked', 'NONCE_NOT_DECIMAL', detail);
  }
  if (!/^(0|[1-9]\d*)$/.test(text)) {
    return check(
      'nonce',
      'failed',
      'NONCE_NOT_CANONICAL',
      `The nonce ${quoted(text)} is not written as a plain number.`,
    );
  }
  if (text.length > 20 || BigInt(text) > MAX_UINT64) {
    return check('nonce', 'failed', 'NONCE_TOO_LARGE', `The nonce ${quoted(text)} does not fit 64 bits.`);
  }
  if (text === header.nonce) {
    return check('nonce', 'verified', 'NONCE_MATCHES', 'The header has the nonce of the authority pillar.');
  }
  const detail = `The header has the nonce ${header.nonce}, the authority pillar ${text}.`;
  return check('nonce', 'failed', 'NONCE_DIFFERS', detail);
}

/** Proofs of shadow intents are nobody's to verify here: NO_VERIFIER; null for a transparent intent. */
export function starkCheck({ shadow }: Pillars): Check | null {
  return shadow ? check('stark', 'unchecked', 'NO_VERIFIER', 'This desk does not verify STARK proofs.') : null;
}

/**
 * The payload in segment 4, which no root covers, against the intent's request_sha256: PAYLOAD_MATCHES where it is what
 * that names, else PAYLOAD_NOT_COVERED; null where there is none.
 */
export function payloadCheck({ payload, pillars }: Packet): Check | null {
  if (payload === null) return null;
  const named = pillars.shadow ? undefined : textOf(pillars.objects.intent.get('request_sha256'));
  const actual = createHash('sha256').update(payload).digest('hex');
  if (named?.toLowerCase() === actual) {
    const detail = 'The payload is the one whose SHA-256 the intent names as request_sha256.';
    return check('payload', 'verified', 'PAYLOAD_MATCHES', detail);
  }
  const detail = 'Nothing that is signed covers the payload: it may have been changed or added.';
  return check('payload', 'unchecked', 'PAYLOAD_NOT_COVERED', detail);
}

/** Whether a resolution packet is one of this escalation: ESCALATION_MATCHES, ESCALATION_DIFFERS, ESCALATION_NOT_NAMED. */
export function escalationCheck({ objects }: Pillars, id: string): Check {
  const named = textOf(objects.authority.get('escalation_id'));
  if (named === undefined) {
    return check(
      'escalation',
      'unchecked',
      'ESCALATION_NOT_NAMED',
      'The packet does not say which escalation it resolves.',
    );
  }
  if (named === id) {
    return check('escalation', 'verified', 'ESCALATION_MATCHES', 'The packet names this escalation.');
  }
  return check('escalation', 'failed', 'ESCALATION_DIFFERS', `The packet is for another escalation, ${quoted(named)}.`);
}

export function check(name: CheckName, verdict: Verdict, code: string, detail: string): Check {
  return { name, verdict, code, detail };
}

/** One check of several of the same name: the worst of them, the first of those that are as bad. */
export function worstCheck(checks: readonly [Check, ...Check[]]): Check {
  const worst = worstVerdict(checks.map(({ verdict }) => verdict));
  return checks.find(({ verdict }) => verdict === worst) ?? checks[0];
}

function part(verdict: Verdict, code: string, detail: string): Pick<Check, 'verdict' | 'code' | 'detail'> {
  return { verdict, code, detail };
}

/** Enough of a hash to tell it from another. */
function short(hex: string): string {
  return `${hex.slice(0, 8)}…`;
}
