import { encodeUtf8 } from '../../shared/domain/json/utf8.ts';
import { canonicalString, JcsError } from './jcs-error.ts';

/** What the desk itself writes and hashes: plain data without `undefined`. */
export type Canonicalizable =
  | null
  | boolean
  | number
  | string
  | readonly Canonicalizable[]
  | { readonly [name: string]: Canonicalizable };

/**
 * The value's canonical UTF-8 bytes by RFC 8785, for what the desk writes (S53). Throws JcsError: NOT_FINITE,
 * UNSAFE_INTEGER (beyond ±(2^53 − 1): such numbers travel as text), MINUS_ZERO, LONE_SURROGATE, and NOT_JSON for
 * undefined, class instances and the like.
 */
export function jcs(value: Canonicalizable): Uint8Array<ArrayBuffer> {
  const bytes = encodeUtf8(jcsText(value));
  if (bytes === null) throw new JcsError('LONE_SURROGATE', 'a lone surrogate has no canonical form');
  return bytes;
}

/** The same as text; throws as `jcs` does. */
export function jcsText(value: Canonicalizable): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      return writeNumber(value);
    case 'boolean':
      return String(value);
    case 'object':
      return writeStructure(value);
    default:
      throw new JcsError('NOT_JSON', `${typeof value} is no JSON`);
  }
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new JcsError('NOT_FINITE', 'only finite numbers are JSON');
  if (Object.is(value, -0)) throw new JcsError('MINUS_ZERO', 'minus zero would be read back as zero');
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new JcsError('UNSAFE_INTEGER', 'integers beyond 2^53 are written as text');
  }
  return String(value);
}

function writeStructure(value: Exclude<Canonicalizable, string | number | boolean>): string {
  if (value === null) return 'null';
  // Array.from visits the holes of a sparse array too, which are then refused as undefined.
  if (isList(value)) return `[${Array.from(value, jcsText).join(',')}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new JcsError('NOT_JSON', 'only plain objects are JSON');
  // The default order of sort is that of UTF-16 code units, as RFC 8785, 3.2.3 asks.
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${canonicalString(name)}:${jcsText(value[name] as Canonicalizable)}`).join(',')}}`;
}

function isList(value: object): value is readonly Canonicalizable[] {
  return Array.isArray(value);
}
