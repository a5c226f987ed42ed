import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DeskError } from '../../../shared/domain/errors.ts';
import { defaultStore } from '../../desk/data-folder.ts';
import { textOf } from './arguments.ts';
import { usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';

const IS_POSTGRES = /^postgres(ql)?:/i;

/**
 * The SQLite file that `--store`, `--store-file` or the data folder name, as an absolute path. INVALID_INPUT for an
 * address with a password in it, or of a kind that this version does not open.
 */
export function storePath(values: Invocation['values'], home: string): string {
  const given = textOf(values, 'store');
  if (given !== undefined) refusePassword(given);
  const address = given ?? addressIn(textOf(values, 'store-file'));
  if (address === undefined) return defaultStore(home);
  if (address === '') throw usageError('The address of the store is empty. Nothing was done.');
  if (!IS_POSTGRES.test(address)) return resolve(address);
  throw usageError('A store on PostgreSQL comes with a later version. Nothing was done. Name an SQLite file.');
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

/** What stands in an argument, every program here can read. The address is never repeated. */
function refusePassword(address: string): void {
  const hasPassword = /^postgres(ql)?:\/\/[^/@]*:[^/@]*@/i.test(address) || /[?&]password=/i.test(address);
  if (!IS_POSTGRES.test(address) || !hasPassword) return;
  throw usageError(
    'The address holds a password, which other programs here could see. Use PGPASSFILE, or --store-file.',
  );
}
