import { hash } from 'node:crypto';
import { decodeBase64, encodeBase64 } from '../../../shared/domain/base64.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { decodeUtf8, encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { verifyEd25519 } from '../../evidence/trust/ed25519.ts';
import { equalBytes } from '../log/merkle.ts';

/**
 * C2SP signed-note: a text, an empty line, and signature lines by named keys. Readers take the one form that a writer
 * gives (a name, base64, a key id has one spelling), and refuse the rest.
 */
export const SIGNATURE_TYPE = { ed25519: 0x01, cosignature: 0x04 } as const;
type KeyType = (typeof SIGNATURE_TYPE)[keyof typeof SIGNATURE_TYPE];

/** A verifier key (vkey): whose signatures, and of which type. */
export interface NoteKey {
  readonly name: string;
  /** Four bytes that tell keys of one name apart. */
  readonly id: Uint8Array;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: Uint8Array;
  /** What follows the key's id. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;
const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_LINE = /^\u2014 (?<name>[^ ]+) (?<base64>[A-Za-z0-9+/=]+)$/u;

/** The note as it is written; null where the bytes are none. No signature is looked into. */
export function readNote(bytes: Uint8Array): Note | null {
  const whole = bytes.length > MAX_NOTE_BYTES ? null : noteText(bytes);
  const split = whole?.lastIndexOf('\n\n') ?? -1;
  if (whole == null || split === -1 || !whole.endsWith('\n')) return null;
  const lines = whole.slice(split + 2, -1).split('\n');
  const signatures = lines.length > MAX_SIGNATURES ? [] : lines.map(readSignatureLine);
  if (signatures.length === 0 || signatures.includes(null)) return null;
  return { text: whole.slice(0, split + 1), signatures: signatures.filter((one) => one !== null) };
}

/** Valid UTF-8 without control characters but newline. */
function noteText(bytes: Uint8Array): string | null {
  const decoded = decodeUtf8(bytes);
  if (decoded === null) return null;
  for (let at = 0; at < decoded.length; at += 1) {
    const unit = decoded.charCodeAt(at);
    if (unit < 0x20 && unit !== 0x0a) return null;
  }
  return decoded;
}

function readSignatureLine(line: string): NoteSignature | null {
  const { name = '', base64 = '' } = SIGNATURE_LINE.exec(line)?.groups ?? {};
  const blob = decodeBase64(base64);
  if (!isKeyName(name) || blob === null || blob.length <= KEY_ID_BYTES) return null;
  return { name, id: blob.subarray(0, KEY_ID_BYTES), signature: blob.subarray(KEY_ID_BYTES) };
}

/** Not empty, no white space of Unicode, no plus sign (signed-note, "Format"). */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s\u0085+]/u.test(name);
}

/** The signature lines of a text, as a note. `text` ends in a newline. */
export function writeNote(text: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(
    ({ name, id, signature }) => `\u2014 ${name} ${encodeBase64(Buffer.concat([id, signature]))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
export function keyId(name: string, type: KeyType, publicKey: Uint8Array): Uint8Array {
  const bytes = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(type), publicKey]);
  return hash('sha256', bytes, 'buffer').subarray(0, KEY_ID_BYTES);
}

/** The key as text: name, key id in hex, base64 of type and key, joined by plus signs. */
export function writeVkey({ name, id, type, publicKey }: NoteKey): string {
  return `${name}+${encodeHex(id)}+${encodeBase64(Buffer.concat([Uint8Array.of(type), publicKey]))}`;
}

/** The key that the text names; null where it is none of a type that is verified here (Ed25519, cosignature/v1). */
export function readVkey(text: string): NoteKey | null {
  const {
    name = '',
    id = '',
    base64 = '',
  } = /^(?<name>[^+]+)\+(?<id>[0-9a-f]{8})\+(?<base64>[A-Za-z0-9+/=]+)$/u.exec(text)?.groups ?? {};
  const [blob, idBytes] = [decodeBase64(base64), decodeHex(id)];
  if (!isKeyName(name) || blob === null || idBytes === null || blob.length !== 1 + PUBLIC_KEY_BYTES) return null;
  const type = Object.values(SIGNATURE_TYPE).find((one) => one === blob[0]);
  const publicKey = blob.subarray(1);
  if (type === undefined || !equalBytes(keyId(name, type, publicKey), idBytes)) return null;
  return { name, id: idBytes, type, publicKey };
}

/** A key for a log or a desk: type Ed25519. */
export function noteKey(name: string, publicKey: Uint8Array, type: KeyType = SIGNATURE_TYPE.ed25519): NoteKey {
  return { name, type, publicKey, id: keyId(name, type, publicKey) };
}

export type Opened =
  | { readonly verdict: 'verified'; readonly note: Note; readonly by: readonly NoteKey[] }
  /** Well formed, but no known key signed it. */
  | { readonly verdict: 'unverified'; readonly note: Note }
  /** A known key's signature does not hold, or two known keys share name and id: nothing of it may be used. */
  | { readonly verdict: 'invalid-signature' | 'ambiguous-key' | 'malformed' };

/** Opens a note with known Ed25519 keys. One known key's bad signature spoils the whole (golang.org/x/mod/sumdb/note). */
export function openNote(bytes: Uint8Array, known: readonly NoteKey[]): Opened {
  const note = readNote(bytes);
  if (note === null) return { verdict: 'malformed' };
  const message = encodeUtf8(note.text) ?? new Uint8Array();
  const by: NoteKey[] = [];
  for (const one of note.signatures) {
    const keys = known.filter(({ name, id }) => name === one.name && equalBytes(id, one.id));
    if (keys.length > 1) return { verdict: 'ambiguous-key' };
    const key = keys[0];
    if (key === undefined || by.includes(key)) continue;
    if (key.type !== SIGNATURE_TYPE.ed25519 || !verifyEd25519(key.publicKey, message, one.signature)) {
      return { verdict: 'invalid-signature' };
    }
    by.push(key);
  }
  return by.length === 0 ? { verdict: 'unverified', note } : { verdict: 'verified', note, by };
}

/** The text signed with an Ed25519 key. */
export function signNote(text: string, key: NoteKey, sign: (message: Uint8Array) => Uint8Array): string {
  const message = encodeUtf8(text) ?? new Uint8Array();
  return writeNote(text, [{ name: key.name, id: key.id, signature: sign(message) }]);
}
