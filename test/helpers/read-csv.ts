/** A reader of RFC 4180 that takes quoted cells only, as all of ours are. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let rest = text;
  while (rest !== '') {
    const cell = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(rest);
    if (cell === null) throw new Error(`no cell at ${JSON.stringify(rest.slice(0, 20))}`);
    rows.at(-1)?.push((cell[1] ?? '').replaceAll('""', '"'));
    if (cell[2] !== ',') rows.push([]);
    rest = rest.slice(cell[0].length);
  }
  return rows.slice(0, -1);
}
