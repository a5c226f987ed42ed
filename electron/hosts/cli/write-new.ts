import { open as openFile } from 'node:fs/promises';
import { DeskError } from '../../../shared/domain/errors.ts';
import { usageError } from './failure.ts';

/** Writes a small file for this account alone. It never takes the place of one that is there (ALREADY_EXISTS) but by `force`. */
export async function writeNew(path: string, bytes: Uint8Array, force = false): Promise<void> {
  try {
    const file = await openFile(path, force ? 'w' : 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    if (code !== 'EEXIST') throw usageError('The file could not be written.', { file: path, cause: code });
    throw new DeskError('ALREADY_EXISTS', 'A file of this name is there already. Nothing was written.', { file: path });
  }
}
