import type { WireRecord } from '../escalation.ts';
import { readJsonText } from '../json/read.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import { writeJson } from '../json/write.ts';

/** `struct` is the order in which VEX prints a record, `sorted` the order by name in its SQLite rows. */
export type MemberOrder = 'struct' | 'sorted';

/** The members of a record, in the order of VEX's own struct. */
export const STRUCT_ORDER = [
  'escalation_id',
  'status',
  'escalation_event_id',
  'resolution_event_id',
  'resolution_vep_hash',
  'continuation_token',
  'timestamp',
] as const satisfies readonly (keyof WireRecord)[];

/** The record as the compact JSON that vex-persist writes, byte for byte; absent members are left out. */
export function writeRecord(record: WireRecord, order: MemberOrder): string {
  const members: [string, JsonValue][] = [];
  for (const name of STRUCT_ORDER) {
    const value = record[name];
    if (value !== undefined) members.push([name, name === 'continuation_token' ? exact(value) : value]);
  }
  const object = JsonObject.of(members);
  return writeJson(order === 'struct' ? object : sortMembers(object));
}

function exact(text: string): JsonValue {
  const json = readJsonText(text);
  if (!json.ok) throw new Error(`the token kept with a record is no JSON: ${json.message}`);
  return json.value;
}

/** Members by name at every level; all names that VEX writes in a record are ASCII. */
function sortMembers(value: JsonValue): JsonValue {
  if (!(value instanceof JsonObject)) return value;
  const members = [...value.members].map(([name, member]): [string, JsonValue] => [name, sortMembers(member)]);
  return JsonObject.of(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}
