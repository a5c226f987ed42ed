import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readOwnEnvelope } from '../../audit/statement/dsse.ts';
import { readExport } from '../../audit/statement/export-statement.ts';
import { fileDigest } from '../../gateways/files/file-digest.ts';
import type { ScheduleState } from '../../store/ledger-store.ts';
import { BESIDE_EXPORT } from '../transfer/export/export-places.ts';

type Files = ScheduleState['files'];

/**
 * Removes the oldest files, each with its manifest and the signature over both, until `keep` are left, and answers those.
 * Only a file that still has the bytes that were written is removed: one that is another now is somebody's own, stays, and
 * counts no more.
 */
export async function removeOld(folder: string, files: Files, keep: number | null): Promise<Files> {
  if (keep === null) return [];
  for (const { name, sha256 } of files.slice(0, -keep)) {
    const path = join(folder, name);
    if ((await digestOf(path)) !== sha256) continue;
    await rm(path, { force: true });
    for (const [what, end] of Object.entries(BESIDE_EXPORT)) {
      if (saysOf[what as keyof typeof saysOf](await contentOf(`${path}${end}`), sha256)) await rm(`${path}${end}`);
    }
  }
  return files.slice(-keep);
}

/** null for what is no file of its own, or cannot be read. */
async function digestOf(path: string): Promise<string | null> {
  return (await isOwnFile(path)) ? fileDigest(path) : null;
}

/** Whether what lies beside is about the export of that digest. */
const saysOf = {
  manifest: (bytes: Buffer, sha256: string) => bytes.includes(`"sha256": "${sha256}"`),
  statement: (bytes: Buffer, sha256: string) => {
    const envelope = readOwnEnvelope(bytes);
    const read = envelope === null ? null : readExport(envelope);
    return read?.ok === true && read.statement.predicate.sha256 === sha256;
  },
};

async function contentOf(path: string): Promise<Buffer> {
  return (await isOwnFile(path)) ? readFile(path).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
}

async function isOwnFile(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found?.isFile() === true;
}
