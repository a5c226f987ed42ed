import { writeByteArray } from './byte-array.ts';
import { JsonNumber, JsonObject, type JsonValue } from './value.ts';

/**
 * The value as compact JSON text: members in their order, numbers by their exact text, byte arrays as arrays of
 * numbers, strings escaped as `JSON.stringify` and serde_json do. Reading it back gives the same value.
 */
export function writeJson(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof JsonObject) return writeObject(value);
  if (value instanceof Uint8Array) return writeByteArray(value);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  return String(value);
}

function writeObject(object: JsonObject): string {
  let text = '{';
  for (const [name, member] of object.members) {
    text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:${writeJson(member)}`;
  }
  return `${text}}`;
}
