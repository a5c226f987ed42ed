import { PILLARS, type PillarName } from '../../../shared/domain/anatomy.ts';
import { isSha256Hex } from '../../../shared/domain/hex.ts';
import { JsonObject, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import { isFault, type PillarObjects, pillarObjects } from './pillars.ts';
import type { Fault } from './wire-form.ts';

/** A capsule in its JSON form, its members there and of the right type; nothing of it has been verified. */
export interface JsonForm {
  readonly pillars: PillarObjects;
  /** Lower-case hex. */
  readonly root: string;
  /** The hashes that it says its pillars have, as they are written. */
  readonly hashes: Readonly<Record<PillarName, string>>;
  readonly signatureBase64: string;
  readonly algorithm: string;
  readonly scope: string;
  /** The capsule id beside the pillars, which the SDK does not write. */
  readonly capsuleId: string | null;
  /** Members beside the pillars that no hash and no signature covers. */
  readonly uncovered: readonly string[];
}

/** The root that a capsule's JSON names, where it is one. */
export function rootOfCapsule(capsule: JsonObject): string | null {
  const root = textOf(capsule.get('capsule_root'));
  return root !== undefined && isSha256Hex(root) ? root : null;
}

/** Whether a JSON object is meant as a capsule: by the names of its members. */
export function isMeantAsCapsule(value: JsonObject): boolean {
  return value.has('capsule_root') || PILLARS.filter((name) => value.has(name)).length >= 3;
}

/** The capsule's members, pillars as objects not looked into; or MEMBER_MISSING, MEMBER_TYPE, NOT_AN_OBJECT, BAD_ROOT. */
export function readJsonForm(capsule: JsonObject): JsonForm | Fault {
  const pillars = pillarObjects(capsule.members);
  if (isFault(pillars)) return pillars;
  const crypto = objectOf(capsule.get('crypto')) ?? JsonObject.of([]);
  const missing =
    missingText(capsule, '', [...PILLARS.map(hashMember), 'capsule_root']) ??
    missingText(crypto, 'crypto.', ['algo', 'signature_scope', 'signature_b64']);
  if (missing !== null) return missing;
  const root = rootOfCapsule(capsule);
  if (root === null) return { code: 'BAD_ROOT', detail: 'The capsule_root is not 64 lower-case hex digits.' };
  const capsuleId = capsule.get('capsule_id');
  if (capsuleId !== undefined && typeof capsuleId !== 'string') {
    return { code: 'MEMBER_TYPE', detail: "The capsule's capsule_id is not a text." };
  }
  return {
    pillars,
    root,
    hashes: Object.fromEntries(PILLARS.map((name) => [name, text(capsule, hashMember(name))])) as JsonForm['hashes'],
    signatureBase64: text(crypto, 'signature_b64'),
    algorithm: text(crypto, 'algo'),
    scope: text(crypto, 'signature_scope'),
    capsuleId: capsuleId ?? null,
    uncovered: capsule.names().filter((name) => !MEMBERS.has(name)),
  };
}

const MEMBERS: ReadonlySet<string> = new Set([
  ...PILLARS,
  ...PILLARS.map(hashMember),
  'capsule_id',
  'capsule_root',
  'crypto',
]);

/** The name of the member that holds the pillar's hash. */
export function hashMember(name: PillarName): string {
  return `${name}_hash`;
}

function missingText(object: JsonObject, path: string, names: readonly string[]): Fault | null {
  for (const name of names) {
    const value = object.get(name);
    if (value === undefined) return { code: 'MEMBER_MISSING', detail: `The capsule has no ${path}${name}.` };
    if (typeof value !== 'string') {
      return { code: 'MEMBER_TYPE', detail: `The capsule's ${path}${name} is not a text.` };
    }
  }
  return null;
}

function text(object: JsonObject, name: string): string {
  return textOf(object.get(name)) ?? '';
}
