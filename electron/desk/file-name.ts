const LONGEST = 255;

/** Whether the text can be a file's name on every system the desk runs on: no path, no control character. */
export function isFileName(text: string): boolean {
  if (text.length === 0 || text.length > LONGEST || text === '.' || text === '..' || !text.isWellFormed()) return false;
  return !/[/\\]/.test(text) && [...text].every((character) => character >= ' ');
}
