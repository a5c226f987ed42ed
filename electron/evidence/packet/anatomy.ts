import { createHash } from 'node:crypto';
import {
  MAX_SHOWN_JSON,
  type PacketAnatomy,
  PILLARS,
  type PillarAnatomy,
  type PillarName,
  type SegmentAnatomy,
} from '../../../shared/domain/anatomy.ts';
import type { ExactJson } from '../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { memberBytes } from '../../../shared/domain/json/member-text.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import type { TrustStore } from '../trust/trust.ts';
import { readPacket } from '../verify.ts';
import { triedKeys } from './anatomy-keys.ts';
import { isRefused, type Packet, type PacketRefusal } from './packet.ts';
import { PillarHashes, type RootSearch } from './profiles.ts';
import { lacksMagpie } from './readings.ts';
import { readWireForm, type Segment, valueOfSegment } from './wire-form.ts';

/**
 * What a packet or capsule is made of: claimed, computed, and where they part; no verdict. What could be read of one
 * that has a fault is there beside the fault. Null for bytes that are neither. Its size is bounded, whatever they hold.
 */
export function anatomyOf(bytes: Uint8Array, trust: TrustStore): PacketAnatomy | null {
  const read = readPacket(bytes);
  if (read === null) return null;
  const parts = isRefused(read) ? partsOfRefused(read) : partsOfPacket(read, trust);
  const { hashes, search, ...facts } = parts;
  const segments = read.kind === 'vep' ? readWireForm(bytes).segments : null;
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    kind: read.kind,
    ...facts,
    header: headerOf(read),
    pillars: PILLARS.map((name) => ({
      name,
      ...textOf(name, bytes, segments),
      claimed: claimedOf(name, read, hashes),
      leaf: leafOf(name, search),
    })),
    nodes: nodesOf(search),
    root: { claimed: read.root, computed: search?.shown.root ?? null },
    segments: (segments ?? []).map((segment) => segmentOf(segment, read)),
  };
}

type Read = Packet | PacketRefusal;

interface Parts
  extends Pick<PacketAnatomy, 'fault' | 'profile' | 'generation' | 'canonicalization' | 'signature' | 'keys'> {
  readonly hashes: PillarHashes | null;
  readonly search: RootSearch | null;
}

function partsOfRefused({ fault }: PacketRefusal): Parts {
  return {
    fault: fault.detail,
    profile: null,
    generation: null,
    canonicalization: null,
    signature: null,
    keys: [],
    hashes: null,
    search: null,
  };
}

function partsOfPacket(packet: Packet, trust: TrustStore): Parts {
  const hashes = new PillarHashes(packet.pillars, packet.magpie);
  const search = hashes.search(packet.root);
  return {
    fault: null,
    profile: search.found?.profile ?? null,
    generation: packet.pillars.generation,
    canonicalization: search.found?.canonicalization ?? null,
    signature: packet.signature === null ? null : encodeHex(packet.signature.subarray(0, MAX_SHOWN_SIGNATURE)),
    keys: triedKeys(packet, trust, search.found !== null),
    hashes,
    search,
  };
}

/** A signature has 64 bytes; what stands in its place may be as long as the packet. */
const MAX_SHOWN_SIGNATURE = 1024;

function headerOf({ header }: Read): PacketAnatomy['header'] {
  if (header === null) return null;
  const { version, aid, root, nonce } = header;
  return { version, aid, capsule_root: root, nonce };
}

function nodesOf(search: RootSearch | null): PacketAnatomy['nodes'] {
  const nodes = search?.shown.nodes ?? null;
  return nodes === null ? null : { left: encodeHex(nodes.left), right: encodeHex(nodes.right) };
}

/** The pillar's own text: of a segment, or of a member of the JSON form. */
function textOf(
  name: PillarName,
  bytes: Uint8Array,
  segments: readonly Segment[] | null,
): Pick<PillarAnatomy, 'json' | 'length' | 'offset'> {
  const segment = segments?.find((candidate) => candidate.name === name);
  const text = segments === null ? memberBytes(bytes, name) : segment && valueOfSegment(bytes, segment);
  return {
    json: text == null ? null : exactText(text),
    length: text?.length ?? 0,
    offset: segment?.offset ?? null,
  };
}

function leafOf(name: PillarName, search: RootSearch | null): string | null {
  return search === null ? null : encodeHex(search.shown.leaves[name]);
}

/** The text as it stands, cut between two characters; null where it is no UTF-8. */
function exactText(bytes: Uint8Array): ExactJson | null {
  let end = Math.min(bytes.length, MAX_SHOWN_JSON);
  if (end < bytes.length) while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return decodeUtf8(bytes.subarray(0, end)) as ExactJson | null;
}

function claimedOf(name: PillarName, read: Read, hashes: PillarHashes | null): PillarAnatomy['claimed'] {
  if (isRefused(read) || read.json === null || hashes === null) return null;
  const hash = read.json.hashes[name];
  return { hash: hash.slice(0, MAX_SHOWN_HASH), rule: hashes.ruleOf(name, hash) };
}

/** A hash has 64 digits; what stands in its place may be longer. */
const MAX_SHOWN_HASH = 256;

function segmentOf({ type, name, offset, length }: Segment, read: Read): SegmentAnatomy {
  return { type, name: name ?? 'unknown', offset, length, covered: isCovered(name, read) };
}

/** The root covers the pillars, and segment 7 where its text stands in the intent. */
function isCovered(name: Segment['name'], read: Read): boolean {
  if (name === 'magpie') return !isRefused(read) && lacksMagpie(read.pillars);
  return name !== null && (PILLARS as readonly string[]).includes(name);
}
