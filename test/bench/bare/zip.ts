import { createHash, type Hash, hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
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
export function storedZip(folder: string, names: readonly string[], target: string): number {
  const out = new Out(`${target}.partial`, true);
  const directory: Buffer[] = [];
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    const sizes = { crc32: crc32(content), bytes: content.length };
    hash('sha256', content);
    directory.push(centralHeader({ name, ...sizes, at: out.bytes }));
    for (const bytes of [localHeader(name), content, dataDescriptor(sizes)]) out.put(bytes);
  }
  return finish(out, directory, target);
}

/** The fields of ZIP's headers that say how an entry is packed, and how long it is so (APPNOTE.TXT, 4.3). */
const LOCAL_METHOD = 8;
const CENTRAL_METHOD = 10;
const CENTRAL_PACKED_BYTES = 20;
const DESCRIPTOR_PACKED_BYTES = 8;
const DEFLATED = 8;

/**
 * A bare program that zips the same files as programs for it do: each is read once, for its CRC-32, and deflated at the
 * usual level; the whole is synced and renamed. Nothing is hashed. Answers how many bytes it wrote.
 */
export function deflatedZip(folder: string, names: readonly string[], target: string): number {
  const out = new Out(`${target}.partial`, false);
  const directory: Buffer[] = [];
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    const packed = deflateRawSync(content);
    const sizes = { crc32: crc32(content), bytes: content.length };
    const [local, descriptor] = [localHeader(name), dataDescriptor(sizes)];
    const central = centralHeader({ name, ...sizes, at: out.bytes });
    local.writeUInt16LE(DEFLATED, LOCAL_METHOD);
    descriptor.writeUInt32LE(packed.length, DESCRIPTOR_PACKED_BYTES);
    central.writeUInt16LE(DEFLATED, CENTRAL_METHOD);
    central.writeUInt32LE(packed.length, CENTRAL_PACKED_BYTES);
    directory.push(central);
    for (const bytes of [local, packed, descriptor]) out.put(bytes);
  }
  return finish(out, directory, target);
}

function finish(out: Out, directory: readonly Buffer[], target: string): number {
  const at = out.bytes;
  for (const entry of directory) out.put(entry);
  out.put(directoryEnd({ entries: directory.length, at, bytes: out.bytes - at }));
  out.end();
  renameSync(`${target}.partial`, target);
  return out.bytes;
}

/** Writes from front to back, hashed on the way where that is asked for. */
class Out {
  bytes = 0;
  readonly #file: number;
  readonly #hash: Hash | null;
  #waiting: Buffer[] = [];
  #held = 0;

  constructor(path: string, hashed: boolean) {
    this.#file = openSync(path, 'w');
    this.#hash = hashed ? createHash('sha256') : null;
  }

  put(bytes: Buffer): void {
    this.bytes += bytes.length;
    this.#held += bytes.length;
    this.#waiting.push(bytes);
    if (this.#held >= BUFFER_BYTES) this.#flush();
  }

  end(): void {
    this.#flush();
    this.#hash?.digest();
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#waiting, this.#held);
    [this.#waiting, this.#held] = [[], 0];
    this.#hash?.update(bytes);
    writeSync(this.#file, bytes);
  }
}
