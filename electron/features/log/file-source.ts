import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ByteSource } from '../../audit/archive/byte-source.ts';
import type { DigestBeside } from '../../audit/verify/verify-export.ts';
import { fileDigest } from '../../gateways/files/file-digest.ts';

/** Finds the files that lie in the same folder as the one at `path`. */
export function besideFile(path: string): DigestBeside {
  return (name) => fileDigest(join(dirname(path), name));
}

/**
 * Lets `use` read an open file anywhere, a window at a time, so that one of any length is read in little memory; null
 * where the path is no regular file. Rejects with what the system says.
 */
export async function withFileSource<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T | null> {
  const file = await open(path);
  try {
    const facts = await file.stat();
    return facts.isFile() ? await use(sourceOf(file, facts.size)) : null;
  } finally {
    await file.close();
  }
}

function sourceOf(file: FileHandle, size: number): ByteSource {
  return {
    size,
    async read(at, length) {
      const bytes = Buffer.alloc(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, at + done);
        if (bytesRead === 0) throw new Shrunk();
        done += bytesRead;
      }
      return bytes;
    },
  };
}

/** The file became shorter while it was read. */
class Shrunk extends Error {
  readonly code = 'SHRUNK';

  constructor() {
    super('the file became shorter while it was read');
  }
}
