import { createHash } from 'node:crypto';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { signEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import { fixtureKey } from './trusted.ts';

type Members = Record<string, unknown>;

/** What a test wants to be other than in a sound packet of 1.7. */
export interface PacketParts {
  readonly intent?: Members;
  readonly authority?: Members;
  readonly identity?: Members;
  readonly witness?: Members;
  /** Name of a fixture key; the gate's when left out. */
  readonly signer?: string;
  readonly magpie?: Uint8Array;
  readonly payload?: Uint8Array;
}

export const AID = 'a1'.repeat(32);

/** A packet of profile vex-0.3, made by its rule alone: no part of the verifier has a hand in it. */
export function makePacket(parts: PacketParts = {}): Buffer {
  const intent = { request_sha256: '00'.repeat(32), confidence: 0.5, capabilities: [], ...parts.intent };
  const authority = {
    capsule_id: 'c-1',
    outcome: 'ESCALATE',
    reason_code: 'R',
    trace_root: '11'.repeat(32),
    nonce: '7',
    ...parts.authority,
  };
  const identity = { aid: AID, identity_type: 'hardware-rooted', ...parts.identity };
  const witness = { chora_node_id: 'n', receipt_hash: '22'.repeat(32), timestamp: 1_794_649_055, ...parts.witness };
  const source = parts.magpie === undefined ? {} : { magpie_source: Buffer.from(parts.magpie).toString() };
  const { chora_node_id, timestamp } = witness;
  const leaves = [{ ...intent, ...source }, authority, identity, { chora_node_id, timestamp }].map((pillar) =>
    sha256(Buffer.of(0), jcs(pillar)),
  ) as [Buffer, Buffer, Buffer, Buffer];
  const root = node(node(leaves[0], leaves[1]), node(leaves[2], leaves[3]));
  return Buffer.concat([
    header(root),
    segment(1, jcs(intent)),
    segment(2, jcs(authority)),
    segment(3, jcs(identity)),
    ...(parts.payload === undefined ? [] : [segment(4, parts.payload)]),
    segment(5, jcs(witness)),
    segment(6, signEd25519(fixtureKey(parts.signer ?? 'gate').seed, root)),
    ...(parts.magpie === undefined ? [] : [segment(7, parts.magpie)]),
  ]);
}

export function segment(type: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(type);
  head.writeUInt32BE(value.length, 1);
  return Buffer.concat([head, value]);
}

function header(root: Buffer): Buffer {
  const nonce = Buffer.alloc(8);
  nonce.writeBigUInt64BE(7n);
  return Buffer.concat([Buffer.from('VEP\x03', 'latin1'), Buffer.from(AID, 'hex'), root, nonce]);
}

function node(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.of(1), left, right);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
