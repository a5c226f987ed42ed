/** One cell and what ends it; a quote inside is doubled. */
const CELL = /"([^"]*(?:""[^"]*)*)"(,|\r\n)/y;

/** The rows of a CSV that this desk wrote (`csvLine`), cells as they stand; ends early at what is no cell of such a one. */
export async function* csvRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let [rest, row]: [string, string[]] = ['', []];
  for await (const piece of pieces) {
    rest += decoder.decode(piece, { stream: true });
    CELL.lastIndex = 0;
    let end = 0;
    for (let cell = CELL.exec(rest); cell !== null; cell = CELL.exec(rest)) {
      end = CELL.lastIndex;
      row.push((cell[1] ?? '').replaceAll('""', '"'));
      if (cell[2] === ',') continue;
      yield row;
      row = [];
      // Whoever took the row may have read another file meanwhile.
      CELL.lastIndex = end;
    }
    rest = rest.slice(end);
  }
}
