import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { emptyRoot, nodeHash, verifyConsistency, verifyInclusion } from '../../electron/audit/log/merkle.ts';
import { consistencyProof, inclusionProof, rootOf } from '../../electron/audit/log/tiles.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { growLog, type MemoryTiles } from './memory-tiles.ts';

const folder = join(projectRoot, 'test/fixtures/vectors/merkle-rfc6962');
const lines = <T>(name: string): T[] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

interface InclusionCase {
  name: string;
  leafIdx: string;
  treeSize: string;
  root: string;
  leafHash: string;
  proof: string[] | null;
  valid: boolean;
}
interface ConsistencyCase {
  name: string;
  size1: string;
  size2: string;
  root1: string;
  root2: string;
  proof: string[] | null;
  valid: boolean;
}
const tree = JSON.parse(readFileSync(join(folder, 'tree.json'), 'utf8')) as {
  hasher: { desc: string; leaf?: string; left?: string; right?: string; hash: string }[];
  leaves: string[];
  roots_by_size: string[];
  complete_nodes_by_level: string[][];
  accumulated: { roots: string; inclusion: string; consistency: string };
};

describe('S60: proofs of an RFC 6962 tree', () => {
  test.each(lines<InclusionCase>('inclusion.jsonl').map((one) => [one.name, one] as const))(
    'inclusion %s',
    (_, one) => {
      const answer = verifyInclusion({
        index: BigInt(one.leafIdx),
        size: BigInt(one.treeSize),
        leafHash: bytes(one.leafHash),
        proof: (one.proof ?? []).map(bytes),
        root: bytes(one.root),
      });
      expect(answer).toBe(one.valid);
    },
  );

  test.each(lines<ConsistencyCase>('consistency.jsonl').map((one) => [one.name, one] as const))(
    'consistency %s',
    (_, one) => {
      const answer = verifyConsistency({
        from: { size: BigInt(one.size1), root: bytes(one.root1) },
        to: { size: BigInt(one.size2), root: bytes(one.root2) },
        proof: (one.proof ?? []).map(bytes),
      });
      expect(answer).toBe(one.valid);
    },
  );

  test('hashes are those of the reference', () => {
    for (const { leaf, left, right, hash } of tree.hasher) {
      if (leaf !== undefined) expect(hex(leafHash(bytes(leaf)))).toBe(hash);
      else if (left !== undefined && right !== undefined) expect(hex(nodeHash(bytes(left), bytes(right)))).toBe(hash);
      else expect(hex(emptyRoot())).toBe(hash);
    }
  });
});

describe('the log’s tree from its tiles', () => {
  const oneByteLeaves = Array.from({ length: 65 }, (_, n) => leafHash(Uint8Array.of(n)));

  test('roots by size are those of the reference', () => {
    const log = growLog(tree.leaves.map((leaf) => leafHash(bytes(leaf))));
    expect(tree.roots_by_size.map((_, size) => hex(rootOf(log.read, size)))).toEqual(tree.roots_by_size);
  });

  test('complete subtrees are those of the reference', () => {
    let level = tree.leaves.map((leaf) => leafHash(bytes(leaf)));
    for (const expected of tree.complete_nodes_by_level) {
      expect(level.map(hex)).toEqual(expected);
      level = Array.from({ length: Math.floor(level.length / 2) }, (_, n) =>
        nodeHash(level[2 * n] as Uint8Array, level[2 * n + 1] as Uint8Array),
      );
    }
  });

  test('all roots and proofs of trees up to 65 leaves hash to the reference’s', () => {
    const { read } = growLog(oneByteLeaves);
    const sizes = Array.from({ length: 66 }, (_, n) => n);
    const proofText = (proof: Uint8Array[]) => proof.map((one) => ` ${hex(one)}`).join('');
    const roots = sizes.map((n) => `${n} ${hex(rootOf(read, n))}\n`);
    const inclusion = sizes.flatMap((n) =>
      sizes.slice(0, n).map((i) => `${i} ${n}${proofText(inclusionProof(read, i, n))}\n`),
    );
    const consistency = sizes.flatMap((n) =>
      sizes.slice(1, Math.max(1, n)).map((m) => `${m} ${n}${proofText(consistencyProof(read, m, n))}\n`),
    );
    const sha = async (text: string[]) =>
      hex(new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.from(text.join('')))));
    return Promise.all([sha(roots), sha(inclusion), sha(consistency)]).then((all) => {
      expect(all).toEqual([tree.accumulated.roots, tree.accumulated.inclusion, tree.accumulated.consistency]);
    });
  });

  test('I7: a log of many tiles grows in any steps to the same tree, and proves itself', () => {
    const leaves = Array.from({ length: 66_000 }, (_, n) => leafHash(Buffer.from(String(n))));
    const whole = growLog(leaves);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: leaves.length }), fc.integer({ min: 1, max: 700 }), (cut, step) => {
        const steps = growLog(leaves.slice(0, cut), Math.max(step, Math.floor(cut / 50)));
        expect(hex(rootOf(steps.read, cut))).toBe(hex(rootOf(whole.read, cut)));
        expectProven(whole, leaves, cut);
      }),
      { numRuns: 30 },
    );
  });

  test('a proof that was changed in any place proves nothing', () => {
    const leaves = oneByteLeaves;
    const { read } = growLog(leaves);
    fc.assert(
      fc.property(fc.nat(64), fc.nat(64), fc.nat(1000), fc.nat(7), (index, extra, place, bit) => {
        const size = Math.min(65, index + 1 + extra);
        const proof = inclusionProof(read, index, size);
        fc.pre(proof.length > 0);
        const claim = { index: BigInt(index), size: BigInt(size), leafHash: leaves[index] as Uint8Array };
        const root = rootOf(read, size);
        expect(verifyInclusion({ ...claim, proof, root })).toBe(true);
        expect(verifyInclusion({ ...claim, proof: flipped(proof, place, bit), root })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: proof.slice(1), root })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, root], root })).toBe(false);
      }),
    );
  });
});

function expectProven({ read }: MemoryTiles, leaves: Uint8Array[], cut: number): void {
  const size = leaves.length;
  const to = { size: BigInt(size), root: rootOf(read, size) };
  const from = { size: BigInt(cut), root: rootOf(read, cut) };
  expect(verifyConsistency({ from, to, proof: consistencyProof(read, cut, size) })).toBe(true);
  const claim = { index: BigInt(cut - 1), leafHash: leaves[cut - 1] as Uint8Array };
  expect(verifyInclusion({ ...claim, ...to, proof: inclusionProof(read, cut - 1, size) })).toBe(true);
  expect(verifyInclusion({ ...claim, ...from, proof: inclusionProof(read, cut - 1, cut) })).toBe(true);
}

function flipped(proof: Uint8Array[], place: number, bit: number): Uint8Array[] {
  const changed = proof.map((one) => Uint8Array.from(one));
  const target = changed[place % changed.length] as Uint8Array;
  const at = place % target.length;
  target[at] = (target[at] ?? 0) ^ (1 << bit);
  return changed;
}
