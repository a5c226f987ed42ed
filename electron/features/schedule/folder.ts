import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { DeskError } from '../../../shared/domain/errors.ts';

/**
 * The folder's path without links, so that what is shown is where files come to lie. INVALID_INPUT unless it is the whole
 * path of a folder that is there and can be written to.
 */
export async function usableFolder(path: string): Promise<string> {
  if (!isAbsolute(path) || path.includes('\0')) throw unusable('Give the whole path of the folder.', path);
  try {
    const real = await realpath(path);
    if (!(await stat(real)).isDirectory()) throw unusable('This is no folder.', path);
    await access(real, constants.W_OK);
    return real;
  } catch (error) {
    if (error instanceof DeskError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw unusable(
      code === 'ENOENT' ? 'There is no such folder. Make it first.' : 'The folder cannot be written to.',
      path,
    );
  }
}

function unusable(why: string, path: string): DeskError {
  return new DeskError('INVALID_INPUT', `${why} Nothing was written.`, { folder: path });
}
