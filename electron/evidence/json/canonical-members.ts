import { readJson } from '../../../shared/domain/json/read.ts';
import type { JsonLimits } from '../../../shared/domain/json/result.ts';
import { JsonObject, type JsonValue } from '../../../shared/domain/json/value.ts';
import { CanonicalScanner, type Span } from './canonical-scanner.ts';
import { isSoundText } from './sound-text.ts';

/**
 * The members of the JSON object that `bytes` hold, where the bytes are its canonical form already, in both forms; null
 * where they are not, or where only the whole reader can tell. What is taken here `readJson` takes with the same limits,
 * without a note, and `canonicalForms` writes as it stands: it can be hashed without being read.
 */
export function canonicalMembers(
  bytes: Uint8Array,
  limits: Pick<JsonLimits, 'bytes' | 'depth' | 'nodes'>,
): CanonicalMembers | null {
  if (bytes.length > limits.bytes || !isSoundText(bytes)) return null;
  const scanner = new CanonicalScanner(bytes, limits);
  return scanner.isCanonical() ? new CanonicalMembers(bytes, scanner.members) : null;
}

/** Members of canonical JSON: each is read when it is asked for, all of them when they are gone through. */
export class CanonicalMembers implements ReadonlyMap<string, JsonValue> {
  /** The object's canonical bytes. */
  readonly text: Uint8Array;
  private readonly spans: ReadonlyMap<string, Span>;
  private readonly known = new Map<string, JsonValue>();

  constructor(text: Uint8Array, spans: ReadonlyMap<string, Span>) {
    this.text = text;
    this.spans = spans;
  }

  get size(): number {
    return this.spans.size;
  }

  has(name: string): boolean {
    return this.spans.has(name);
  }

  get(name: string): JsonValue | undefined {
    const span = this.spans.get(name);
    if (span === undefined || this.known.has(name)) return this.known.get(name);
    const value = readScanned(this.text.subarray(span.start, span.end));
    this.known.set(name, value);
    return value;
  }

  keys(): MapIterator<string> {
    return this.spans.keys();
  }

  entries(): MapIterator<[string, JsonValue]> {
    return this.all().entries();
  }

  values(): MapIterator<JsonValue> {
    return this.all().values();
  }

  forEach(visit: (value: JsonValue, name: string, map: ReadonlyMap<string, JsonValue>) => void): void {
    for (const [name, value] of this.all()) visit(value, name, this);
  }

  [Symbol.iterator](): MapIterator<[string, JsonValue]> {
    return this.entries();
  }

  private all(): Map<string, JsonValue> {
    const whole = readScanned(this.text);
    return new Map(whole instanceof JsonObject ? whole.members : []);
  }
}

/** The limits were held when it was scanned. */
const NO_LIMITS = { bytes: Infinity, depth: Infinity, nodes: Infinity, whole: Infinity };

function readScanned(bytes: Uint8Array): JsonValue {
  const json = readJson(bytes, NO_LIMITS);
  if (!json.ok) throw new Error(`canonical JSON was not read: ${json.message}`);
  return json.value;
}
