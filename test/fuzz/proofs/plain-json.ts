import { type ExactValue, membersOf, parseExact } from '../exact-json.ts';

/** The value of a JSON text that all readers agree on; undefined where it is none, or names a member twice. */
export function unambiguous(text: string): ExactValue | undefined {
  try {
    const value = parseExact(text);
    return namesIn(value) === namesWritten(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** In JSON, a string that a colon follows is a member's name, and no other is. */
const STRING = /"(?:[^"\\]|\\.)*"([ \t\r\n]*:)?/g;

function namesWritten(text: string): number {
  return [...text.matchAll(STRING)].filter(([, colon]) => colon !== undefined).length;
}

function namesIn(value: ExactValue): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + namesIn(one), 0);
  return Object.values(membersOf(value) ?? {}).reduce((sum: number, one) => sum + 1 + namesIn(one), 0);
}
