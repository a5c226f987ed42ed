import { z } from 'zod';
import { readJson } from '../../../shared/domain/json/read.ts';
import { JsonObject, type JsonValue } from '../../../shared/domain/json/value.ts';

/** in-toto Statement (in-toto/attestation, spec v1): what is said (the predicate) of which digests (the subjects). */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const OLDER_TYPE = 'https://in-toto.io/Statement/v0.1';
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

export interface Subject {
  readonly name: string | null;
  /** Algorithm to lower-case hex. */
  readonly digest: ReadonlyMap<string, string>;
}

export interface Statement {
  readonly type: string;
  readonly subjects: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

/** How long the digests of known algorithms are, in hex digits. */
const DIGEST_LENGTHS: ReadonlyMap<string, readonly number[]> = new Map([
  ['sha256', [64]],
  ['sha224', [56]],
  ['sha384', [96]],
  ['sha512', [128]],
  ['sha512_224', [56]],
  ['sha512_256', [64]],
  ['sha3_224', [56]],
  ['sha3_256', [64]],
  ['sha3_384', [96]],
  ['sha3_512', [128]],
  ['sha1', [40]],
  ['gitCommit', [40, 64]],
  ['gitTree', [40, 64]],
  ['gitBlob', [40, 64]],
  ['gitTag', [40, 64]],
]);

const Members = z.object({
  _type: z.enum([STATEMENT_TYPE, OLDER_TYPE]),
  subject: z.array(z.instanceof(JsonObject)).min(1),
  predicateType: z.string().min(1),
  predicate: z.instanceof(JsonObject),
});

/** The statement that the bytes are; null where they are none. Unknown members are passed over. */
export function readStatement(bytes: Uint8Array): Statement | null {
  const json = readJson(bytes);
  if (!json.ok || !(json.value instanceof JsonObject)) return null;
  const members = Members.safeParse(Object.fromEntries(json.value.members));
  if (!members.success) return null;
  const subjects = members.data.subject.map(readSubject);
  if (subjects.includes(null)) return null;
  return {
    type: members.data._type,
    subjects: subjects.filter((one) => one !== null),
    predicateType: members.data.predicateType,
    predicate: members.data.predicate,
  };
}

function readSubject(subject: JsonObject): Subject | null {
  const [name, digest] = [subject.get('name'), subject.get('digest')];
  if (!(digest instanceof JsonObject) || digest.members.size === 0) return null;
  if (name !== undefined && typeof name !== 'string') return null;
  const digests = [...digest.members];
  if (!digests.every(isDigest)) return null;
  return { name: name ?? null, digest: new Map(digests) };
}

function isDigest(entry: [string, JsonValue]): entry is [string, string] {
  const [algorithm, value] = entry;
  const lengths = DIGEST_LENGTHS.get(algorithm);
  if (typeof value !== 'string' || value === '') return false;
  return lengths === undefined || (/^[0-9a-f]+$/.test(value) && lengths.includes(value.length));
}
