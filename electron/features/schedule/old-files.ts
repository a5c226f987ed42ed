import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ScheduleState } from '../../store/ledger-store.ts';

type Files = ScheduleState['files'];
const LONGEST_MANIFEST = 4 * 1024 * 1024;

/**
 * Removes the oldest files, each with its manifest, until `keep` are left, and answers those. Only a file that still has
 * the bytes that were written is removed: one that is another now is somebody's own, stays, and counts no more.
 */
export async function removeOld(folder: string, files: Files, keep: number | null): Promise<Files> {
  if (keep === null) return [];
  for (const { name, sha256 } of files.slice(0, -keep)) {
    const path = join(folder, name);
    if ((await digestOf(path)) !== sha256) continue;
    await rm(path, { force: true });
    if (await isManifestOf(`${path}.manifest.json`, sha256)) await rm(`${path}.manifest.json`, { force: true });
  }
  return files.slice(-keep);
}

/** null for what is no file of its own, or cannot be read. */
async function digestOf(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  if (found?.isFile() !== true) return null;
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch {
    return null;
  }
}

async function isManifestOf(path: string, sha256: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  if (found?.isFile() !== true || found.size > LONGEST_MANIFEST) return false;
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.includes(`"sha256": "${sha256}"`);
}
