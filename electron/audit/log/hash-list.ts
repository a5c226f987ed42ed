import { createHash, type Hash } from 'node:crypto';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';

const WIDTH = 32;
const FIRST_ROOM = 1024;

/** SHA-256 hashes by the million, at 32 bytes each; added in any order and any number of times. */
export class HashList {
  private bytes = Buffer.alloc(FIRST_ROOM * WIDTH);
  private count = 0;

  /** `hex` is 64 hex digits. */
  add(hex: string): void {
    const end = (this.count + 1) * WIDTH;
    if (end > this.bytes.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)]);
    this.bytes.set(decodeHex(hex) as Uint8Array, this.count * WIDTH);
    this.count += 1;
  }

  /** Each once, ascending, as lower-case hex; and how many they are. */
  ascending(): { readonly count: number; readonly hexes: Generator<string> } {
    const order = Uint32Array.from({ length: this.count }, (_, n) => n).sort((a, b) => this.compare(a, b));
    const once = order.filter((n, at) => at === 0 || this.compare(order[at - 1] ?? n, n) !== 0);
    return { count: once.length, hexes: this.hexes(once) };
  }

  private *hexes(order: Uint32Array): Generator<string> {
    for (const n of order) yield encodeHex(this.at(n));
  }

  private at(n: number): Buffer {
    return this.bytes.subarray(n * WIDTH, (n + 1) * WIDTH);
  }

  private compare(a: number, b: number): number {
    return this.bytes.compare(this.bytes, b * WIDTH, (b + 1) * WIDTH, a * WIDTH, (a + 1) * WIDTH);
  }
}

/** SHA-256 of lines, each with its line feed; gathers small texts first. */
export class LineHash {
  private readonly hash: Hash = createHash('sha256');
  private text = '';

  add(line: string): void {
    this.text += `${line}\n`;
    if (this.text.length < 64 * 1024) return;
    this.hash.update(this.text);
    this.text = '';
  }

  /** Lower-case hex; nothing may be added after. */
  hex(): string {
    return this.hash.update(this.text).digest('hex');
  }
}
