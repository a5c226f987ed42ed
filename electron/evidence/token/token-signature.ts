import { createHash } from 'node:crypto';
import { decodeHex } from '../../../shared/domain/hex.ts';
import { isJsonArray, JsonNumber, JsonObject, type JsonValue } from '../../../shared/domain/json/value.ts';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import type { Canonicalization } from '../../../shared/domain/verdict.ts';
import { canonicalize } from '../json/canonicalize.ts';
import { judgeSignature, type SignatureAnswer, type SignedMessage } from '../trust/signature.ts';
import type { TrustStore } from '../trust/trust.ts';
import { issuedAt } from './token-lifecycle.ts';
import type { LooseToken } from './token-shape.ts';

export interface TokenSignature {
  readonly answer: SignatureAnswer;
  readonly canonicalization: Canonicalization | null;
  readonly findings: string[];
}

/**
 * Judges a token's signature by the pinned issuer keys: over SHA-256 of the payload's canonical JSON (`sha256-of-jcs`,
 * what 1.7 signs) or over that JSON itself (`raw-jcs`, 1.6), each in either canonical form. The payload is taken as it
 * is written, known optional members that are null left out. A key's validity is judged at the token's iat.
 * TOKEN_OTHER_PROFILE is found where the form is not the generation's own.
 */
export function judgeTokenSignature(token: LooseToken, trust: TrustStore): TokenSignature {
  const odd = oddNumbers(token.payload);
  const signature = /^[0-9a-f]{128}$/.test(token.signature) ? decodeHex(token.signature) : null;
  if (signature === null) return { answer: badForm(), canonicalization: null, findings: odd };
  const messages = messagesOf(token, odd.includes('UNSAFE_INTEGER'));
  const at = issuedAt(token);
  const judged = judgeSignature({ signature, messages, purposes: ['issuer'], trust, at, over: 'payload' });
  const answer = at === null ? withoutTime(judged) : judged;
  if (answer.verdict !== 'verified')
    return { answer: { ...answer, profile: null }, canonicalization: null, findings: odd };
  const { profile, canonicalization = null } = judged.message ?? {};
  const other = token.generation !== null && profile !== OWN_PROFILE[token.generation];
  return { answer, canonicalization, findings: other ? ['TOKEN_OTHER_PROFILE', ...odd] : odd };
}

const OWN_PROFILE = { '1.7': 'sha256-of-jcs', '1.6': 'raw-jcs' } as const;

/** What the signature may be over, the generation's own first. */
function messagesOf(token: LooseToken, unsafe: boolean): SignedMessage[] {
  const payload = asSigned(token);
  const upstream = canonicalize(payload, 'serde_jcs');
  // RFC 8785 would round such an integer, and one signature would be over two lifetimes.
  const standard = unsafe ? null : canonicalize(payload, 'rfc8785');
  if (standard !== null && Buffer.compare(upstream, standard) === 0) return bothProfiles(token, upstream, 'same');
  return [
    ...bothProfiles(token, upstream, 'serde_jcs only'),
    ...(standard === null ? [] : bothProfiles(token, standard, 'rfc8785 only')),
  ];
}

function bothProfiles(token: LooseToken, bytes: Uint8Array, canonicalization: Canonicalization): SignedMessage[] {
  const hashed = createHash('sha256').update(bytes).digest();
  const messages = [
    { profile: 'sha256-of-jcs', bytes: hashed, canonicalization },
    { profile: 'raw-jcs', bytes, canonicalization },
  ];
  return token.generation === '1.6' ? messages.reverse() : messages;
}

/** The payload without those members that may be absent and are null: upstream never writes them. */
function asSigned({ payload, generation }: LooseToken): JsonObject {
  const optional = generation === '1.6' ? ['resolution_event_id', 'circuit_id'] : ['resolution_event_id'];
  if (!optional.some((name) => payload.get(name) === null)) return payload;
  return JsonObject.of([...payload.members].filter(([name, value]) => value !== null || !optional.includes(name)));
}

/** Without the time of signing, a key that has a first or a last day vouches for nothing. */
function withoutTime(judged: SignatureAnswer): SignatureAnswer {
  const { key } = judged;
  if (key === null || (key.valid_from === null && key.valid_until === null)) return judged;
  const detail = `Signed with ${escapeForTerminal(key.name)}, but the token does not say when, and that key's validity has an end.`;
  return { ...judged, verdict: 'unchecked', code: 'SIGNED_WHEN_UNKNOWN', detail, key: null };
}

function badForm(): SignatureAnswer {
  const detail = 'The signature is not 128 lower-case hex digits.';
  return { verdict: 'failed', code: 'SIGNATURE_FORM', detail, key: null, profile: null, message: null };
}

/** What other readers would take for another number (S53), each once. */
function oddNumbers(value: JsonValue): string[] {
  const found = new Set<string>();
  const look = (inner: JsonValue): void => {
    if (inner instanceof JsonObject) for (const member of inner.members.values()) look(member);
    else if (isJsonArray(inner)) inner.forEach(look);
    else if (inner instanceof JsonNumber && inner.toDouble() === 0 && inner.text.startsWith('-'))
      found.add('MINUS_ZERO');
    else if (inner instanceof JsonNumber && inner.isInteger && inner.toSafeInteger() === null)
      found.add('UNSAFE_INTEGER');
  };
  look(value);
  return [...found];
}
