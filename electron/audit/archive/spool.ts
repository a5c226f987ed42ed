import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';

/** Beside the writing: another thread has the time. */
const pack = promisify(deflateRaw) as (bytes: Uint8Array, options: { level: number }) => Promise<Buffer>;

const PIECE = 64 * 1024;

/** Bytes that are needed again only at the end, kept small: lines about a million files must not fill the memory. */
export class Spool {
  private readonly packed: Promise<Buffer>[] = [];
  private open: Uint8Array[] = [];
  private openBytes = 0;

  add(bytes: Uint8Array): void {
    this.open.push(bytes);
    this.openBytes += bytes.length;
    if (this.openBytes >= PIECE) this.close();
  }

  /** All of it in order; nothing may be added after. */
  async *pieces(): AsyncGenerator<Uint8Array> {
    this.close();
    for (const piece of this.packed) yield inflateRawSync(await piece);
  }

  private close(): void {
    if (this.openBytes > 0) this.packed.push(pack(Buffer.concat(this.open), { level: 1 }));
    [this.open, this.openBytes] = [[], 0];
  }
}
