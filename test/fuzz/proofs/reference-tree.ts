import { createHash } from 'node:crypto';

/** An RFC 6962 tree as section 2.1 defines it, without any part of what is tested. */
export class ReferenceTree {
  readonly size: number;
  private readonly leafHashes: readonly Buffer[];
  private readonly known = new Map<number, Buffer>();

  constructor(leaves: readonly Uint8Array[]) {
    this.size = leaves.length;
    this.leafHashes = leaves.map((leaf) => sha256(Uint8Array.of(0), leaf));
  }

  leafHash(index: number): Buffer {
    return this.leafHashes[index] as Buffer;
  }

  /** MTH(D[from:to]). */
  root(to: number, from = 0): Buffer {
    if (to === from) return sha256();
    if (to - from === 1) return this.leafHash(from);
    const place = from * (this.size + 1) + to;
    const middle = from + splitOf(to - from);
    const hash = this.known.get(place) ?? sha256(Uint8Array.of(1), this.root(middle, from), this.root(to, middle));
    this.known.set(place, hash);
    return hash;
  }

  /** PATH(index, D[from:to]). */
  inclusion(index: number, to: number, from = 0): Buffer[] {
    if (to - from <= 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...this.inclusion(index, middle, from), this.root(to, middle)]
      : [...this.inclusion(index, to, middle), this.root(middle, from)];
  }

  /** PROOF(older, D[0:size]). */
  consistency(older: number, size: number): Buffer[] {
    return older === 0 ? [] : this.subproof(older, { from: 0, to: size }, true);
  }

  /** SUBPROOF(older, D[from:to], whole); `older` counts from the left of the whole tree. */
  private subproof(older: number, { from, to }: { from: number; to: number }, whole: boolean): Buffer[] {
    if (older === to) return whole ? [] : [this.root(to, from)];
    const middle = from + splitOf(to - from);
    return older <= middle
      ? [...this.subproof(older, { from, to: middle }, whole), this.root(to, middle)]
      : [...this.subproof(older, { from: middle, to }, false), this.root(middle, from)];
  }
}

/** The largest power of two below `n`. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
