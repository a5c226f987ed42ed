import { encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { canonicalString, JcsError } from './jcs-error.ts';

/**
 * The value's canonical UTF-8 bytes by RFC 8785, for what the desk writes (S53): plain data without
 * `undefined`. Throws JcsError: NOT_FINITE,
 * UNSAFE_INTEGER (beyond ±(2^53 − 1): such numbers travel as text), MINUS_ZERO, LONE_SURROGATE, and NOT_JSON for
 * undefined, class instances and the like.
 */
export function jcs(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = encodeUtf8(jcsText(value));
  if (bytes === null) throw new JcsError('LONE_SURROGATE', 'a lone surrogate has no canonical form');
  return bytes;
}

/** The same as text; throws as `jcs` does. */
export function jcsText(value: unknown): string {
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

function writeStructure(value: object | null): string {
  if (value === null) return 'null';
  // Array.from visits the holes of a sparse array too, which are then refused as undefined.
  if (Array.isArray(value)) return `[${Array.from(value, jcsText).join(',')}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new JcsError('NOT_JSON', 'only plain objects are JSON');
  }
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  // By UTF-16 code units, as RFC 8785, 3.2.3 asks; an own `__proto__` is a member like any other (S52).
  for (const name of Object.keys(members).sort())
    text += `${text === '' ? '{' : ','}${canonicalString(name)}:${jcsText(members[name])}`;
  return text === '' ? '{}' : `${text}}`;
}
