import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { emptyRoot, nodeHash, verifyInclusion } from '../../electron/audit/log/merkle.ts';

interface Vectors {
  rfc6962_empty_root: string;
  trees: {
    n: number;
    root: string;
    leaves_data_hex: string[];
    proofs: { index: number; path: { hash: string; side: string }[] }[];
  }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/fixtures/merkle/vectors.json', import.meta.url), 'utf8'),
) as Vectors;

function hex(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

/** The last node of a level without a partner is carried up, as the protocol's crates do it. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  let level = [...leaves];
  while (level.length > 1) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => level.slice(2 * i, 2 * i + 2));
    level = pairs.map(
      ([left, right]) => (right === undefined ? left : nodeHash(left as Uint8Array, right)) as Uint8Array,
    );
  }
  return level[0] ?? emptyRoot();
}

describe('S60: the protocol’s trees are RFC 6962’s', () => {
  it('has all of them', () => {
    expect(vectors.trees).toHaveLength(20);
    expect(Buffer.from(emptyRoot()).toString('hex')).toBe(vectors.rfc6962_empty_root);
  });

  it.each(vectors.trees.map((tree) => [tree.n, tree] as const))('of %i leaves', (n, tree) => {
    const leaves = tree.leaves_data_hex.map((data) => leafHash(hex(data)));
    const root = hex(tree.root);
    expect(Buffer.from(rootOf(leaves)).equals(root)).toBe(true);
    for (const { index, path } of tree.proofs) {
      const proof = path.map(({ hash }) => hex(hash));
      const inclusion = { index: BigInt(index), size: BigInt(n), leafHash: leaves[index] as Uint8Array, proof, root };
      expect(verifyInclusion(inclusion)).toBe(true);
      expect(verifyInclusion({ ...inclusion, leafHash: leafHash(hex('00')) })).toBe(false);
    }
  });
});
