import { ArchiveWriter, type ByteSink, type Content, type WrittenFile } from '../archive/archive-writer.ts';
import { Spool } from '../archive/spool.ts';

/** The container of a bundle as it is written, and what is to be said of its files at the end. */
export class BundleFiles {
  /** What the manifest lists. */
  readonly listed: WrittenFile[] = [];
  private readonly archive: ArchiveWriter;
  private readonly lines = new Spool();

  constructor(sink: ByteSink) {
    this.archive = new ArchiveWriter(sink);
  }

  /** Writes a file that the manifest lists. */
  async list(name: string, content: Content): Promise<void> {
    this.listed.push(await this.add(name, content));
  }

  /** Writes a file that is told of elsewhere: evidence in its index, the manifest in its signature. */
  async add(name: string, content: Content): Promise<WrittenFile> {
    const file = await this.archive.add(name, content);
    this.lines.add(Buffer.from(sumLine(file)));
    return file;
  }

  /** A line for each file so far, as sha256sum checks them. */
  sums(): AsyncIterable<Uint8Array> {
    return this.lines.pieces();
  }

  /** Ends the container and gives its length in bytes. */
  finish(): Promise<number> {
    return this.archive.finish();
  }
}

export function sumLine({ name, sha256 }: Pick<WrittenFile, 'name' | 'sha256'>): string {
  return `${sha256}  ${name}\n`;
}
