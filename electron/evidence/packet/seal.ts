import { PILLARS, type PillarName } from '../../../shared/domain/anatomy.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { encodeUtf8, hasBadCharacter } from '../../../shared/domain/json/utf8.ts';
import type { JsonObject } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { jcs } from '../json/jcs.ts';
import { readPacket } from '../verify.ts';
import { isRefused, type Packet } from './packet.ts';
import { isFault, type PillarObjects, readObject, readPillars } from './pillars.ts';
import { PillarHashes } from './profiles.ts';
import { lacksMagpie } from './readings.ts';
import { MAX_PACKET_BYTES, SEGMENT, type SegmentName } from './wire-form.ts';

/** What a packet that answers an escalation says, and who signs it. */
export interface Sealing {
  /** The escalation's own packet or capsule, whose intent is answered. */
  readonly original: Uint8Array;
  readonly escalationId: string;
  readonly outcome: 'ALLOW' | 'HALT';
  readonly reasonCode: string;
  /** A new UUID. */
  readonly capsuleId: string;
  /** Random, of 64 bits. */
  readonly nonce: bigint;
  /** The reviewer's public key of 32 bytes. */
  readonly reviewerKey: Uint8Array;
  /** The fingerprint of the desk's key, 64 hex digits. */
  readonly deskFingerprint: string;
  /** The view that was decided on. */
  readonly viewSha256: string;
  /** Whole seconds since 1970. */
  readonly timestamp: number;
  /** Ed25519 by the reviewer's key over the 32 bytes of the root. */
  readonly sign: (root: Uint8Array) => Uint8Array;
}

/** Who answers: not a machine that proves its silicon, as the agents' identities are. */
const IDENTITY_TYPE = 'human-reviewer';

/**
 * Seals a resolution packet: version 3 of the wire form, generation 1.7, profile `vex-0.3`. The intent is the original's,
 * byte for byte (of a capsule its members in their order), with its Magpie source in segment 7 where that belongs to it;
 * the desk's own pillars are RFC 8785 and have one canonical form under both rules. INVALID_INPUT where the original
 * has no intent that can be read, or the escalation's id is text that packets cannot carry; LIMIT_EXCEEDED over 16 MiB.
 */
export function sealResolution(sealing: Sealing): Uint8Array {
  const original = readOriginal(sealing.original);
  const texts = {
    intent: original.texts?.intent ?? intentText(original),
    authority: authorityText(sealing, original.root),
    identity: jcs({ aid: encodeHex(sealing.reviewerKey), identity_type: IDENTITY_TYPE }),
    witness: jcs({
      chora_node_id: sealing.deskFingerprint,
      receipt_hash: sealing.viewSha256,
      timestamp: sealing.timestamp,
    }),
  };
  const magpie = lacksMagpie(original.pillars) ? original.magpie : null;
  const root = rootOf(texts, magpie);
  const unsigned = Buffer.concat([
    header(sealing, root),
    segment('intent', texts.intent),
    segment('authority', texts.authority),
    segment('identity', texts.identity),
    segment('witness', texts.witness),
    ...(magpie === null ? [] : [segment('magpie', magpie)]),
  ]);
  if (unsigned.length + SIGNATURE_SEGMENT_BYTES > MAX_PACKET_BYTES) {
    throw new DeskError('LIMIT_EXCEEDED', `The sealed packet would be larger than 16 MiB. ${WAY_OUT}`);
  }
  return Buffer.concat([unsigned, segment('signature', sealing.sign(root))]);
}

const SIGNATURE_SEGMENT_BYTES = 5 + 64;
const WAY_OUT = 'Nothing was sealed. Attach a packet instead.';

function unsealable(why: string): DeskError {
  return new DeskError(
    'INVALID_INPUT',
    `The escalation's packet has no intent that can be answered. ${why} ${WAY_OUT}`,
  );
}

function readOriginal(bytes: Uint8Array): Packet {
  const read = readPacket(bytes);
  if (read === null) throw unsealable('It is no packet and no capsule.');
  if (isRefused(read)) throw unsealable(read.fault.detail);
  return read;
}

function intentText({ pillars }: Packet): Uint8Array {
  const bytes = encodeUtf8(writeJson(pillars.objects.intent));
  if (bytes === null) throw new Error('the reader gives no lone surrogates');
  return bytes;
}

function authorityText(sealing: Sealing, traceRoot: string): Uint8Array {
  if (hasBadCharacter(sealing.escalationId)) {
    throw new DeskError('INVALID_INPUT', `The escalation's id has characters that no packet may hold. ${WAY_OUT}`);
  }
  return jcs({
    capsule_id: sealing.capsuleId,
    escalation_id: sealing.escalationId,
    nonce: String(sealing.nonce),
    outcome: sealing.outcome,
    reason_code: sealing.reasonCode,
    trace_root: traceRoot,
  });
}

type PillarTexts = Readonly<Record<PillarName, Uint8Array>>;

/** The root as the protocol's own programs make it, of the very bytes that are sealed. */
function rootOf(texts: PillarTexts, magpie: Uint8Array | null): Uint8Array {
  const objects = PILLARS.map((name) => [name, readPillar(texts[name], name)] as const);
  const pillars = readPillars(Object.fromEntries(objects) as PillarObjects);
  if (isFault(pillars)) throw unsealable(pillars.detail);
  return Buffer.from(new PillarHashes(pillars, magpie).search('').shown.root, 'hex');
}

function readPillar(text: Uint8Array, name: PillarName): JsonObject {
  const read = readObject(text, name);
  if (isFault(read)) throw unsealable(read.detail);
  return read.value;
}

function header({ reviewerKey, nonce }: Sealing, root: Uint8Array): Uint8Array {
  const nonceBytes = Buffer.alloc(8);
  nonceBytes.writeBigUInt64BE(nonce);
  return Buffer.concat([Buffer.from('VEP'), Buffer.of(3), reviewerKey, root, nonceBytes]);
}

function segment(name: SegmentName, value: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt8(SEGMENT[name]);
  head.writeUInt32BE(value.length, 1);
  return Buffer.concat([head, value]);
}
