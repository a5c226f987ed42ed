import { open } from 'node:fs/promises';
import { DeskError } from '../../shared/domain/errors.ts';
import type { StagedFile } from './context.ts';

/** A packet's limit; nothing that is read whole may be larger. */
export const MAX_PACKET_BYTES = 16 * 1024 * 1024;

/** The bytes of a staged file. LIMIT_EXCEEDED beyond `limit`, NOT_FOUND when it cannot be read. */
export async function stagedBytes(file: StagedFile, limit = MAX_PACKET_BYTES): Promise<Uint8Array> {
  const handle = await open(file.path, 'r').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    const { size } = await handle.stat();
    if (size > limit) throw tooLarge(file, limit);
    // The file may grow while it is read, and a pipe has no size: one byte more than allowed tells.
    const buffer = Buffer.alloc(Math.min(limit, size) + 1);
    let at = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, at, buffer.length - at, null);
      at += bytesRead;
      if (at > size || at > limit) throw tooLarge(file, limit);
      if (bytesRead === 0) return new Uint8Array(buffer.subarray(0, at));
    }
  } catch (error) {
    throw error instanceof DeskError ? error : unreadable(file, error);
  } finally {
    await handle.close();
  }
}

function tooLarge(file: StagedFile, limit: number): DeskError {
  const message = `The file is larger than ${limit} bytes or grew while it was read. Nothing was stored.`;
  return new DeskError('LIMIT_EXCEEDED', message, { file: file.name, limit });
}

function unreadable(file: StagedFile, cause: unknown): DeskError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new DeskError('NOT_FOUND', 'The file could not be read. Nothing was stored.', {
    file: file.name,
    cause: code,
  });
}
