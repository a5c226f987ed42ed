import type { Verdict } from '../../../shared/domain/escalation.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';
import { type Instant, toUtcText } from '../../../shared/domain/instant.ts';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import type { Canonicalization, KeyPurpose, UsedKey } from '../../../shared/domain/verdict.ts';
import { dayText } from '../text/day-text.ts';
import { verifyEd25519 } from './ed25519.ts';
import { type PinnedKey, placeInValidity, type TrustStore, usedKey } from './trust.ts';

/** One of the byte strings that a signature may be over, and the name of that way to sign. */
export interface SignedMessage {
  readonly profile: string;
  readonly bytes: Uint8Array;
  /** Which canonical form the bytes are, where there is more than one. */
  readonly canonicalization?: Canonicalization;
}

export interface SignatureQuestion {
  readonly signature: Uint8Array;
  readonly messages: readonly SignedMessage[];
  readonly purposes: readonly KeyPurpose[];
  readonly trust: TrustStore;
  /** The instant that a key's validity is judged at; null leaves it aside (the time is not proven). */
  readonly at: Instant | null;
  /** What the signature is over, in words; `root` where it is left out. */
  readonly over?: string;
}

export interface SignatureAnswer {
  readonly verdict: Verdict;
  readonly code: string;
  readonly detail: string;
  /** The key that a verified signature was made with; null for every other. */
  readonly key: UsedKey | null;
  /** The message that a pinned key signed, verified or not, and its profile. */
  readonly message: SignedMessage | null;
  readonly profile: string | null;
}

/**
 * Judges a signature with the pinned keys of the needed purposes (docs/guide/command-line.md, "Trust file").
 * verified: SIGNED, by a key inside its validity. failed: SIGNATURE_FORM; KEY_REVOKED, KEY_NOT_YET_VALID and
 * KEY_NO_LONGER_VALID; OTHER_PURPOSE, by a pinned key of another one; NOT_SIGNED, by none of those that are pinned.
 * unchecked: NO_KEY, when none of the needed purposes is pinned. Never throws.
 */
export function judgeSignature(question: SignatureQuestion): SignatureAnswer {
  const { signature, purposes, trust, over = 'root' } = question;
  if (signature.length !== 64) {
    return refuse('SIGNATURE_FORM', `A signature has 64 bytes, this one ${signature.length}.`);
  }
  const needed = trust.keys.filter(({ purpose }) => purposes.includes(purpose));
  const signed = findSigner(question, needed);
  if (signed !== null) return judgeKeys(question, signed);
  const others = trust.keys.filter(({ purpose }) => !purposes.includes(purpose));
  const mistaken = findSigner(question, others);
  if (mistaken !== null) return otherPurpose(question, mistaken);
  if (needed.length === 0) {
    return answer('unchecked', 'NO_KEY', 'No key of this purpose is pinned.', null);
  }
  return refuse('NOT_SIGNED', `Not ${signersOf(purposes)} signature over this ${over}. No pinned key made it.`);
}

interface Signer {
  /** Every entry of the public key that made the signature; the same key may be pinned for several times. */
  readonly keys: readonly [PinnedKey, ...PinnedKey[]];
  readonly message: SignedMessage;
}

/** The first public key among `keys` that made the signature over one of the messages. */
function findSigner({ messages, signature }: SignatureQuestion, keys: readonly PinnedKey[]): Signer | null {
  const tried = new Set<string>();
  for (const key of keys) {
    if (tried.has(key.public_hex)) continue;
    tried.add(key.public_hex);
    const publicKey = decodeHex(key.public_hex) ?? new Uint8Array(0);
    const message = messages.find(({ bytes }) => verifyEd25519(publicKey, bytes, signature));
    if (message === undefined) continue;
    const rest = keys.filter((other) => other !== key && other.public_hex === key.public_hex);
    return { keys: [key, ...rest], message };
  }
  return null;
}

/** A key that is pinned more than once counts by the entry that serves best; one that is revoked anywhere is revoked. */
function judgeKeys({ at }: SignatureQuestion, { keys, message }: Signer): SignatureAnswer {
  const revoked = keys.find((key) => key.revoked === true);
  if (revoked !== undefined) {
    return refuse('KEY_REVOKED', `Signed with ${nameOf(revoked)}, a key that was revoked.`, message);
  }
  const key = at === null ? keys[0] : keys.find((candidate) => placeInValidity(candidate, at) === 'inside');
  if (key !== undefined) {
    return { ...answer('verified', 'SIGNED', verifiedText(key, at), message), key: usedKey(key) };
  }
  return outsideValidity(keys[0], at as Instant, message);
}

function outsideValidity(key: PinnedKey, at: Instant, message: SignedMessage): SignatureAnswer {
  const early = placeInValidity(key, at) === 'before';
  const bound = (early ? key.valid_from : key.valid_until) ?? '';
  const [signed, edge] = [toUtcText(at), early ? 'before its first' : 'after its last'];
  const text = `Signed with ${nameOf(key)}`;
  // On the bound's own day only the times tell the two apart.
  const detail =
    signed.slice(0, 10) === bound.slice(0, 10)
      ? `${text} at ${signed}, ${edge} moment, ${bound}.`
      : `${text} on ${dayText(signed)}, ${edge} day, ${dayText(bound)}.`;
  return refuse(early ? 'KEY_NOT_YET_VALID' : 'KEY_NO_LONGER_VALID', detail, message);
}

function otherPurpose({ purposes }: SignatureQuestion, { keys: [key], message }: Signer): SignatureAnswer {
  const needed = purposes.join(' or ');
  return refuse(
    'OTHER_PURPOSE',
    `Signed with ${nameOf(key)}, whose purpose is ${key.purpose}, not ${needed}.`,
    message,
  );
}

function refuse(code: string, detail: string, message: SignedMessage | null = null): SignatureAnswer {
  return answer('failed', code, detail, message);
}

function answer(verdict: Verdict, code: string, detail: string, message: SignedMessage | null): SignatureAnswer {
  return { verdict, code, detail, key: null, message, profile: message?.profile ?? null };
}

function verifiedText(key: PinnedKey, at: Instant | null): string {
  const { valid_from: from, valid_until: until } = key;
  const words = [
    ...(from === undefined ? [] : [`from ${dayText(from)}`]),
    ...(until === undefined ? [] : [`until ${dayText(until)}`]),
  ];
  if (words.length === 0) return `Signed with ${nameOf(key)}.`;
  const aside = at === null ? '; when it was signed is not proven' : '';
  return `Signed with ${nameOf(key)}, valid ${words.join(' ')}${aside}.`;
}

/** `the gate's`, or `the reviewer's or the gate's`. */
function signersOf(purposes: readonly KeyPurpose[]): string {
  return purposes.map((purpose) => `the ${purpose}'s`).join(' or ');
}

/** A key's name is a person's text, or a trust file's. */
function nameOf(key: PinnedKey): string {
  return escapeForTerminal(key.name);
}
