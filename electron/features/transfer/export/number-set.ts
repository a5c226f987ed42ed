const FIRST_ROOM = 1024;

/** A set of small whole numbers from 0 on, as the store numbers its rows: a bit for each up to the greatest. */
export class NumberSet {
  #bits = new Uint8Array(FIRST_ROOM);

  /** Whether `n` is new to it. */
  add(n: number): boolean {
    const at = Math.floor(n / 8);
    const bit = 1 << (n % 8);
    if (at >= this.#bits.length) {
      const more = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      more.set(this.#bits);
      this.#bits = more;
    }
    const known = this.#bits[at] ?? 0;
    this.#bits[at] = known | bit;
    return (known & bit) === 0;
  }
}
