import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DeskError } from '../../../shared/domain/errors.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { partialPath, putInPlace } from '../../gateways/files/sealed-file.ts';

const SECRET_BYTES = 32;

/** What the desk's own keys are encrypted under where there is no keyring: 32 bytes; null while there is no such file. */
export async function readDeskSecret(home: string): Promise<Uint8Array | null> {
  const text = await readFile(pathIn(home), 'utf8').catch(() => null);
  const secret = text === null ? null : decodeHex(text.trimEnd());
  return secret?.length === SECRET_BYTES ? secret : null;
}

/**
 * The same, made when there is none: a file that only this account can read, as an ssh host key is. It appears whole or
 * not at all, and one that another process made meanwhile stays.
 */
export async function ensureDeskSecret(home: string, random: (n: number) => Uint8Array): Promise<Uint8Array> {
  const known = await readDeskSecret(home);
  if (known !== null) return known;
  const partial = partialPath(pathIn(home));
  try {
    const file = await open(partial, 'wx', 0o600);
    await file.writeFile(`${encodeHex(random(SECRET_BYTES))}\n`).finally(() => file.close());
    await putInPlace(partial, pathIn(home), false).catch(unlessThere);
  } finally {
    await rm(partial, { force: true });
  }
  const made = await readDeskSecret(home);
  if (made !== null) return made;
  const message = 'The file of the desk’s own secret is no such file. Nothing was changed. Move it away and try again.';
  throw new DeskError('INTEGRITY_FAILED', message, { file: 'desk.secret' });
}

function pathIn(home: string): string {
  return join(home, 'desk.secret');
}

function unlessThere(error: unknown): void {
  if (!(error instanceof DeskError && error.code === 'ALREADY_EXISTS')) throw error;
}
