import { crc32 } from 'node:zlib';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { equalBytes } from '../log/merkle.ts';
import {
  type ArchiveEntry,
  CENTRAL_HEAD_BYTES,
  type CentralDirectory,
  centralHeader,
  dataDescriptor,
  directoryEnd,
  END_BYTES,
  entryBytes,
  localHeader,
  MAX_32,
  ZIP64_LOCATOR_BYTES,
} from './archive-form.ts';
import { ArchiveNames, isArchiveName } from './archive-names.ts';
import { type ByteSource, inWindows, piecesOf } from './byte-source.ts';

export type ArchiveFaultCode =
  | 'NOT_AN_ARCHIVE'
  | 'ARCHIVE_FORM'
  | 'UNSAFE_NAME'
  | 'COLLIDING_NAMES'
  | 'NOT_A_FILE'
  | 'COMPRESSED'
  | 'OUT_OF_PLACE'
  | 'TOO_MANY_FILES'
  | 'DAMAGED';

/** Why a container is refused as a whole; the message is for a person. */
export class ArchiveFault extends Error {
  override readonly name = 'ArchiveFault';
  readonly code: ArchiveFaultCode;

  constructor(code: ArchiveFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A container whose directory is in order; contents are looked into as they are read. */
export interface Archive {
  /** All but the pieces of evidence, of which there may be millions, by name and in order. */
  readonly files: ReadonlyMap<string, ArchiveEntry>;
  /** Every file, in order. */
  entries(): AsyncGenerator<ArchiveEntry>;
  /** The file's bytes; DAMAGED, at the latest after the last, where they are not those that the directory says. */
  content(entry: ArchiveEntry): AsyncGenerator<Uint8Array>;
}

const MAX_FILES = 10_000_000;
const MAX_NAMED_FILES = 100_000;
/** No manifest is as long: it lists a file for 100,000 entries. */
const MAX_SMALL_FILE = 64 * 1024 * 1024;
/** Pieces of evidence stand in the order of their names, so that no two can be one file. */
export const EVIDENCE_NAME = /^evidence\/[0-9a-f]{64}\.[a-z]{1,16}$/;

/**
 * Opens a container of bundle form (archive-form.ts). Throws ArchiveFault for every other one: links, folders, unsafe
 * or colliding names, compressed, overlapping or hidden content, or any byte in a header that a writer would not put
 * there (S71). Memory does not grow with the pieces of evidence.
 */
export async function openArchive(source: ByteSource): Promise<Archive> {
  const windows = inWindows(source);
  const directory = await readDirectoryEnd(windows);
  const files = new Map<string, ArchiveEntry>();
  const names = new ArchiveNames();
  let lastEvidence = '';
  for await (const entry of entriesOf(windows, directory)) {
    if (EVIDENCE_NAME.test(entry.name)) {
      if (entry.name <= lastEvidence) throw collision(entry.name);
      lastEvidence = entry.name;
      continue;
    }
    if (!names.add(entry.name)) throw collision(entry.name);
    if (files.size === MAX_NAMED_FILES) throw tooMany();
    files.set(entry.name, entry);
  }
  if (lastEvidence !== '' && !names.add(`evidence/${'0'.repeat(64)}.vep`)) throw collision('evidence');
  return {
    files,
    entries: () => entriesOf(inWindows(source), directory),
    content: (entry) => contentOf(windows, entry),
  };
}

/** The whole of a file that is never long; null where it is not there, or is long. Throws as `content` does. */
export async function smallFile(archive: Archive, name: string): Promise<Uint8Array | null> {
  const entry = archive.files.get(name);
  if (entry === undefined || entry.bytes > MAX_SMALL_FILE) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of archive.content(entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The directory that the last bytes name, where they are exactly the end that a writer gives it. */
async function readDirectoryEnd(source: ByteSource): Promise<CentralDirectory> {
  if (source.size < END_BYTES) throw notAnArchive();
  const end = view(await source.read(source.size - END_BYTES, END_BYTES));
  if (end.readUInt32LE(0) !== 0x0605_4b50) throw notAnArchive();
  const narrow = { entries: end.readUInt16LE(10), bytes: end.readUInt32LE(12), at: end.readUInt32LE(16) };
  const directory = narrow.at === MAX_32 ? await readWideEnd(source) : narrow;
  const { entries, at, bytes } = directory;
  if (entries > MAX_FILES) throw tooMany();
  const expected = directoryEnd(directory);
  if (at + bytes + expected.length !== source.size) throw form('Its directory does not end where it must.');
  if (!equalBytes(await source.read(at + bytes, expected.length), expected)) throw form('Its end is not in order.');
  return directory;
}

async function readWideEnd(source: ByteSource): Promise<CentralDirectory> {
  const wideBytes = directoryEnd({ entries: MAX_32, at: 0, bytes: 0 }).length;
  if (source.size < wideBytes) throw form('Its end is cut off.');
  const wide = view(await source.read(source.size - wideBytes, wideBytes - END_BYTES - ZIP64_LOCATOR_BYTES));
  const [entries, bytes, at] = [32, 40, 48].map((place) => Number(wide.readBigUInt64LE(place)));
  if (!isInside(source, at) || !isInside(source, bytes) || !Number.isSafeInteger(entries))
    throw form('Its end is cut off.');
  return { entries: entries as number, bytes: bytes as number, at: at as number };
}

function isInside(source: ByteSource, place: number | undefined): boolean {
  return place !== undefined && place <= source.size;
}

/** The entries as the directory has them; each begins where the one before ends, the first at 0, the last before it. */
async function* entriesOf(source: ByteSource, directory: CentralDirectory): AsyncGenerator<ArchiveEntry> {
  const end = directory.at + directory.bytes;
  let [place, next] = [directory.at, 0];
  for (let n = 0; n < directory.entries; n += 1) {
    const { entry, length } = await readEntry(source, place, end);
    if (entry.at !== next)
      throw new ArchiveFault('OUT_OF_PLACE', `${shown(entry.name)} does not follow the file before it.`);
    next += entryBytes(entry.name, entry.bytes);
    place += length;
    yield entry;
  }
  if (place !== end || next !== directory.at)
    throw new ArchiveFault('OUT_OF_PLACE', 'There are bytes that belong to no file.');
}

async function readEntry(
  source: ByteSource,
  place: number,
  end: number,
): Promise<{ entry: ArchiveEntry; length: number }> {
  if (place + CENTRAL_HEAD_BYTES > end) throw form('Its directory is cut off.');
  const head = view(await source.read(place, CENTRAL_HEAD_BYTES));
  if (head.readUInt32LE(0) !== 0x0201_4b50) throw form('Its directory is not in order.');
  const [nameLength, extraLength] = [head.readUInt16LE(28), head.readUInt16LE(30)];
  const length = CENTRAL_HEAD_BYTES + nameLength + extraLength;
  if (place + length > end) throw form('Its directory is cut off.');
  const whole = view(await source.read(place, length));
  const name = decodeUtf8(whole.subarray(CENTRAL_HEAD_BYTES, CENTRAL_HEAD_BYTES + nameLength));
  if (name === null || !isArchiveName(name))
    throw new ArchiveFault('UNSAFE_NAME', `It has a file with an unsafe name.`);
  refuseKind(whole, name);
  const entry = { name, crc32: whole.readUInt32LE(16), ...placeOf(whole, CENTRAL_HEAD_BYTES + nameLength) };
  if (!equalBytes(centralHeader(entry), whole))
    throw form(
      `The entry of ${shown(name)} is not as the desk writes it: another program made this archive, or changed it.`,
    );
  return { entry, length };
}

/** Says of the commonest kinds why they are refused; the comparison with a writer's header finds all others. */
function refuseKind(header: Buffer, name: string): void {
  if (header.readUInt16LE(10) !== 0) throw new ArchiveFault('COMPRESSED', `${shown(name)} is compressed.`);
  const type = header.readUInt32LE(38) >>> 28;
  if (type !== 0o10 && type !== 0)
    throw new ArchiveFault('NOT_A_FILE', `${shown(name)} is a link, a folder or another thing than a file.`);
}

function placeOf(header: Buffer, extraAt: number): Pick<ArchiveEntry, 'bytes' | 'at'> {
  const wide = header.readUInt32LE(42) === MAX_32 && header.length >= extraAt + 28;
  if (!wide) return { bytes: header.readUInt32LE(24), at: header.readUInt32LE(42) };
  const [bytes, at] = [4, 20].map((place) => Number(header.readBigUInt64LE(extraAt + place)));
  if (!Number.isSafeInteger(bytes) || !Number.isSafeInteger(at)) throw form('Its directory is not in order.');
  return { bytes: bytes as number, at: at as number };
}

async function* contentOf(source: ByteSource, entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
  const [header, descriptor] = [localHeader(entry.name), dataDescriptor(entry)];
  const from = entry.at + header.length;
  const end = from + entry.bytes;
  if (!equalBytes(await source.read(entry.at, header.length), header)) throw damaged(entry.name);
  let crc = 0;
  for await (const piece of piecesOf(source, from, end)) {
    crc = crc32(piece, crc);
    yield piece;
  }
  const sound = crc === entry.crc32 && equalBytes(await source.read(end, descriptor.length), descriptor);
  if (!sound) throw damaged(entry.name);
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Names were found to be plain, so that they can be shown; long ones are of no use to anybody. */
function shown(name: string): string {
  return name.length <= 100 ? name : `${name.slice(0, 100)}…`;
}

function notAnArchive(): ArchiveFault {
  return new ArchiveFault('NOT_AN_ARCHIVE', 'It does not end as a ZIP archive ends.');
}

function form(why: string): ArchiveFault {
  return new ArchiveFault('ARCHIVE_FORM', why);
}

function collision(name: string): ArchiveFault {
  return new ArchiveFault('COLLIDING_NAMES', `${shown(name)} is not the only file of that name, or is out of order.`);
}

function tooMany(): ArchiveFault {
  return new ArchiveFault('TOO_MANY_FILES', 'It has more files than a bundle can have.');
}

function damaged(name: string): ArchiveFault {
  return new ArchiveFault(
    'DAMAGED',
    `${shown(name)} is damaged: its bytes do not have the checksum that they were written with.`,
  );
}
