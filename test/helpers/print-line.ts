/** One result of a long run on standard output: a line of JSON, or of words. */
export function printLine(json: boolean, line: Record<string, unknown>): void {
  const text = json
    ? JSON.stringify(line)
    : Object.entries(line)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', ');
  process.stdout.write(`${text}\n`);
}
