import { createHash, hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  centralHeader,
  dataDescriptor,
  directoryEnd,
  localHeader,
} from '../../../electron/audit/archive/archive-form.ts';

const BUFFER_BYTES = 256 * 1024;

/**
 * A bare program that puts files, which lie in `folder`, into a stored ZIP of a bundle's form: each is read once, for its
 * CRC-32 and its SHA-256; the whole is hashed too, synced and renamed. Answers how many bytes it wrote.
 */
export function bareZip(folder: string, names: readonly string[], target: string): number {
  const out = new Out(`${target}.partial`);
  const directory: Buffer[] = [];
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    const sizes = { crc32: crc32(content), bytes: content.length };
    hash('sha256', content);
    directory.push(centralHeader({ name, ...sizes, at: out.bytes }));
    for (const bytes of [localHeader(name), content, dataDescriptor(sizes)]) out.put(bytes);
  }
  const at = out.bytes;
  for (const entry of directory) out.put(entry);
  out.put(directoryEnd({ entries: names.length, at, bytes: out.bytes - at }));
  out.end();
  renameSync(`${target}.partial`, target);
  return out.bytes;
}

/** Writes from front to back, hashed on the way. */
class Out {
  bytes = 0;
  readonly #file: number;
  readonly #hash = createHash('sha256');
  #waiting: Buffer[] = [];
  #held = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  put(bytes: Buffer): void {
    this.bytes += bytes.length;
    this.#held += bytes.length;
    this.#waiting.push(bytes);
    if (this.#held >= BUFFER_BYTES) this.#flush();
  }

  end(): void {
    this.#flush();
    this.#hash.digest();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#waiting, this.#held);
    [this.#waiting, this.#held] = [[], 0];
    this.#hash.update(bytes);
    writeSync(this.#file, bytes);
  }
}
