import { createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DeskError } from '../../../../shared/domain/errors.ts';

/** Files that SQLite keeps beside a store. */
const BESIDE = ['-wal', '-shm', '-journal'];

/** ALREADY_EXISTS where there is a file of this name. */
export function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  const message = 'A file of this name is there already. Nothing was written. Move it away first, or name another.';
  throw new DeskError('ALREADY_EXISTS', message, { file: path });
}

/** The same for a store, whose name is taken by what SQLite keeps beside it, too. */
export function refuseExistingStore(path: string): void {
  for (const end of ['', ...BESIDE]) refuseExisting(`${path}${end}`);
}

/** Where a file is made until it is whole: beside its place, under a name that no other has. */
export function makingOf(path: string): string {
  return `${path}.making-${randomBytes(6).toString('hex')}`;
}

/** Removes a file that was being made, with all that SQLite keeps beside it. */
export function removeMaking(making: string): void {
  rmSync(making, { force: true });
  removeBeside(making);
}

/** Removes what looking at a copy that nobody writes to left beside it. */
export function removeBeside(making: string): void {
  for (const end of BESIDE) rmSync(`${making}${end}`, { force: true });
}

/** Makes an empty file that only this account may read. */
export function createPrivate(path: string): void {
  closeSync(openSync(path, 'wx', 0o600));
}

/** SHA-256 of a file in 64 lower-case hex digits, and its size. */
export async function digestOfFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** A finished file gets its name: it is on the disk before, and its name is after. ALREADY_EXISTS. */
export function giveName(making: string, path: string): void {
  sync(making, 'r+');
  refuseExisting(path);
  renameSync(making, path);
  syncFolderOf(path);
}

/**
 * A finished file takes the place of another, which keeps its bytes under the name `kept`: at every moment there is a
 * whole file at the path.
 */
export function takePlace(making: string, path: string, kept: string): void {
  sync(making, 'r+');
  linkSync(path, kept);
  renameSync(making, path);
  syncFolderOf(path);
}

function syncFolderOf(path: string): void {
  // Windows opens no folders; its renames are journaled.
  if (process.platform !== 'win32') sync(dirname(path), 'r');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
