import { PILLARS, type PillarName } from '../../../shared/domain/anatomy.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import type { JsonNote } from '../../../shared/domain/json/result.ts';
import { isJsonArray, JsonNumber, JsonObject, type JsonValue } from '../../../shared/domain/json/value.ts';
import { canonicalMembers } from '../json/canonical-members.ts';
import { type Fault, MAX_PACKET_BYTES } from './wire-form.ts';

/** Room for every value of 1 MiB of JSON; beyond it a pillar is made to cost time. */
const MAX_VALUES = 1024 * 1024;

/** What the JSON of evidence may cost (S49). */
export const EVIDENCE_JSON = {
  bytes: MAX_PACKET_BYTES,
  depth: 64,
  nodes: MAX_VALUES,
  whole: MAX_PACKET_BYTES,
} as const;

export type PillarObjects = Readonly<Record<PillarName, JsonObject>>;

/** Four pillars whose members are there and of the right type; nothing of them has been verified. */
export interface Pillars {
  readonly objects: PillarObjects;
  /** By the nonce: text in 1.7, a number in 1.6 (and in the SDK). */
  readonly generation: '1.7' | '1.6';
  readonly shadow: boolean;
  readonly aid: string;
  readonly nonce: string | bigint;
  /** The witness's time, seconds since 1970. */
  readonly timestamp: bigint;
}

/**
 * The JSON object in a segment, or why there is none. What is canonical already, as the crates write it, is not made
 * into values before they are asked for.
 */
export function readObject(bytes: Uint8Array, what: string): { value: JsonObject; notes: readonly JsonNote[] } | Fault {
  const canonical = canonicalMembers(bytes, EVIDENCE_JSON);
  if (canonical !== null) return { value: new JsonObject(canonical), notes: [] };
  const json = readJson(bytes, EVIDENCE_JSON);
  if (!json.ok) return { code: json.code, detail: `The ${what} is not JSON as it must be: ${json.message}.` };
  if (!(json.value instanceof JsonObject)) return { code: 'NOT_AN_OBJECT', detail: `The ${what} is no JSON object.` };
  return { value: json.value, notes: json.notes };
}

/**
 * The pillars, their required members and types looked at (vex-protocol 1.7 and 1.6, the same in the SDK): unknown
 * members are any JSON. An intent is transparent where it can be read so, as upstream does, else shadow. MEMBER_MISSING
 * and MEMBER_TYPE name the member.
 */
export function readPillars(objects: PillarObjects): Pillars | Fault {
  const { authority, identity, intent, witness } = objects;
  const nonce = nonceOf(authority.get('nonce'));
  const generation = typeof nonce === 'bigint' ? '1.6' : '1.7';
  const transparent = memberFault('intent', intent, TRANSPARENT, generation);
  const shadow = transparent === null ? transparent : memberFault('intent', intent, SHADOW, generation);
  const intentFault = transparent !== null && shadow !== null ? (looksShadow(intent) ? shadow : transparent) : null;
  const fault =
    intentFault ??
    memberFault('authority', authority, AUTHORITY, generation) ??
    memberFault('identity', identity, IDENTITY, generation) ??
    memberFault('witness', witness, WITNESS, generation);
  if (fault !== null) return fault;
  return {
    objects,
    generation,
    shadow: transparent !== null,
    aid: identity.get('aid') as string,
    nonce: nonce as string | bigint,
    timestamp: (witness.get('timestamp') as JsonNumber).toBigInt() ?? 0n,
  };
}

/** Whether the value, one of `readObject` and `readPillars`, is why there is nothing else. */
export function isFault(value: object): value is Fault {
  return 'code' in value && 'detail' in value;
}

/** The first of the pillars that is no object or not there; null where all four are. */
export function pillarObjects(members: ReadonlyMap<string, JsonValue>): PillarObjects | Fault {
  for (const name of PILLARS) {
    const value = members.get(name);
    if (value === undefined) return { code: 'MEMBER_MISSING', detail: `The capsule has no ${name}.` };
    if (!(value instanceof JsonObject)) return { code: 'NOT_AN_OBJECT', detail: `The ${name} is no JSON object.` };
  }
  return Object.fromEntries(PILLARS.map((name) => [name, members.get(name)])) as PillarObjects;
}

