import { sha256 } from './sha256.ts';

/**
 * The hashes of an RFC 6962 tree and the two proofs about it. Verifiers take what a stranger hands them: sizes of 64
 * bits, hashes of any length (those that are not 32 bytes are refused), and never throw.
 */
const NODE = Uint8Array.of(0x01);
export const HASH_BYTES = 32;

/** RFC 6962, 2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([NODE, left, right]));
}

/** The same of two hashes that lie one after the other: 64 bytes, no more and no fewer. */
export function pairHash(pair: Uint8Array): Uint8Array {
  PAIR.set(pair, 1);
  return sha256(PAIR);
}

/** Filled and hashed at once, hundreds of times in a proof. */
const PAIR = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** RFC 6962, 2.1: the head of the empty tree. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array());
}

/** What an inclusion proof claims (RFC 9162, 2.1.3.2). */
export interface Inclusion {
  readonly index: bigint;
  readonly size: bigint;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether the leaf is the entry at `index` of the tree of `size` entries under `root`. */
export function verifyInclusion({ index, size, leafHash, proof, root }: Inclusion): boolean {
  if (index < 0n || index >= size || !areHashes([leafHash, root, ...proof])) return false;
  let [at, last, computed] = [index, size - 1n, leafHash];
  for (const sibling of proof) {
    if (last === 0n) return false;
    if ((at & 1n) === 1n || at === last) {
      computed = nodeHash(sibling, computed);
      while ((at & 1n) === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else {
      computed = nodeHash(computed, sibling);
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n && equalBytes(computed, root);
}

/** What a consistency proof claims (RFC 9162, 2.1.4.2). */
export interface Consistency {
  readonly from: { readonly size: bigint; readonly root: Uint8Array };
  readonly to: { readonly size: bigint; readonly root: Uint8Array };
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the tree `to` begins with the tree `from`. Equal sizes need equal roots and no proof. Every tree begins with
 * the empty one, which so proves nothing: from size 0 only 0 to 0 holds, under the empty tree's own root.
 */
export function verifyConsistency({ from, to, proof }: Consistency): boolean {
  if (from.size < 0n || from.size > to.size) return false;
  if (from.size === to.size) {
    const root = from.size === 0n ? emptyRoot() : from.root;
    return proof.length === 0 && equalBytes(from.root, root) && equalBytes(to.root, root);
  }
  if (from.size === 0n || !areHashes([from.root, to.root, ...proof])) return false;
  const isPowerOfTwo = (from.size & (from.size - 1n)) === 0n;
  const [first, ...rest] = isPowerOfTwo ? [from.root, ...proof] : proof;
  return first !== undefined && climbs(first, rest, { from, to });
}

/** Climbs from the first shared node to both roots at once. */
function climbs(
  first: Uint8Array,
  path: readonly Uint8Array[],
  { from, to }: Pick<Consistency, 'from' | 'to'>,
): boolean {
  let [at, last] = [from.size - 1n, to.size - 1n];
  while ((at & 1n) === 1n) [at, last] = [at >> 1n, last >> 1n];
  let [older, newer] = [first, first];
  for (const hashed of path) {
    if (last === 0n) return false;
    if ((at & 1n) === 1n || at === last) {
      [older, newer] = [nodeHash(hashed, older), nodeHash(hashed, newer)];
      while ((at & 1n) === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else {
      newer = nodeHash(newer, hashed);
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n && equalBytes(older, from.root) && equalBytes(newer, to.root);
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every(({ length }) => length === HASH_BYTES);
}

/** Roots are public: no constant time is needed. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
