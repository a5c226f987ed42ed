import { encodeHex } from '../../shared/domain/hex.ts';
import { readJson } from '../../shared/domain/json/read.ts';
import { JsonObject, textOf } from '../../shared/domain/json/value.ts';

/** What a packet says of itself when it has a packet's structure; nothing here is verified. */
export type PacketFacts =
  | {
      readonly ok: true;
      readonly kind: 'vep' | 'capsule';
      /** Lower-case hex: of the header, or of the JSON form's capsule_root. */
      readonly root: string;
      readonly escalationId: string | null;
    }
  /** `kind` is what it was meant to be, by its first bytes or members. */
  | {
      readonly ok: false;
      readonly kind: 'vep' | 'capsule' | 'unknown';
      readonly root: string | null;
      readonly why: string;
    };

export const MAX_PACKET_BYTES = 16 * 1024 * 1024;

const MAGIC = [0x56, 0x45, 0x50];
const HEADER_BYTES = 76;
const ROOT_AT = 36;
const SEGMENT_HEAD = 5;
/** Wire form, segment types: the four pillars are JSON objects, 6 is the signature over the root. */
const PILLARS = [1, 2, 3, 5];
const AUTHORITY = 2;
const SIGNATURE = 6;
const LAST_KNOWN = 7;

/**
 * Reads a packet in its wire form (`VEP`: header, then type-length-value segments) or its JSON form (a capsule with
 * four pillars), strictly: lengths before use, one segment of each known type, no trailing bytes but the header once
 * more, JSON as `readJson` takes it (S55). Structure only, no verdict.
 */
export function readPacketFacts(bytes: Uint8Array): PacketFacts {
  if (bytes.length > MAX_PACKET_BYTES) return failed('unknown', null, 'it is larger than 16 MiB');
  if (looksLikeVep(bytes)) return readWireForm(bytes);
  return readJsonForm(bytes);
}

/** Whether the bytes begin as a packet's wire form does. */
export function looksLikeVep(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/** The root that the header of a wire form names, lower-case hex; null where there is no header. */
export function rootOfVep(bytes: Uint8Array): string | null {
  return looksLikeVep(bytes) && bytes.length >= HEADER_BYTES ? encodeHex(bytes.subarray(ROOT_AT, ROOT_AT + 32)) : null;
}

/** Whether a JSON object is meant as a capsule: it has the four pillars' names. */
export function looksLikeCapsule(value: JsonObject): boolean {
  return ['intent', 'authority', 'identity', 'witness'].every((pillar) => value.has(pillar));
}

function readWireForm(bytes: Uint8Array): PacketFacts {
  const root = rootOfVep(bytes);
  if (root === null) return failed('vep', null, 'its header is cut short');
  if (bytes[3] !== 2 && bytes[3] !== 3) return failed('vep', root, 'its version is not known');
  const segments = readSegments(bytes);
  if (typeof segments === 'string') return failed('vep', root, segments);
  const pillars = new Map<number, JsonObject>();
  for (const type of PILLARS) {
    const pillar = pillarOf(segments.get(type));
    if (typeof pillar === 'string') return failed('vep', root, `segment ${type} ${pillar}`);
    pillars.set(type, pillar);
  }
  // One that is not of 64 bytes is a signature that fails, not a packet that cannot be read.
  if (!segments.has(SIGNATURE)) return failed('vep', root, 'it has no signature');
  return { ok: true, kind: 'vep', root, escalationId: textOf(pillars.get(AUTHORITY)?.get('escalation_id')) ?? null };
}

/** The segments by type, or why they cannot be read. */
function readSegments(bytes: Uint8Array): Map<number, Uint8Array> | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = new Map<number, Uint8Array>();
  let at = HEADER_BYTES;
  while (at < bytes.length) {
    if (isFooter(bytes, at)) return segments;
    if (bytes.length - at < SEGMENT_HEAD) return 'it has bytes after its last segment';
    const type = bytes[at] ?? 0;
    const end = at + SEGMENT_HEAD + view.getUint32(at + 1);
    if (end > bytes.length) return 'a segment is cut short';
    if (type >= 1 && type <= LAST_KNOWN && segments.has(type)) return `it has segment ${type} twice`;
    segments.set(type, bytes.subarray(at + SEGMENT_HEAD, end));
    at = end;
  }
  return segments;
}

/** The TypeScript and Python SDK write the header once more at the end. */
function isFooter(bytes: Uint8Array, at: number): boolean {
  if (bytes.length - at !== HEADER_BYTES) return false;
  for (let i = 0; i < HEADER_BYTES; i += 1) if (bytes[at + i] !== bytes[i]) return false;
  return true;
}

function pillarOf(segment: Uint8Array | undefined): JsonObject | string {
  if (segment === undefined) return 'is missing';
  const json = readJson(segment);
  if (!json.ok) return `is not JSON as it must be: ${json.message}`;
  return json.value instanceof JsonObject ? json.value : 'is no JSON object';
}

function readJsonForm(bytes: Uint8Array): PacketFacts {
  const json = readJson(bytes);
  if (!json.ok || !(json.value instanceof JsonObject)) return failed('unknown', null, 'it is no packet and no capsule');
  return capsuleFacts(json.value);
}

/** As `readPacketFacts`, of a JSON form that has been read already. */
export function capsuleFacts(value: JsonObject): PacketFacts {
  if (!looksLikeCapsule(value)) return failed('unknown', null, 'it is no packet and no capsule');
  const root = textOf(value.get('capsule_root')) ?? '';
  if (!/^[0-9a-f]{64}$/.test(root)) return failed('capsule', null, 'its capsule_root is no SHA-256');
  for (const pillar of ['intent', 'authority', 'identity', 'witness']) {
    if (!(value.get(pillar) instanceof JsonObject)) return failed('capsule', root, `its ${pillar} is no object`);
  }
  const authority = value.get('authority');
  const id = authority instanceof JsonObject ? textOf(authority.get('escalation_id')) : undefined;
  return { ok: true, kind: 'capsule', root, escalationId: id ?? null };
}

function failed(kind: 'vep' | 'capsule' | 'unknown', root: string | null, why: string): PacketFacts {
  return { ok: false, kind, root, why };
}
