import { PILLARS } from '../../../shared/domain/anatomy.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { JsonObject, textOf } from '../../../shared/domain/json/value.ts';
import { rootOfCapsule } from './json-form.ts';
import { EVIDENCE_JSON, isFault, readObject } from './pillars.ts';
import { looksLikeVep, MAX_PACKET_BYTES, readWireForm, segmentValue } from './wire-form.ts';

/** What a packet says of itself when it has a packet's structure; nothing here is verified. */
export type PacketFacts =
  | {
      readonly ok: true;
      readonly kind: 'vep' | 'capsule';
      /** Lower-case hex: of the header, or of the JSON form's capsule_root. */
      readonly root: string;
      readonly escalationId: string | null;
    }
  /** `kind` is what it was meant to be, by its first bytes or members. */
  | {
      readonly ok: false;
      readonly kind: 'vep' | 'capsule' | 'unknown';
      readonly root: string | null;
      readonly why: string;
    };

/**
 * Reads a packet in its wire form (`readWireForm`) or its JSON form (a capsule with four pillars), its pillars as
 * objects whose single members are the verifier's to judge. Structure only, no verdict.
 */
export function readPacketFacts(bytes: Uint8Array): PacketFacts {
  if (looksLikeVep(bytes)) return vepFacts(bytes);
  if (bytes.length > MAX_PACKET_BYTES) return failed('unknown', null, 'it is larger than 16 MiB');
  const json = readJson(bytes, EVIDENCE_JSON);
  if (!json.ok || !(json.value instanceof JsonObject)) return failed('unknown', null, 'it is no packet and no capsule');
  return capsuleFacts(json.value);
}

function vepFacts(bytes: Uint8Array): PacketFacts {
  const wire = readWireForm(bytes);
  const root = wire.header?.root ?? null;
  if (wire.fault !== null || root === null) return failed('vep', root, clause(wire.fault?.detail ?? ''));
  let escalationId: string | null = null;
  for (const name of PILLARS) {
    const pillar = readObject(segmentValue(bytes, wire, name) ?? new Uint8Array(0), name);
    if (isFault(pillar)) return failed('vep', root, clause(pillar.detail));
    if (name === 'authority') escalationId = textOf(pillar.value.get('escalation_id')) ?? null;
  }
  return { ok: true, kind: 'vep', root, escalationId };
}

/** Whether a JSON object has the four pillars' names. */
export function looksLikeCapsule(value: JsonObject): boolean {
  return PILLARS.every((pillar) => value.has(pillar));
}

/** As `readPacketFacts`, of a JSON form that has been read already. */
export function capsuleFacts(value: JsonObject): PacketFacts {
  if (!looksLikeCapsule(value)) return failed('unknown', null, 'it is no packet and no capsule');
  const root = rootOfCapsule(value);
  if (root === null) return failed('capsule', null, 'its capsule_root is no SHA-256');
  for (const pillar of PILLARS) {
    if (!(value.get(pillar) instanceof JsonObject)) return failed('capsule', root, `its ${pillar} is no object`);
  }
  const authority = value.get('authority');
  const id = authority instanceof JsonObject ? textOf(authority.get('escalation_id')) : undefined;
  return { ok: true, kind: 'capsule', root, escalationId: id ?? null };
}

/** A sentence as part of another one. */
function clause(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}

function failed(kind: 'vep' | 'capsule' | 'unknown', root: string | null, why: string): PacketFacts {
  return { ok: false, kind, root, why };
}
