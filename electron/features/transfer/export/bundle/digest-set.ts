import { createHash } from 'node:crypto';
import type { EscalationKey } from '../../../../../shared/domain/escalation.ts';

const FIRST_ROOM = 1024;

/**
 * A set of SHA-256 digests by the million, at 8 bytes each: two of ten million are taken for one another once in a
 * hundred thousand sets.
 */
export class DigestSet {
  #all = new BigUint64Array(FIRST_ROOM);
  #count = 0;
  #sorted = false;

  /** `hex` has 64 hex digits. */
  add(hex: string): void {
    if (this.#count === this.#all.length) {
      const more = new BigUint64Array(this.#all.length * 2);
      more.set(this.#all);
      this.#all = more;
    }
    this.#all[this.#count] = short(hex);
    this.#count += 1;
    this.#sorted = false;
  }

  has(hex: string): boolean {
    if (!this.#sorted) this.#all.subarray(0, this.#count).sort();
    this.#sorted = true;
    const wanted = short(hex);
    let [from, to] = [0, this.#count];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if ((this.#all[middle] ?? 0n) < wanted) from = middle + 1;
      else to = middle;
    }
    return from < this.#count && this.#all[from] === wanted;
  }
}

/** What stands for an escalation in such a set. */
export function keyDigest({ id, event }: Pick<EscalationKey, 'id' | 'event'>): string {
  return createHash('sha256').update(`${event}\0${id}`).digest('hex');
}

function short(hex: string): bigint {
  return BigInt(`0x${hex.slice(0, 16)}`);
}
