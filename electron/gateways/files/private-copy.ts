import { constants, copyFile, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ReaderFault } from './reader-fault.ts';

/** SQLite's own side files; `-shm` is made anew from the log and never copied. */
const SIDE_FILES = ['-wal', '-journal'] as const;
const TRIES = 3;
/** SQLite's WAL header: the two salts lie at 16 to 23 and change with every restart of the log. */
const SALT = { at: 16, length: 8 };

/**
 * Copies a foreign SQLite database with its log into `folder` (private, removed by the caller) and gives the copy's
 * path. Sizes, times and the log's salts are compared before and after, at most three tries (S47). A source that never
 * rests is backed up through SQLite, read-only, where its `-wal` and `-shm` lie there already, so that nothing is ever
 * made beside it; else SOURCE_BUSY.
 */
export async function copyLedger(source: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, 'source.db');
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    await removeCopy(copy);
    const before = await fingerprint(source);
    await copyFiles(source, copy);
    if (before === (await fingerprint(source))) return copy;
  }
  await removeCopy(copy);
  await backUp(source, copy);
  return copy;
}

async function removeCopy(copy: string): Promise<void> {
  for (const side of ['', '-shm', ...SIDE_FILES]) await rm(`${copy}${side}`, { force: true });
}

async function copyFiles(source: string, copy: string): Promise<void> {
  await copyFile(source, copy, constants.COPYFILE_FICLONE);
  for (const side of SIDE_FILES) {
    await copyFile(`${source}${side}`, `${copy}${side}`, constants.COPYFILE_FICLONE).catch(ignoreAbsent);
  }
}

/** What changes when the database does: of each file its size, times and identity, and the log's salts. */
async function fingerprint(source: string): Promise<string> {
  const parts: string[] = [];
  for (const side of ['', ...SIDE_FILES]) {
    const found = await stat(`${source}${side}`, { bigint: true }).catch(ignoreAbsent);
    parts.push(found === undefined ? 'absent' : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`);
  }
  parts.push(await walSalts(`${source}-wal`));
  return parts.join('\n');
}

async function walSalts(path: string): Promise<string> {
  const handle = await open(path, 'r').catch(ignoreAbsent);
  if (handle === undefined) return 'no log';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SALT.length), 0, SALT.length, SALT.at);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await handle.close();
  }
}

async function backUp(source: string, copy: string): Promise<void> {
  if (!(await exists(`${source}-wal`)) || !(await exists(`${source}-shm`))) throw busy();
  try {
    const live = new Database(source, { readonly: true, fileMustExist: true });
    try {
      await live.backup(copy);
    } finally {
      live.close();
    }
  } catch (cause) {
    throw busy(cause);
  }
}

function busy(cause?: unknown): ReaderFault {
  return new ReaderFault(
    'SOURCE_BUSY',
    'The database was written to all the while, so that no sound copy could be made. Nothing was imported. Import it again when it is at rest, or import a copy of it.',
    { cause },
  );
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoreAbsent)) !== undefined;
}

function ignoreAbsent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
