import { ArchiveFault, openArchive, smallFile } from '../archive/archive-reader.ts';
import type { ByteSource } from '../archive/byte-source.ts';
import { CHECKPOINT } from '../bundle/layout.ts';
import { auditFileKind } from './file-kind.ts';
import { noteNamedIn } from './printed.ts';

/** A note has 1,000,000 bytes at most, and stands in JSON as a text whose characters may be escaped. */
const MAX_KEPT_BYTES = 8_000_000;

/**
 * The note of a head that somebody kept: a checkpoint, its JSON, the manifest of an export that names it, or a bundle
 * that ends with it. Nothing of it is verified, and a file that has none gives bytes that are no note. Throws only what
 * `source` throws.
 */
export async function keptHead(source: ByteSource): Promise<Uint8Array> {
  const start = await source.read(0, Math.min(source.size, 4));
  if (auditFileKind(start) === 'bundle') return headOfBundle(source);
  if (source.size > MAX_KEPT_BYTES) return new Uint8Array();
  const bytes = await source.read(0, source.size);
  return noteNamedIn(bytes) ?? bytes;
}

async function headOfBundle(source: ByteSource): Promise<Uint8Array> {
  try {
    return (await smallFile(await openArchive(source), CHECKPOINT)) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof ArchiveFault) return new Uint8Array();
    throw error;
  }
}
