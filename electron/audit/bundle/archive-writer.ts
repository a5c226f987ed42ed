import { createHash } from 'node:crypto';
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
    const sha256 = createHash('sha256');
    let [crc, bytes] = [0, 0];
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      sha256.update(chunk);
      crc = crc32(chunk, crc);
      bytes += chunk.length;
      await this.put(chunk);
    }
    await this.put(dataDescriptor({ crc32: crc, bytes }));
    this.directory.add(centralHeader({ name, crc32: crc, bytes, at }));
    this.entries += 1;
    return { name, bytes, sha256: sha256.digest('hex') };
  }

  /** Writes the central directory and its end; nothing may be added after. Returns the container's length in bytes. */
  async finish(): Promise<number> {
    const at = this.at;
    for (const piece of this.directory.pieces()) await this.put(piece);
    await this.put(directoryEnd({ entries: this.entries, at, bytes: this.at - at }));
    await this.flush();
    return this.at;
  }

  private async put(bytes: Uint8Array): Promise<void> {
    this.at += bytes.length;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.waitingBytes >= PIECE) await this.flush();
  }

  /** Headers are small: the sink gets them together with what is beside them. */
  private async flush(): Promise<void> {
    const bytes = this.waiting.length === 1 ? this.waiting[0] : Buffer.concat(this.waiting);
    [this.waiting, this.waitingBytes] = [[], 0];
    if (bytes !== undefined && bytes.length > 0) await this.sink(bytes);
  }
}