interface Member {
  readonly name: string;
  readonly type: MemberType;
  /** `absent`: it may be missing; `null`: it may be null as well, which means the same. */
  readonly optional?: 'absent' | 'null';
  /** A member that 1.6 does not know may be anything there. */
  readonly since?: '1.7';
}

interface MemberType {
  readonly what: string;
  readonly is: (value: JsonValue) => boolean;
}

const TEXT: MemberType = { what: 'a text', is: (value) => typeof value === 'string' };
const NUMBER: MemberType = { what: 'a number', is: (value) => value instanceof JsonNumber };
const U64: MemberType = { what: 'a 64-bit integer', is: (value) => u64Of(value) !== null };
const OBJECT: MemberType = { what: 'an object', is: (value) => value instanceof JsonObject };
const ANYTHING: MemberType = { what: 'JSON', is: () => true };
const TEXTS: MemberType = {
  what: 'a list of texts',
  is: (value) => isJsonArray(value) && value.every((element) => typeof element === 'string'),
};
const NONCE: MemberType = { what: 'a text or a 64-bit integer', is: (value) => nonceOf(value) !== null };
const PCRS: MemberType = {
  what: 'a map of indexes to texts',
  is: (value) =>
    value instanceof JsonObject &&
    [...value.members].every(([index, text]) => isU32Text(index) && typeof text === 'string'),
};

const TOKEN: Member = { name: 'continuation_token', type: OBJECT, optional: 'null' };
const TRANSPARENT: readonly Member[] = [
  { name: 'request_sha256', type: TEXT },
  { name: 'confidence', type: NUMBER },
  { name: 'capabilities', type: TEXTS, optional: 'absent' },
  { name: 'magpie_source', type: TEXT, optional: 'null' },
  { ...TOKEN, since: '1.7' },
];
const SHADOW: readonly Member[] = [
  { name: 'commitment_hash', type: TEXT },
  { name: 'stark_proof_b64', type: TEXT },
  { name: 'public_inputs', type: ANYTHING },
  { name: 'circuit_id', type: TEXT, optional: 'null' },
  { ...TOKEN, since: '1.7' },
];
const AUTHORITY: readonly Member[] = [
  { name: 'capsule_id', type: TEXT },
  { name: 'outcome', type: TEXT },
  { name: 'reason_code', type: TEXT },
  { name: 'trace_root', type: TEXT },
  { name: 'nonce', type: NONCE },
  { name: 'escalation_id', type: TEXT, optional: 'null' },
  { name: 'binding_status', type: TEXT, optional: 'null' },
  TOKEN,
  { name: 'authority_class', type: TEXT, optional: 'null', since: '1.7' },
];
const IDENTITY: readonly Member[] = [
  { name: 'aid', type: TEXT },
  { name: 'identity_type', type: TEXT },
  { name: 'pcrs', type: PCRS, optional: 'null' },
];
const WITNESS: readonly Member[] = [
  { name: 'chora_node_id', type: TEXT },
  { name: 'receipt_hash', type: TEXT },
  { name: 'timestamp', type: U64 },
];

function memberFault(
  pillar: PillarName,
  object: JsonObject,
  members: readonly Member[],
  generation: Pillars['generation'],
): Fault | null {
  for (const { name, type, optional, since } of members) {
    if (since === '1.7' && generation === '1.6') continue;
    const value = object.get(name);
    if (value === undefined) {
      if (optional !== undefined) continue;
      return { code: 'MEMBER_MISSING', detail: `The ${pillar} has no ${name}.` };
    }
    if (type.is(value) || (value === null && optional === 'null')) continue;
    return { code: 'MEMBER_TYPE', detail: `The ${pillar}'s ${name} is not ${type.what}.` };
  }
  return null;
}

function looksShadow(intent: JsonObject): boolean {
  return intent.has('commitment_hash') || intent.has('stark_proof_b64');
}

function nonceOf(value: JsonValue | undefined): string | bigint | null {
  return typeof value === 'string' ? value : u64Of(value ?? null);
}

const MAX_UINT64 = 2n ** 64n - 1n;

function u64Of(value: JsonValue): bigint | null {
  if (!(value instanceof JsonNumber) || !/^\d{1,20}$/.test(value.text)) return null;
  const integer = BigInt(value.text);
  return integer <= MAX_UINT64 ? integer : null;
}

function isU32Text(text: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(text) && Number(text) <= 0xffff_ffff;
}
