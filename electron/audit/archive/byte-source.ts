/** Bytes that can be read anywhere: an open file, or a buffer. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `at`; the caller stays inside `size`. Nobody changes them afterwards. */
  read(at: number, length: number): Promise<Uint8Array>;
}

export function bytesAsSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)) };
}

const WINDOW = 1024 * 1024;

/** The same source, read a window at a time: small pieces that follow each other cost one read together. */
export function inWindows(source: ByteSource): ByteSource {
  let [start, window]: [number, Uint8Array] = [0, new Uint8Array()];
  return {
    size: source.size,
    async read(at, length) {
      if (at < start || at + length > start + window.length) {
        const bytes = await source.read(at, Math.min(Math.max(WINDOW, length), source.size - at));
        [start, window] = [at, bytes];
      }
      return window.subarray(at - start, at - start + length);
    },
  };
}

/** The bytes from `at` to `end` in pieces of at most a window. */
export async function* piecesOf(source: ByteSource, at: number, end: number): AsyncGenerator<Uint8Array> {
  for (let from = at; from < end; from += WINDOW) yield await source.read(from, Math.min(WINDOW, end - from));
}
