import type { JsonNumber, JsonValue } from '../../../shared/domain/json/value.ts';
import { type CanonicalForm, CanonicalWriter } from './canonical-writer.ts';

/**
 * The value's canonical UTF-8 bytes in the form asked for. It takes what `readJson` gives, odd numbers too: a verifier
 * must hash what is written. Throws JcsError NOT_FINITE and LONE_SURROGATE for values that the reader never gives.
 */
export function canonicalize(value: JsonValue, form: CanonicalForm): Uint8Array<ArrayBuffer> {
  return new CanonicalWriter(form).bytes(value);
}

/** Canonical bytes, and where in them the hole is (-1: there was none). */
export interface Written {
  readonly bytes: Uint8Array;
  readonly holeAt: number;
}

export interface BothForms {
  readonly serde_jcs: Written;
  /** The very same object where the forms agree; null where RFC 8785 would round an integer beyond 2^53. */
  readonly rfc8785: Written | null;
}

/**
 * The value in both forms, written once where they agree; throws as `canonicalize` does. In the place of `hole`, a
 * number told by its identity, nothing is written.
 */
export function canonicalForms(value: JsonValue, hole: JsonNumber | null = null): BothForms {
  const writer = new CanonicalWriter('serde_jcs', hole);
  const serde_jcs = { bytes: writer.bytes(value), holeAt: writer.holeAt };
  if (writer.rounds) return { serde_jcs, rfc8785: null };
  if (!writer.ordersDiffer) return { serde_jcs, rfc8785: serde_jcs };
  const other = new CanonicalWriter('rfc8785', hole);
  return { serde_jcs, rfc8785: { bytes: other.bytes(value), holeAt: other.holeAt } };
}
