/** A row of sixteen bytes: where it starts, its bytes in hex, and its printable ASCII. */
export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly ascii: string;
}

/** The bytes from an offset on, at most `limit`, as rows of sixteen with their offsets in hex. */
export function hexRows(bytes: Uint8Array, from: number, limit: number): readonly HexRow[] {
  const rows: HexRow[] = [];
  const end = Math.min(bytes.length, from + limit);
  for (let at = from; at < end; at += 16) {
    const part = bytes.subarray(at, Math.min(at + 16, end));
    rows.push({ offset: at.toString(16).padStart(6, '0'), hex: hexOf(part), ascii: asciiOf(part) });
  }
  return rows;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function asciiOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
}
