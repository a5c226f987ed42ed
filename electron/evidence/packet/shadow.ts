import { createHash } from 'node:crypto';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import type { Check } from '../../../shared/domain/verdict.ts';

/**
 * The commitment of a shadow intent as VEX 1.7 makes it (vex-core, `semantic_commitment_hash`): a permutation over the
 * Goldilocks field of one lane, the first 8 bytes of SHA-256(tag, length of prompt, prompt, length of salt, salt) with
 * lengths as u64, least byte first. It binds these 64 bits and no more.
 */
const TAG = new TextEncoder().encode('vex.shadow_intent.commitment.v1');

const PRIME = 0xffff_ffff_0000_0001n;
const WIDTH = 8;
const ROUNDS = 30;
const FIRST_PARTIAL_ROUND = 4;
const PARTIAL_ROUNDS = 22;
const CIRCULANT = [3n, 1n, 1n, 1n, 1n, 1n, 1n, 2n];
const DIAGONAL = [4n, 5n, 4n, 5n];
const LANES_SHOWN = 4;

/** Whether prompt and salt open the commitment, which must be 64 lower-case hex digits; text that is no UTF-8 opens none. */
export function openCommitment(commitmentHex: string, prompt: string, salt: Uint8Array): boolean {
  const text = encodeUtf8(prompt);
  return text !== null && commitmentOf(text, salt) === commitmentHex;
}

/** The check `opening`: OPENED or NOT_OPENED. Its words say how little the commitment binds. */
export function openingCheck(commitmentHex: string, prompt: string, salt: Uint8Array): Check {
  return openCommitment(commitmentHex, prompt, salt)
    ? {
        name: 'opening',
        verdict: 'verified',
        code: 'OPENED',
        detail:
          'This prompt and salt open the commitment. It binds 64 bits only: other texts that open it can be found.',
      }
    : {
        name: 'opening',
        verdict: 'failed',
        code: 'NOT_OPENED',
        detail: 'This prompt and salt do not open the commitment, which binds 64 bits only.',
      };
}

function commitmentOf(prompt: Uint8Array, salt: Uint8Array): string {
  const hash = createHash('sha256');
  hash.update(TAG).update(lengthBytes(prompt)).update(prompt).update(lengthBytes(salt)).update(salt);
  const state = Array.from({ length: WIDTH }, () => 0n);
  state[0] = hash.digest().readBigUInt64LE(0) % PRIME;
  const shown = permute(state).slice(0, LANES_SHOWN);
  return shown.map((lane) => encodeHex(littleEndian(lane))).join('');
}

function lengthBytes(bytes: Uint8Array): Uint8Array {
  return littleEndian(BigInt(bytes.length));
}

function littleEndian(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

function permute(start: readonly bigint[]): bigint[] {
  let state = [...start];
  for (let round = 0; round < ROUNDS; round += 1) {
    const partial = round >= FIRST_PARTIAL_ROUND && round < FIRST_PARTIAL_ROUND + PARTIAL_ROUNDS;
    const boxed = state.map((lane, at) => (partial && at > 0 ? lane : lane ** 7n % PRIME));
    const mixed = partial ? mixPartial(boxed) : mixFull(boxed);
    state = mixed.map((lane, at) => (lane + roundConstant(round, at)) % PRIME);
  }
  return state;
}

function mixFull(lanes: readonly bigint[]): bigint[] {
  return lanes.map((_, row) =>
    lanes.reduce((sum, lane, column) => sum + (CIRCULANT[(WIDTH + row - column) % WIDTH] ?? 0n) * lane, 0n),
  );
}

function mixPartial(lanes: readonly bigint[]): bigint[] {
  const sum = lanes.reduce((total, lane) => total + lane, 0n);
  return lanes.map((lane, at) => (DIAGONAL[at % DIAGONAL.length] ?? 0n) * lane + sum);
}

function roundConstant(round: number, lane: number): bigint {
  return (BigInt(round + 1) * 0x12345678n + BigInt(lane + 1) * 0x87654321n) % PRIME;
}
