import type { ExactJson, Request } from '../escalation.ts';
import type { ImportCode } from '../import-codes.ts';
import { type Instant, parseInstant } from '../instant.ts';
import { JsonObject, type JsonValue, objectOf, textOf } from '../json/value.ts';
import { writeJson } from '../json/write.ts';
import { readUuid } from '../uuid.ts';
import { byteArrayOf } from './byte-array-of.ts';

/** What the agent's side says in an audit event; nothing of it is trusted, `[REDACTED]` stays as it is. */
export type ClaimedRequest = Omit<Request, 'source_hash' | 'signed'>;

/** The members of an event's capsule that the desk reads; it is hashed with the event, and never redacted. */
export interface CapsuleFacts {
  readonly capsule_id?: string;
  readonly outcome?: string;
  readonly reason_code?: string;
  readonly witness_receipt?: string;
  readonly nonce?: string;
  readonly escalation_id?: string;
  readonly resolution_vep_hash?: string;
  readonly intent_data: JsonValue | null;
  readonly continuation_token: JsonValue | null;
}

/** A HUMAN_OVERRIDE's say on an escalation; a decision other than approved or rejected is kept as its text. */
export interface UpstreamOutcome {
  readonly resolves: string;
  readonly decision?: string;
  readonly rationale?: string;
}

export interface AuditEventRead {
  /** Lower-case and hyphenated; null where the event has none that is a UUID. */
  readonly id: string | null;
  readonly type: string | null;
  readonly timestamp: Instant | null;
  readonly actor: { type?: string; id?: string };
  /** The escalation that the event itself names. */
  readonly escalation_id: string | null;
  /** Null unless the event has an id. */
  readonly request: ClaimedRequest | null;
  readonly outcome: UpstreamOutcome | null;
  readonly capsule: CapsuleFacts | null;
  /** The packet's bytes: the capsule's, which alone are hashed, else the event's own. */
  readonly blob: Uint8Array | null;
  /** The event's own packet where it differs from the capsule's. */
  readonly otherBlob: Uint8Array | null;
  /** BLOB_NOT_HASHED and BLOBS_DIFFER. */
  readonly findings: readonly ImportCode[];
}

/** Members whose arrays of byte values are read as bytes; give it to `readJson` as `byteArrays`. */
export function isBlobMember(name: string): boolean {
  return name === 'vep_blob';
}

/**
 * What the desk reads of an audit event (docs/formats/vex-audit-events.md); null where it is no object. Members of
 * another type than expected are left out here and stay in `request.raw`, the event's data as it came.
 */
export function readAuditEvent(event: JsonValue): AuditEventRead | null {
  if (!(event instanceof JsonObject)) return null;
  const data = objectOf(event.get('data'));
  const capsule = objectOf(event.get('evidence_capsule'));
  const id = readUuid(textOf(event.get('id')) ?? '')?.uuid ?? null;
  const actor = objectOf(event.get('actor'));
  return {
    id,
    type: textOf(event.get('event_type')) ?? null,
    timestamp: parseInstant(textOf(event.get('timestamp')) ?? ''),
    actor: texts(actor, ['type', 'id']),
    escalation_id: textOf(data?.get('escalation_id')) ?? null,
    request: id === null ? null : requestOf(id, event, data),
    outcome: outcomeOf(data),
    capsule: capsule === undefined ? null : capsuleOf(capsule),
    ...blobsOf(event, capsule),
  };
}

/** The members of an event's data that are read as text and have a name in the request. */
export const REQUEST_TEXTS = [
  'agent_name',
  'action',
  'target',
  'policy',
  'policy_text',
  'reference',
  'explanation',
  'respond_by',
] as const;

function requestOf(id: string, event: JsonObject, data: JsonObject | undefined): ClaimedRequest {
  const amount = data?.get('amount');
  return {
    event_id: id,
    agent_id: textOf(event.get('agent_id')) ?? null,
    ...texts(data, REQUEST_TEXTS),
    ...(typeof amount === 'string' || amount instanceof JsonObject ? { amount: exact(amount) } : {}),
    raw: exact(event.get('data') ?? null),
  };
}

function outcomeOf(data: JsonObject | undefined): UpstreamOutcome | null {
  const resolves = textOf(data?.get('resolves_escalation_id'));
  return resolves === undefined ? null : { resolves, ...texts(data, ['decision', 'rationale']) };
}

function capsuleOf(capsule: JsonObject): CapsuleFacts {
  return {
    ...texts(capsule, [
      'capsule_id',
      'outcome',
      'reason_code',
      'witness_receipt',
      'nonce',
      'escalation_id',
      'resolution_vep_hash',
    ]),
    intent_data: capsule.get('intent_data') ?? null,
    continuation_token: capsule.get('continuation_token') ?? null,
  };
}

function blobsOf(
  event: JsonObject,
  capsule: JsonObject | undefined,
): Pick<AuditEventRead, 'blob' | 'otherBlob' | 'findings'> {
  const hashed = byteArrayOf(capsule?.get('vep_blob'));
  const own = byteArrayOf(event.get('vep_blob'));
  if (hashed === null) return { blob: own, otherBlob: null, findings: own === null ? [] : ['BLOB_NOT_HASHED'] };
  if (own === null || sameBytes(hashed, own)) return { blob: hashed, otherBlob: null, findings: [] };
  return { blob: hashed, otherBlob: own, findings: ['BLOBS_DIFFER'] };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** The named members that are text. */
function texts<Name extends string>(object: JsonObject | undefined, names: readonly Name[]): { [N in Name]?: string } {
  const found: { [N in Name]?: string } = {};
  for (const name of names) {
    const text = textOf(object?.get(name));
    if (text !== undefined) found[name] = text;
  }
  return found;
}

function exact(value: JsonValue): ExactJson {
  return writeJson(value) as ExactJson;
}
