import { closeSync, openSync, readSync } from 'node:fs';

const MAGIC = Buffer.from('SQLite format 3\0');
const HEADER_BYTES = 100;
/** Offsets of big-endian 32-bit fields (SQLite, Database File Format, 1.3). */
const AT = { schemaCookie: 40, userVersion: 60, applicationId: 68 } as const;

/** What a database file's header says; what is only in its -wal does not stand there yet. */
export interface FileHeader {
  readonly applicationId: number;
  readonly version: number;
  /** It has no table yet, or all is still in its -wal. */
  readonly empty: boolean;
}

/** Reads a file's header without SQLite: no lock, no -wal, no -shm comes of it. Null for what is no SQLite database. */
export function peekHeader(path: string): FileHeader | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null;
  } finally {
    closeSync(file);
  }
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  return {
    applicationId: header.readUInt32BE(AT.applicationId),
    version: header.readUInt32BE(AT.userVersion),
    empty: header.readUInt32BE(AT.schemaCookie) === 0,
  };
}
