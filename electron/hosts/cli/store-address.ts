import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DeskError } from '../../../shared/domain/errors.ts';
import { defaultStore } from '../../desk/data-folder.ts';
import { textOf } from './arguments.ts';
import type { Invocation } from './command.ts';
import { usageError } from './failure.ts';

/**
 * The SQLite file that `--store`, `--store-file` or the data folder name, as an absolute path. INVALID_INPUT for an
 * address with a password in it, or of a kind that this version does not open.
 */
export function storePath(values: Invocation['values'], home: string): string {
  const address = textOf(values, 'store') ?? addressIn(textOf(values, 'store-file'));
  if (address === undefined) return defaultStore(home);
  if (address === '') throw usageError('--store is empty. Nothing was done.');
  if (/^postgres(ql)?:/i.test(address)) throw refusedAddress(address);
  return resolve(address);
}

/** NOT_FOUND when there is no store at the path: reading must not make one. */
export function checkStore(path: string): void {
  if (existsSync(path)) return;
  throw new DeskError('NOT_FOUND', 'There is no store at this path. Import something first, or name another.', {
    store: path,
  });
}

function addressIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw usageError('--store-file cannot be read. Nothing was done.', { file });
  }
}

/** The address itself is never repeated: it may hold a secret. */
function refusedAddress(address: string): DeskError {
  const hasPassword = /^postgres(ql)?:\/\/[^/@]*:[^/@]*@/i.test(address) || /[?&]password=/i.test(address);
  return hasPassword
    ? usageError('The address holds a password, which other programs here could see. Use PGPASSFILE, or --store-file.')
    : usageError('A store on PostgreSQL comes with a later version. Nothing was done. Name an SQLite file.');
}
