import { encodeHex } from '../../../shared/domain/hex.ts';

export const MAX_PACKET_BYTES = 16 * 1024 * 1024;

const MAGIC = [0x56, 0x45, 0x50];
const HEADER_BYTES = 76;
const AID_AT = 4;
const ROOT_AT = 36;
const NONCE_AT = 68;
const SEGMENT_HEAD = 5;
/** Seven types are known; a packet of more segments than this is made to cost time. */
const MAX_SEGMENTS = 4096;

/** The segment types that the protocol names (vex-protocol 1.7, "Wire form"). */
export const SEGMENT = {
  intent: 1,
  authority: 2,
  identity: 3,
  payload: 4,
  witness: 5,
  signature: 6,
  magpie: 7,
} as const;
export type SegmentName = keyof typeof SEGMENT;

const NAMES: ReadonlyMap<number, SegmentName> = new Map(
  (Object.keys(SEGMENT) as SegmentName[]).map((name) => [SEGMENT[name], name]),
);

/** Nothing in it is covered by the root but the root itself. */
export interface WireHeader {
  readonly version: number;
  /** Lower-case hex. */
  readonly aid: string;
  readonly root: string;
  /** Decimal text of the 64-bit integer. */
  readonly nonce: string;
}

export interface Segment {
  readonly type: number;
  /** Null for a type that the protocol does not name. */
  readonly name: SegmentName | null;
  /** Where the value begins in the file; its head is the five bytes before. */
  readonly offset: number;
  readonly length: number;
}

/** Why bytes have not the structure of a packet: a code of docs/formats/evidence.md, and words. */
export interface Fault {
  readonly code: string;
  readonly detail: string;
}

export interface WireForm {
  readonly header: WireHeader | null;
  /** In the order of the file, up to the fault where there is one. */
  readonly segments: readonly Segment[];
  /** The SDK writes the header once more at the end. */
  readonly footer: boolean;
  readonly fault: Fault | null;
}

/** Whether the bytes begin as a packet's wire form does. */
export function looksLikeVep(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/** The root that the header of a wire form names, lower-case hex; null where there is no header. */
export function rootOfVep(bytes: Uint8Array): string | null {
  return looksLikeVep(bytes) && bytes.length >= HEADER_BYTES ? encodeHex(bytes.subarray(ROOT_AT, ROOT_AT + 32)) : null;
}

/**
 * Reads header and segments of a packet that `looksLikeVep` (S55): versions 2 and 3, at most 16 MiB, lengths before
 * use, one segment of each known type, the five that must be there, and no bytes after the last one but the header
 * once more. What could be read is given beside the fault. The values of the segments are not looked into.
 */
export function readWireForm(bytes: Uint8Array): WireForm {
  const header = bytes.length < HEADER_BYTES ? null : readHeader(bytes);
  const none = { header, segments: [], footer: false };
  if (bytes.length > MAX_PACKET_BYTES)
    return { ...none, fault: fault('TOO_LARGE', 'The packet is larger than 16 MiB.') };
  if (header === null) return { ...none, fault: fault('HEADER_CUT', 'The header is cut short.') };
  if (header.version !== 2 && header.version !== 3) {
    return { ...none, fault: fault('UNKNOWN_VERSION', `Version ${header.version} of the wire form is not known.`) };
  }
  const reader = new SegmentReader(bytes);
  const found = reader.read() ?? missingSegment(reader.segments);
  return { header, segments: reader.segments, footer: reader.footer, fault: found };
}

/** The value of the segment, where the packet has one of that name. */
export function segmentValue(bytes: Uint8Array, form: WireForm, name: SegmentName): Uint8Array | null {
  const segment = form.segments.find((candidate) => candidate.name === name);
  return segment === undefined ? null : valueOfSegment(bytes, segment);
}

/** The segment's value, a view of the packet's bytes. */
export function valueOfSegment(bytes: Uint8Array, { offset, length }: Segment): Uint8Array {
  return bytes.subarray(offset, offset + length);
}

function readHeader(bytes: Uint8Array): WireHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    version: bytes[3] ?? 0,
    aid: encodeHex(bytes.subarray(AID_AT, ROOT_AT)),
    root: encodeHex(bytes.subarray(ROOT_AT, NONCE_AT)),
    nonce: String(view.getBigUint64(NONCE_AT)),
  };
}

class SegmentReader {
  readonly segments: Segment[] = [];
  footer = false;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): Fault | null {
    const seen = new Set<SegmentName>();
    for (let at = HEADER_BYTES; at < this.bytes.length && !this.isFooter(at); ) {
      if (this.bytes.length - at < SEGMENT_HEAD) {
        return fault('TRAILING_BYTES', 'There are bytes after the last segment.');
      }
      const type = this.bytes[at] ?? 0;
      const length = this.view.getUint32(at + 1);
      const offset = at + SEGMENT_HEAD;
      if (length > this.bytes.length - offset) {
        return fault('SEGMENT_CUT', 'A segment says that it is longer than the packet, or the packet is cut short.');
      }
      const name = NAMES.get(type) ?? null;
      if (name !== null && seen.has(name)) {
        return fault('DUPLICATE_SEGMENT', `The packet has two ${name} segments; programs differ in which they keep.`);
      }
      if (name !== null) seen.add(name);
      if (this.segments.length === MAX_SEGMENTS) {
        return fault('TOO_LARGE', `The packet has more than ${MAX_SEGMENTS} segments.`);
      }
      this.segments.push({ type, name, offset, length });
      at = offset + length;
    }
    return null;
  }

  private isFooter(at: number): boolean {
    if (this.bytes.length - at !== HEADER_BYTES) return false;
    for (let i = 0; i < HEADER_BYTES; i += 1) if (this.bytes[at + i] !== this.bytes[i]) return false;
    this.footer = true;
    return true;
  }
}

const REQUIRED = ['intent', 'authority', 'identity', 'witness', 'signature'] as const;

/** A signature that is not of 64 bytes is one that fails; a packet without one is none. */
function missingSegment(segments: readonly Segment[]): Fault | null {
  const missing = REQUIRED.find((name) => !segments.some((segment) => segment.name === name));
  return missing === undefined ? null : fault('MISSING_SEGMENT', `The packet has no ${missing} segment.`);
}

function fault(code: string, detail: string): Fault {
  return { code, detail };
}
