/** A JSON value with its numbers by their exact value, by the engine's own parser: the last of two members of one name wins. */
export type ExactValue = null | boolean | string | ExactNumber | ExactValue[] | { [name: string]: ExactValue };

export class ExactNumber {
  /** Digits where it is an integer, the shortest form of the double else. */
  readonly text: string;

  /** As the protocol's own serialiser reads it: integers of 64 bits exactly, all else as a double. */
  constructor(source: string) {
    const double = Number(source);
    if (!Number.isFinite(double)) throw new SyntaxError('no double');
    const integer = /^-?\d+$/.test(source) ? BigInt(source) : null;
    const fits = integer !== null && integer >= -(2n ** 63n) && integer < 2n ** 64n;
    if (fits) this.text = String(integer);
    else this.text = Number.isInteger(double) ? String(BigInt(double)) : String(double);
  }
}

type Reviver = (this: unknown, name: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Throws SyntaxError for what is no JSON. */
export function parseExact(text: string): ExactValue {
  const keepSource: Reviver = (_, value, { source }) =>
    typeof value === 'number' ? new ExactNumber(source ?? '') : value;
  return JSON.parse(text, keepSource as (this: unknown, name: string, value: unknown) => unknown) as ExactValue;
}

/** One text for each value, whatever order its members came in. */
export function exactText(value: ExactValue): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(exactText).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${exactText(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

export function membersOf(value: ExactValue | undefined): { [name: string]: ExactValue } | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !(value instanceof ExactNumber) ? value : null;
}

/** The object without the named members where they are null, and with what is missing put in. */
export function normalised(
  object: { readonly [name: string]: ExactValue },
  optional: readonly string[],
  defaults: { readonly [name: string]: ExactValue } = {},
): { [name: string]: ExactValue } {
  const kept = Object.entries(object).filter(([name, value]) => value !== null || !optional.includes(name));
  return Object.fromEntries([...Object.entries(defaults).filter(([name]) => !Object.hasOwn(object, name)), ...kept]);
}
