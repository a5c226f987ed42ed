import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Archive, openArchive } from '../../electron/audit/archive/archive-reader.ts';
import { withFileSource } from '../../electron/features/log/file-source.ts';

/** Puts the files of a bundle into a folder; their names, in the bundle's order. */
export async function unpackBundle(path: string, folder: string): Promise<string[]> {
  const names = await withFileSource(path, async (source) => unpack(await openArchive(source), folder));
  return names ?? [];
}

async function unpack({ entries, content }: Archive, folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of entries()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content(entry)) pieces.push(piece);
    mkdirSync(join(folder, dirname(entry.name)), { recursive: true });
    writeFileSync(join(folder, entry.name), Buffer.concat(pieces));
    names.push(entry.name);
  }
  return names;
}
