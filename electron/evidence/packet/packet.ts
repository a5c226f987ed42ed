import { PILLARS, type PillarName } from '../../../shared/domain/anatomy.ts';
import { decodeBase64 } from '../../../shared/domain/base64.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';
import type { JsonNote } from '../../../shared/domain/json/result.ts';
import type { JsonObject } from '../../../shared/domain/json/value.ts';
import { isSoundText } from '../json/sound-text.ts';
import { type JsonForm, readJsonForm, rootOfCapsule } from './json-form.ts';
import { isFault, type PillarObjects, type Pillars, readObject, readPillars } from './pillars.ts';
import { type Fault, readWireForm, segmentValue, type WireForm, type WireHeader } from './wire-form.ts';

/** A packet or capsule whose structure is sound: what it says, exactly; nothing of it has been verified. */
export interface Packet {
  readonly kind: 'vep' | 'capsule';
  /** Null for the JSON form, which has none. */
  readonly header: WireHeader | null;
  /** Lower-case hex: of the header, or the JSON form's capsule_root. */
  readonly root: string;
  readonly rootBytes: Uint8Array;
  readonly pillars: Pillars;
  /** Whatever stands in the place of a signature; null where that is no base64. */
  readonly signature: Uint8Array | null;
  /** The values of segments 7 and 4. */
  readonly magpie: Uint8Array | null;
  readonly payload: Uint8Array | null;
  /** The pillars' own bytes; null for the JSON form. */
  readonly texts: Readonly<Record<PillarName, Uint8Array>> | null;
  readonly json: JsonForm | null;
  readonly wire: WireForm | null;
  /** What the readers noted of numbers. */
  readonly notes: readonly JsonNote[];
}

export interface PacketRefusal {
  readonly kind: 'vep' | 'capsule';
  readonly fault: Fault;
  readonly header: WireHeader | null;
  readonly root: string | null;
}

/** Reads a wire form strictly (S49-S53, S55): its structure, its pillars' members and their types. */
export function readVep(bytes: Uint8Array): Packet | PacketRefusal {
  const wire = readWireForm(bytes);
  const { header } = wire;
  const refuse = (fault: Fault): PacketRefusal => ({ kind: 'vep', fault, header, root: header?.root ?? null });
  if (wire.fault !== null || header === null) return refuse(wire.fault ?? HEADER_GONE);
  const texts = Object.fromEntries(
    PILLARS.map((name) => [name, segmentValue(bytes, wire, name) ?? new Uint8Array(0)]),
  ) as Record<PillarName, Uint8Array>;
  const objects = readPillarTexts(texts);
  if (isFault(objects)) return refuse(objects);
  const magpie = segmentValue(bytes, wire, 'magpie');
  if (magpie !== null && !isSoundText(magpie)) {
    return refuse({ code: 'NOT_UTF8', detail: 'Segment 7, the Magpie source, is not UTF-8 without noncharacters.' });
  }
  const pillars = readPillars(objects.objects);
  if (isFault(pillars)) return refuse(pillars);
  return {
    kind: 'vep',
    header,
    root: header.root,
    rootBytes: rootBytes(header.root),
    pillars,
    signature: segmentValue(bytes, wire, 'signature'),
    magpie,
    payload: segmentValue(bytes, wire, 'payload'),
    texts,
    json: null,
    wire,
    notes: objects.notes,
  };
}

/** Reads a JSON form that has been parsed; `notes` are the reader's. */
export function readCapsule(capsule: JsonObject, notes: readonly JsonNote[]): Packet | PacketRefusal {
  const refuse = (fault: Fault): PacketRefusal => ({
    kind: 'capsule',
    fault,
    header: null,
    root: rootOfCapsule(capsule),
  });
  const json = readJsonForm(capsule);
  if (isFault(json)) return refuse(json);
  const pillars = readPillars(json.pillars);
  if (isFault(pillars)) return refuse(pillars);
  return {
    kind: 'capsule',
    header: null,
    root: json.root,
    rootBytes: rootBytes(json.root),
    pillars,
    signature: decodeBase64(json.signatureBase64),
    magpie: null,
    payload: null,
    texts: null,
    json,
    wire: null,
    notes,
  };
}

export function isRefused(read: Packet | PacketRefusal): read is PacketRefusal {
  return 'fault' in read;
}

const HEADER_GONE: Fault = { code: 'HEADER_CUT', detail: 'The header is cut short.' };

function readPillarTexts(
  texts: Readonly<Record<PillarName, Uint8Array>>,
): { objects: PillarObjects; notes: readonly JsonNote[] } | Fault {
  const objects = new Map<PillarName, JsonObject>();
  const notes: JsonNote[] = [];
  for (const name of PILLARS) {
    const read = readObject(texts[name], name);
    if (isFault(read)) return read;
    objects.set(name, read.value);
    notes.push(...read.notes);
  }
  return { objects: Object.fromEntries(objects) as PillarObjects, notes };
}

function rootBytes(hex: string): Uint8Array {
  return decodeHex(hex) ?? new Uint8Array(0);
}
