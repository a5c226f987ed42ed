import { decodeBase64, encodeBase64 } from '../../../shared/domain/base64.ts';
import { encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { verifyEd25519 } from '../../evidence/trust/ed25519.ts';
import { equalBytes, HASH_BYTES } from '../log/merkle.ts';
import { type Note, type NoteKey, type NoteSignature, readNote, SIGNATURE_TYPE } from './note.ts';

/** The head of a log (C2SP tlog-checkpoint): whose, how many entries, and the root over them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
  /** Lines that others may add; none of them is empty. */
  readonly extensions: readonly string[];
}

/** Sizes, indexes and times are those of a signed 64-bit integer. */
const MAX_NUMBER = 2n ** 63n - 1n;

/** The checkpoint that a note's text is; null where it is none. `text` ends in a newline. */
export function readCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n');
  const hash = decodeBase64(root);
  if (origin === '' || !/^(0|[1-9]\d{0,18})$/.test(size) || hash?.length !== HASH_BYTES) return null;
  if (BigInt(size) > MAX_NUMBER || extensions.includes('')) return null;
  return { origin, size: BigInt(size), root: hash, extensions };
}

/** The text that is signed. */
export function writeCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), encodeBase64(root), ...extensions, ''].join('\n');
}

/** A witness's word that it saw this head, and no other of this log, at a time (C2SP tlog-cosignature, v1). */
export interface Cosignature {
  readonly key: NoteKey;
  /** Unix seconds. */
  readonly time: bigint;
}

const TIME_BYTES = 8;

/** The cosignature in one line of a note, by the witness's key; null where that key did not make it. */
export function verifyCosignature(text: string, line: NoteSignature, key: NoteKey): Cosignature | null {
  if (key.type !== SIGNATURE_TYPE.cosignature || line.name !== key.name || !equalBytes(line.id, key.id)) return null;
  if (line.signature.length < TIME_BYTES) return null;
  const time = Buffer.from(line.signature.subarray(0, TIME_BYTES)).readBigUInt64BE();
  if (time > MAX_NUMBER) return null;
  const message = cosignedMessage(text, time);
  return verifyEd25519(key.publicKey, message, line.signature.subarray(TIME_BYTES)) ? { key, time } : null;
}

function cosignedMessage(text: string, time: bigint): Uint8Array {
  return encodeUtf8(`cosignature/v1\ntime ${time}\n${text}`) ?? new Uint8Array();
}

/** All the witnesses' cosignatures on a note, each witness once; null where a known witness's line does not hold. */
export function cosignaturesOf({ text, signatures }: Note, witnesses: readonly NoteKey[]): Cosignature[] | null {
  const found = new Map<NoteKey, Cosignature>();
  for (const line of signatures) {
    const key = witnesses.find(({ name, id }) => name === line.name && equalBytes(id, line.id));
    if (key === undefined) continue;
    const cosignature = verifyCosignature(text, line, key);
    if (cosignature === null) return null;
    found.set(key, cosignature);
  }
  return [...found.values()];
}

/** What a log proof's file says (C2SP tlog-proof): the entry's place, its path, and the signed head. */
export interface LogProof {
  readonly index: bigint;
  readonly path: readonly Uint8Array[];
  /** Base64 that a log may add; not interpreted. */
  readonly extra: string | null;
  /** The signed checkpoint, as bytes. */
  readonly checkpoint: Uint8Array;
}

const PROOF_HEAD = 'c2sp.org/tlog-proof@v1';
const MAX_PATH = 63;

/** Reads a log proof; null where it is none. Nothing is verified. */
export function readLogProof(text: string): LogProof | null {
  const end = text.indexOf('\n\n');
  if (end === -1) return null;
  const [head, ...lines] = text.slice(0, end).split('\n');
  const extra = lines[0]?.startsWith('extra ') === true ? (lines.shift() ?? '').slice('extra '.length) : null;
  const index = /^index (0|[1-9]\d{0,18})$/.exec(lines.shift() ?? '')?.[1];
  const path = lines.map((line) => decodeBase64(line));
  const checkpoint = encodeUtf8(text.slice(end + 2));
  if (head !== PROOF_HEAD || index === undefined || checkpoint === null || path.length > MAX_PATH) return null;
  if (BigInt(index) > MAX_NUMBER || (extra !== null && decodeBase64(extra) === null)) return null;
  const hashes = path.filter((one) => one?.length === HASH_BYTES);
  if (hashes.length !== path.length || readNote(checkpoint) === null) return null;
  return { index: BigInt(index), path: hashes.filter((one) => one !== null), extra, checkpoint };
}

/** The proof as its file; `checkpoint` is a signed note. */
export function writeLogProof(index: number, path: readonly Uint8Array[], checkpoint: string): string {
  return [PROOF_HEAD, `index ${index}`, ...path.map((hash) => encodeBase64(hash)), '', checkpoint].join('\n');
}
