/**
 * The one form of a bundle's container (docs/formats/bundle.md, "Container"): a ZIP whose entries are stored, in order,
 * without gaps, each with exactly these headers (APPNOTE 6.3.10). So the same files always give the same bytes, on every
 * runtime, and two readers can never see different files in one container.
 */
export interface ArchiveEntry {
  readonly name: string;
  readonly crc32: number;
  /** Of the content. */
  readonly bytes: number;
  /** Where the local header begins. */
  readonly at: number;
}

export const CENTRAL_HEAD_BYTES = 46;
export const LOCAL_HEAD_BYTES = 30;
export const END_BYTES = 22;
const ZIP64_END_BYTES = 56;
export const ZIP64_LOCATOR_BYTES = 20;

export const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
/** Sizes follow the content (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808;
/** 1980-01-01 00:00:00: the first time that a ZIP can say. */
const DOS_DATE = 0x0021;
/** A regular file that all may read, made on Unix. */
const MADE_BY = 0x0300;
const ATTRIBUTES = 0o100644 * 0x1_0000;
const VERSION = 20;
const VERSION_ZIP64 = 45;

/** What stands before an entry's content. */
export function localHeader(name: string): Buffer {
  const nameBytes = Buffer.from(name);
  const head = Buffer.alloc(LOCAL_HEAD_BYTES);
  head.writeUInt32LE(0x0403_4b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DOS_DATE, 12);
  head.writeUInt16LE(nameBytes.length, 26);
  return Buffer.concat([head, nameBytes]);
}

/** What follows an entry's content; sizes of 64 bits from 4 GiB on. */
export function dataDescriptor({ crc32, bytes }: Pick<ArchiveEntry, 'crc32' | 'bytes'>): Buffer {
  const wide = bytes >= MAX_32;
  const descriptor = Buffer.alloc(descriptorBytes(bytes));
  descriptor.writeUInt32LE(0x0807_4b50, 0);
  descriptor.writeUInt32LE(crc32, 4);
  for (const n of [0, 1]) {
    if (wide) descriptor.writeBigUInt64LE(BigInt(bytes), 8 + 8 * n);
    else descriptor.writeUInt32LE(bytes, 8 + 4 * n);
  }
  return descriptor;
}

function descriptorBytes(bytes: number): number {
  return bytes >= MAX_32 ? 24 : 16;
}

/** Where an entry's content lies. */
export function contentPlace({ name, at, bytes }: ArchiveEntry): { at: number; length: number } {
  return { at: at + LOCAL_HEAD_BYTES + Buffer.byteLength(name), length: bytes };
}

/** How many bytes an entry takes up, from its local header to its descriptor's end. */
export function entryBytes(name: string, bytes: number): number {
  return LOCAL_HEAD_BYTES + Buffer.byteLength(name) + bytes + descriptorBytes(bytes);
}

/** The entry in the central directory; size, size and place go into a ZIP64 field where one of them needs 64 bits. */
export function centralHeader({ name, crc32, bytes, at }: ArchiveEntry): Buffer {
  const wide = bytes >= MAX_32 || at >= MAX_32;
  const nameBytes = Buffer.from(name);
  const extra = wide ? zip64Field([bytes, bytes, at]) : Buffer.alloc(0);
  const head = Buffer.alloc(CENTRAL_HEAD_BYTES);
  head.writeUInt32LE(0x0201_4b50, 0);
  head.writeUInt16LE(MADE_BY + (wide ? VERSION_ZIP64 : VERSION), 4);
  head.writeUInt16LE(wide ? VERSION_ZIP64 : VERSION, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(DOS_DATE, 14);
  head.writeUInt32LE(crc32, 16);
  head.writeUInt32LE(wide ? MAX_32 : bytes, 20);
  head.writeUInt32LE(wide ? MAX_32 : bytes, 24);
  head.writeUInt16LE(nameBytes.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(ATTRIBUTES, 38);
  head.writeUInt32LE(wide ? MAX_32 : at, 42);
  return Buffer.concat([head, nameBytes, extra]);
}

function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [n, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * n);
  return field;
}

/** Where the central directory lies and how many entries it has. */
export interface CentralDirectory {
  readonly entries: number;
  readonly at: number;
  readonly bytes: number;
}

/** What follows the central directory: its ZIP64 end and locator where a number needs it, and its end. */
export function directoryEnd(directory: CentralDirectory): Buffer {
  const { entries, at, bytes } = directory;
  const wide = entries >= MAX_16 || at >= MAX_32 || bytes >= MAX_32;
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x0605_4b50, 0);
  for (const place of [8, 10]) end.writeUInt16LE(wide ? MAX_16 : entries, place);
  end.writeUInt32LE(wide ? MAX_32 : bytes, 12);
  end.writeUInt32LE(wide ? MAX_32 : at, 16);
  return wide ? Buffer.concat([zip64End(directory), end]) : end;
}

function zip64End({ entries, at, bytes }: CentralDirectory): Buffer {
  const end = Buffer.alloc(ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES);
  end.writeUInt32LE(0x0606_4b50, 0);
  end.writeBigUInt64LE(BigInt(ZIP64_END_BYTES - 12), 4);
  end.writeUInt16LE(MADE_BY + VERSION_ZIP64, 12);
  end.writeUInt16LE(VERSION_ZIP64, 14);
  for (const [n, value] of [entries, entries, bytes, at].entries()) end.writeBigUInt64LE(BigInt(value), 24 + 8 * n);
  end.writeUInt32LE(0x0706_4b50, ZIP64_END_BYTES);
  end.writeBigUInt64LE(BigInt(at + bytes), ZIP64_END_BYTES + 8);
  end.writeUInt32LE(1, ZIP64_END_BYTES + 16);
  return end;
}
