import { type FileHandle, open } from 'node:fs/promises';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { textOf } from './arguments.ts';
import { usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';

/** Where a passphrase comes from: never from an argument, which every program on the machine could read. */
export const PASSPHRASE_OPTIONS = { 'passphrase-file': { type: 'string' } } as const;
const VARIABLE = 'VEX_DESK_PASSPHRASE_FILE';

const MOST_BYTES = 8 * 1024;

/**
 * The passphrase that `--passphrase-file`, else VEX_DESK_PASSPHRASE_FILE names, without the end of its last line;
 * undefined where neither is given. Says on standard error when others may read the file. INVALID_INPUT.
 */
export async function passphraseOf({ values, terminal }: Invocation): Promise<string | undefined> {
  const file = textOf(values, 'passphrase-file') ?? process.env[VARIABLE];
  if (file === undefined || file === '') return undefined;
  const handle = await open(file).catch(() => null);
  if (handle === null) throw unusable(file);
  try {
    if (await mayOthersRead(handle))
      terminal.note(`Others may read the passphrase file ${file}: chmod 600 keeps it yours.`);
    return await textIn(handle, file);
  } finally {
    await handle.close();
  }
}

/** A pipe has no readers but ours; elsewhere the mode says nothing. */
async function mayOthersRead(handle: FileHandle): Promise<boolean> {
  const facts = await handle.stat();
  return process.platform !== 'win32' && facts.isFile() && (facts.mode & 0o044) !== 0;
}

async function textIn(handle: FileHandle, file: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of handle.createReadStream({ autoClose: false, end: MOST_BYTES })) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const text = bytes.length > MOST_BYTES ? null : decodeUtf8(bytes);
  if (text === null) throw unusable(file);
  return text.replace(/\r?\n$/, '');
}

function unusable(file: string) {
  return usageError('The passphrase file cannot be read as UTF-8 text of at most 8 KiB. Nothing was done.', { file });
}
