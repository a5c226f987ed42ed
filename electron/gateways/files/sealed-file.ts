import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DeskError } from '../../../shared/domain/errors.ts';

const BUFFER_BYTES = 256 * 1024;

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** A hidden name in the target's own folder, so that the last step is a rename and never a copy. */
export function partialPath(target: string): string {
  return join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.partial`);
}

/**
 * Puts a finished temporary file in its place: durable before and after, and never half there. ALREADY_EXISTS when
 * `force` is not set and there is one.
 */
export async function putInPlace(partial: string, target: string, force: boolean): Promise<void> {
  await syncPath(partial);
  if (force) await rename(partial, target);
  else await renameNew(partial, target);
  await syncPath(dirname(target));
}

/** A rename takes the place of what is there; a link does not, so that a file made meanwhile survives. */
async function renameNew(partial: string, target: string): Promise<void> {
  try {
    await link(partial, target);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'EEXIST') throw alreadyExists(target, cause);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw cause;
    // Some file systems know no links; there the look before the rename is all there is.
    if (await isThere(target)) throw alreadyExists(target, cause);
    return rename(partial, target);
  }
  await rm(partial);
}

function alreadyExists(target: string, cause: unknown): DeskError {
  const message =
    'A file of that name is there already. Nothing was written. Choose another name, or allow to replace it.';
  return new DeskError('ALREADY_EXISTS', message, { file: basename(target) }, { cause });
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL']);
const UNWRITABLE: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENAMETOOLONG',
  'SQLITE_CANTOPEN',
]);

/** What the system said of the place that a file was to be written to; another error as it is. */
export function asTargetFault(error: unknown, file: string): unknown {
  const reason = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const cause = { cause: error };
  if (FULL.has(reason)) {
    const message =
      'There is no room left where the file was to be written. Nothing was written. Make room and try again.';
    return new DeskError('LIMIT_EXCEEDED', message, { file, reason }, cause);
  }
  if (!UNWRITABLE.has(reason)) return error;
  const message = `The file cannot be written there (${reason}). Nothing was written. Choose another folder or name.`;
  return new DeskError('INVALID_INPUT', message, { file, reason }, cause);
}

export async function isThere(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null);
  await handle?.close();
  return handle !== null;
}

async function syncPath(path: string): Promise<void> {
  // Windows knows no handle on a folder; there the rename itself has to do.
  const handle = await open(path, 'r+').catch(() => open(path, 'r').catch(() => null));
  if (handle === null) return;
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

/** Makes an empty file that only this user may read, for a writer that opens it by name. */
export async function createPrivateFile(path: string): Promise<void> {
  await (await open(path, 'wx', 0o600)).close();
}

/** A file that is written from front to back and hashed on the way. */
export class HashedFile {
  private readonly handle: FileHandle;
  private readonly hash = createHash('sha256');
  private pending: Uint8Array[] = [];
  private held = 0;
  private written = 0;
  /** The piece that the disk takes while the next is made; a fault of it is told by the next flush. */
  private writing: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle) {
    this.handle = handle;
  }

  /** A new file that only this user may read. */
  static async create(path: string): Promise<HashedFile> {
    return new HashedFile(await open(path, 'wx', 0o600));
  }

  /** Text as UTF-8, or bytes that nobody changes any more. */
  async write(content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.pending.push(bytes);
    this.held += bytes.length;
    if (this.held >= BUFFER_BYTES) await this.flush();
  }

  async end(): Promise<WrittenFile> {
    await this.flush();
    await this.writing;
    await this.handle.sync();
    await this.handle.close();
    return { sha256: this.hash.digest('hex'), bytes: this.written };
  }

  /** Gives up; the caller removes the file. */
  async abandon(): Promise<void> {
    await this.writing.catch(() => undefined);
    await this.handle.close().catch(() => undefined);
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.pending, this.held);
    this.pending = [];
    this.held = 0;
    this.hash.update(bytes);
    await this.writing;
    this.writing = this.handle.writeFile(bytes);
    this.writing.catch(() => undefined);
    this.written += bytes.length;
  }
}
