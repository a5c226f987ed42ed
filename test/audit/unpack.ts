import { openArchive } from '../../electron/audit/archive/archive-reader.ts';
import { bytesAsSource } from '../../electron/audit/archive/byte-source.ts';

/** The files of a bundle by name, in their order. */
export async function unpack(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const archive = await openArchive(bytesAsSource(bytes));
  const files = new Map<string, Buffer>();
  for await (const entry of archive.entries()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of archive.content(entry)) pieces.push(piece);
    files.set(entry.name, Buffer.concat(pieces));
  }
  return files;
}
