import { createHash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { centralHeader, dataDescriptor, directoryEnd, localHeader } from './archive-form.ts';
import { Spool } from './spool.ts';

/** Takes bytes in order; a promise that it returns is awaited before the next ones come. */
export type ByteSink = (bytes: Uint8Array) => Promise<void> | void;
/** Bytes that nobody changes any more. */
export type Content = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A file as it was written. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

type Sums = Pick<WrittenFile, 'sha256' | 'bytes'> & { readonly crc32: number };

const PIECE = 64 * 1024;

/**
 * Writes files into a container, one after another, in the form of archive-form.ts: what it is given is all that its
 * bytes depend on. Of each file it keeps a line for the directory at the end, about 50 bytes.
 */
export class ArchiveWriter {
  private readonly sink: ByteSink;
  private readonly directory = new Spool();
  private entries = 0;
  private at = 0;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;

  constructor(sink: ByteSink) {
    this.sink = sink;
  }

  /** Writes a file; a fault of its content is thrown on and leaves the container unfinished. */
  async add(name: string, content: Content): Promise<WrittenFile> {
    const at = this.at;
    await this.put(localHeader(name));
    const { sha256, ...sizes } = await (content instanceof Uint8Array ? this.whole(content) : this.stream(content));
    await this.put(dataDescriptor(sizes));
    this.directory.add(centralHeader({ name, ...sizes, at }));
    this.entries += 1;
    return { name, bytes: sizes.bytes, sha256 };
  }

  private async whole(content: Uint8Array): Promise<Sums> {
    await this.put(content);
    return { sha256: hash('sha256', content), crc32: crc32(content), bytes: content.length };
  }

  private async stream(content: Exclude<Content, Uint8Array>): Promise<Sums> {
    const sha256 = createHash('sha256');
    let [crc, bytes] = [0, 0];
    for await (const chunk of content) {
      sha256.update(chunk);
      crc = crc32(chunk, crc);
      bytes += chunk.length;
      await this.put(chunk);
    }
    return { sha256: sha256.digest('hex'), crc32: crc, bytes };
  }

  /** Writes the central directory and its end; nothing may be added after. Returns the container's length in bytes. */
  async finish(): Promise<number> {
    const at = this.at;
    for await (const piece of this.directory.pieces()) await this.put(piece);
    await this.put(directoryEnd({ entries: this.entries, at, bytes: this.at - at }));
    await this.flush();
    return this.at;
  }

  /** Of many small files most calls have nothing to wait for. */
  private put(bytes: Uint8Array): Promise<void> | undefined {
    this.at += bytes.length;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    return this.waitingBytes >= PIECE ? this.flush() : undefined;
  }

  /** Headers are small: the sink gets them together with what is beside them. */
  private async flush(): Promise<void> {
    const bytes = this.waiting.length === 1 ? this.waiting[0] : Buffer.concat(this.waiting);
    [this.waiting, this.waitingBytes] = [[], 0];
    if (bytes !== undefined && bytes.length > 0) await this.sink(bytes);
  }
}
