import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { MAX_EVIDENCE_BYTES } from '../../desk/file-verifier.ts';

/** A file as far as it is judged, and what it is in all. */
export interface EvidenceFile {
  /** All of it, or one byte more than evidence may have. */
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly length: number;
}

/**
 * Reads a file, a pipe or a device as evidence, holding no more of it than evidence may have: of a larger file the rest
 * is hashed alone. Rejects with what the system says, when `stop` is asked, and with TooLong for what is larger and no file, since that may
 * never end.
 */
export async function readEvidenceFile(path: string, stop: AbortSignal): Promise<EvidenceFile> {
  const handle = await open(path);
  try {
    const isFile = (await handle.stat()).isFile();
    const hash = createHash('sha256');
    const kept: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      // Asked here and not by the stream, which would throw where nobody catches it if it is asked before it is read.
      stop.throwIfAborted();
      const part = chunk as Buffer;
      hash.update(part);
      if (length <= MAX_EVIDENCE_BYTES) kept.push(part.subarray(0, MAX_EVIDENCE_BYTES + 1 - length));
      length += part.length;
      if (length > MAX_EVIDENCE_BYTES && !isFile) throw new TooLong();
    }
    return { bytes: Buffer.concat(kept), sha256: hash.digest('hex'), length };
  } finally {
    await handle.close();
  }
}

/** It goes on beyond what evidence may have, and nobody knows how far. */
export class TooLong extends Error {
  readonly code = 'TOO_LONG';

  constructor() {
    super('it is no file and goes on beyond 16 MiB');
  }
}
