const PACKED = 64 * 1024;
/** No line of a bundle is as long: what is has not been written by a desk. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** The lines as bytes, each with its line feed, in pieces of about 64 KiB. */
export async function* packLines(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const line of lines) {
    text += `${line}\n`;
    if (text.length < PACKED) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/**
 * The lines of a file without their line feeds, as bytes. Null, and then no more, where a line is longer than
 * MAX_LINE_BYTES or the last has no line feed.
 */
export async function* splitLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let rest: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, from)) {
      yield bytes.subarray(from, end);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > MAX_LINE_BYTES) return yield null;
  }
  if (rest.length > 0) yield null;
}
