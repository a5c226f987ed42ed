/**
 * JSON as the desk keeps it: numbers by their exact text, objects as maps.
 *
 * A JavaScript object would round 2^53 + 1, move members called `1` to the front and give `__proto__` a meaning
 * (S52); evidence that is hashed later must survive the reading unchanged.
 */
export type JsonValue = null | boolean | string | JsonNumber | JsonObject | Uint8Array | readonly JsonValue[];

/** A JSON number by the text it was written with; nothing is rounded until someone asks for a number. */
export class JsonNumber {
  readonly text: string;

  /** `text` must be a JSON number (RFC 8259, 6); the reader guarantees it. */
  constructor(text: string) {
    this.text = text;
  }

  /** Whether it is written as an integer: no fraction, no exponent. `1.0` and `1e2` are not. */
  get isInteger(): boolean {
    return !/[.eE]/.test(this.text);
  }

  /** The integer it is written as, or null where it is none or lies beyond ±(2^53 − 1); `-0` gives null too. */
  toSafeInteger(): number | null {
    const value = Number(this.text);
    // Only an integer without fraction, exponent and minus zero prints back as it was written.
    return Number.isSafeInteger(value) && String(value) === this.text ? value : null;
  }

  /** The integer it is written as, at any size, or null where it has a fraction or exponent. */
  toBigInt(): bigint | null {
    return this.isInteger ? BigInt(this.text) : null;
  }

  /** The nearest double: for display and comparison, never for what is hashed. */
  toDouble(): number {
    return Number(this.text);
  }
}

/** A JSON object: its members in the order they were written, each name once. */
export class JsonObject {
  readonly members: ReadonlyMap<string, JsonValue>;

  constructor(members: ReadonlyMap<string, JsonValue>) {
    this.members = members;
  }

  /** An object of these members, in this order. */
  static of(members: Iterable<readonly [string, JsonValue]>): JsonObject {
    return new JsonObject(new Map(members));
  }

  /** The member's value; undefined where there is none (a member that is null gives null). */
  get(name: string): JsonValue | undefined {
    return this.members.get(name);
  }

  has(name: string): boolean {
    return this.members.has(name);
  }

  names(): string[] {
    return [...this.members.keys()];
  }

  get size(): number {
    return this.members.size;
  }
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The value where it is text, else undefined: for members whose type the writer was free to get wrong. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function objectOf(value: JsonValue | undefined): JsonObject | undefined {
  return value instanceof JsonObject ? value : undefined;
}

/** A value as plain data, as `JSON.parse` would give it. */
export type PlainJson = null | boolean | number | string | PlainJson[] | { [name: string]: PlainJson };

/**
 * The value as plain data, for display only: numbers are rounded to doubles, byte arrays become arrays.
 * Objects have no prototype, so that no member name means anything to the engine (S52).
 */
export function toPlain(value: JsonValue): PlainJson {
  if (value instanceof JsonNumber) return value.toDouble();
  if (value instanceof Uint8Array) return [...value];
  if (isJsonArray(value)) return value.map(toPlain);
  if (!(value instanceof JsonObject)) return value;
  const plain = Object.create(null) as { [name: string]: PlainJson };
  for (const [name, member] of value.members) plain[name] = toPlain(member);
  return plain;
}
