import { emptyRoot, nodeHash } from './merkle.ts';
import { inclusionProof, type TileReader } from './tiles.ts';

/**
 * The smallest proof that entries follow each other under a head: the roots of the complete subtrees that make up the
 * tree on the left of them (one for each bit of its size, the largest first), to which leaf hashes are added one by one.
 */
export class CompactRange {
  private readonly hashes: Uint8Array[];
  private count: number;

  /** Null where there are not exactly as many hashes as a tree of `size` entries has complete subtrees. */
  static of(size: number, hashes: readonly Uint8Array[]): CompactRange | null {
    return hashes.length === bitsOf(size) ? new CompactRange(size, hashes) : null;
  }

  private constructor(size: number, hashes: readonly Uint8Array[]) {
    this.count = size;
    this.hashes = [...hashes];
  }

  get size(): number {
    return this.count;
  }

  append(leafHash: Uint8Array): void {
    let hash = leafHash;
    // Two subtrees of one size become one: as often as the old size ends in ones.
    for (let rest = this.count; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(this.hashes.pop() as Uint8Array, hash);
    }
    this.hashes.push(hash);
    this.count += 1;
  }

  /** The head over all entries so far. */
  root(): Uint8Array {
    const [last, ...left] = this.hashes.toReversed();
    return last === undefined ? emptyRoot() : left.reduce((right, hash) => nodeHash(hash, right), last);
  }
}

function bitsOf(size: number): number {
  return [...size.toString(2)].filter((bit) => bit === '1').length;
}

/** The subtrees on the left of entry `from`, largest first: what the path of an entry there climbs past. */
export function leftHashes(read: TileReader, from: number): Uint8Array[] {
  return inclusionProof(read, from, from + 1).reverse();
}
