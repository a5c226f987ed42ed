import { createHash } from 'node:crypto';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { parseInstant } from '../../../shared/domain/instant.ts';
import { isJsonArray, JsonNumber, JsonObject, type JsonValue } from '../../../shared/domain/json/value.ts';
import { byteArrayOf } from '../../../shared/domain/wire/byte-array-of.ts';
import { canonicalize } from '../../evidence/json/canonicalize.ts';

export type SourceHash = 'ok' | 'altered' | 'unchecked';

/** Hashed where they are neither absent nor null, in whatever form they have. */
const OPTIONAL = ['rationale', 'policy_version', 'data_provenance_hash', 'evidence_capsule'] as const;
const REQUIRED = ['event_type', 'sequence_number', 'actor', 'human_review_required', 'schema_version'] as const;

/**
 * Whether an audit event still has the hash that was made of it, computed anew from the event alone: `altered` where
 * it does not match, `unchecked` where the event lacks what the hash is made of. Upstream's own check compares the
 * links of the chain only. It does not cover id, agent_id, the event's own vep_blob, the signatures and the fraction
 * of a second (docs/formats/vex-audit-events.md).
 */
export function checkEventHash(event: JsonValue): SourceHash {
  if (!(event instanceof JsonObject)) return 'unchecked';
  const stored = byteArrayOf(event.get('hash'));
  const base = baseHash(event);
  const sequence = event.get('sequence_number');
  if (stored?.length !== 32 || base === null || !(sequence instanceof JsonNumber)) return 'unchecked';
  const previous = event.get('previous_hash') ?? null;
  if (previous === null) return encodeHex(stored) === base ? 'ok' : 'altered';
  const before = byteArrayOf(previous);
  if (before?.length !== 32) return 'unchecked';
  const link = `vex-chain-v1:${base.slice(0, 16)}:${encodeHex(before).slice(0, 16)}:${sequence.text}`;
  return encodeHex(stored) === prefixedHash(Buffer.from(link)) ? 'ok' : 'altered';
}

/** SHA-256 of the event's own content in hex; null where a member that it needs is missing or of another type. */
function baseHash(event: JsonObject): string | null {
  const written = event.get('timestamp');
  const instant = typeof written === 'string' ? parseInstant(written) : null;
  const signatures = event.get('approval_signatures');
  if (instant === null || !isJsonArray(signatures)) return null;
  const members: [string, JsonValue][] = [
    ['timestamp', new JsonNumber(String(instant.epochSeconds))],
    ['approval_count', new JsonNumber(String(signatures.length))],
    ['data', event.get('data') ?? null],
  ];
  for (const name of REQUIRED) {
    const value = event.get(name);
    if (value === undefined) return null;
    members.push([name, value]);
  }
  for (const name of OPTIONAL) {
    const value = event.get(name) ?? null;
    if (value !== null) members.push([name, value]);
  }
  return prefixedHash(canonicalize(JsonObject.of(members), 'serde_jcs'));
}

function prefixedHash(bytes: Uint8Array): string {
  return createHash('sha256').update(Uint8Array.of(0)).update(bytes).digest('hex');
}
