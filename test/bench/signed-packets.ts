import { createHash } from 'node:crypto';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { makePacket } from '../evidence/make-packet.ts';
import { fixtureKey } from '../evidence/trusted.ts';
import { SeededRandom } from './random.ts';

/** Where most of a packet's bytes lie: the root covers pillars and Magpie source; the payload is hashed by itself. */
export const PACKET_KINDS = ['2k', '1m-json', '1m-payload', '1m-magpie'] as const;
export type PacketKind = (typeof PACKET_KINDS)[number];

/** A packet that the fixtures' gate signed, and all that is hashed of it, as the primitives are given it. */
export interface SignedPacket {
  readonly bytes: Buffer;
  /** The canonical bytes of the four pillars, each hashed once into its leaf. */
  readonly leaves: readonly Uint8Array[];
  readonly payload: Uint8Array | null;
  readonly signature: Uint8Array;
}

export const GATE_HEX = fixtureKey('gate').public_hex;
const MIB = 1024 * 1024;
const SIGNATURE_HEAD = Buffer.from([6, 0, 0, 0, 64]);

/** The n-th packet of a kind: 2 KiB or 1 MiB, the same for the same seed. */
export function signedPacket(kind: PacketKind, seed: number): SignedPacket {
  const random = new SeededRandom(seed);
  const text = (characters: number) => Buffer.from(random.hex(characters));
  const payload = kind === '1m-payload' ? text(MIB) : null;
  const magpie = kind === '1m-magpie' ? text(MIB) : null;
  const intent = {
    request_sha256: createHash('sha256')
      .update(payload ?? '')
      .digest('hex'),
    confidence: 0.55,
    capabilities: ['payments:wire'],
    context: contextOf(random, kind === '1m-json' ? MIB : kind === '2k' ? 1024 : 0),
  };
  const bytes = makePacket({
    intent,
    ...(payload === null ? {} : { payload }),
    ...(magpie === null ? {} : { magpie }),
  });
  return { bytes, payload, signature: signatureIn(bytes), leaves: leavesOf(bytes, intent, magpie) };
}

/** What an agent tells of its reasons: lines of short members, so many bytes of JSON. */
function contextOf(random: SeededRandom, bytes: number): object[] {
  const line = () => ({
    at: `2026-11-15T12:${String(random.below(60)).padStart(2, '0')}:00Z`,
    from: 'orders',
    n: random.below(1_000_000),
    said: random.hex(24),
  });
  return Array.from({ length: Math.floor(bytes / 90) }, line);
}

function leavesOf(bytes: Buffer, intent: object, magpie: Buffer | null): Uint8Array[] {
  const source = magpie === null ? {} : { magpie_source: magpie.toString() };
  const rest = [...segmentsOf(bytes)].filter(({ type }) => type === 2 || type === 3).map(({ value }) => value);
  const witness = [...segmentsOf(bytes)].find(({ type }) => type === 5)?.value ?? Buffer.alloc(0);
  const { chora_node_id, timestamp } = JSON.parse(witness.toString()) as Record<string, string | number>;
  return [jcs({ ...intent, ...source }), ...rest, jcs({ chora_node_id, timestamp })];
}

function* segmentsOf(bytes: Buffer): Generator<{ type: number; value: Buffer }> {
  for (let at = 76; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at + 1);
    yield { type: bytes.readUInt8(at), value: bytes.subarray(at + 5, at + 5 + length) };
    at += 5 + length;
  }
}

function signatureIn(bytes: Buffer): Uint8Array {
  const at = bytes.lastIndexOf(SIGNATURE_HEAD) + SIGNATURE_HEAD.length;
  return bytes.subarray(at, at + 64);
}
