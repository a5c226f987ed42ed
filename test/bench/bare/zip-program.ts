import { createWriteStream, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/**
 * Zips files that lie in `folder` as anybody would: with a library (yazl) and its defaults, which compress; then synced and
 * renamed. Answers how long the archive is.
 */
export async function zipFolder(folder: string, names: readonly string[], target: string): Promise<number> {
  const partial = `${target}.partial`;
  const archive = new ZipFile();
  for (const name of names) archive.addFile(join(folder, name), name);
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(partial));
  const file = await open(partial, 'r+');
  await file.sync();
  await file.close();
  await rename(partial, target);
  return statSync(target).size;
}
