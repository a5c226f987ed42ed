import { readJsonText } from '../../../shared/domain/json/read.ts';
import { JsonObject, type JsonValue, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { REQUEST_TEXTS } from '../../../shared/domain/wire/audit-event.ts';

/** One member of the event's data: its path and its value as text, both the agent's. */
export interface RawMember {
  readonly path: string;
  readonly value: string;
}

/** Members of text that the page has a place of its own for. */
const PLACED: ReadonlySet<string> = new Set([...REQUEST_TEXTS, 'escalation_id']);

/**
 * The members of an event's data that have no place of their own on the page, in the order they were written, those
 * of inner objects by their path (`intent.confidence`). A placed member of another type than text is among them, so
 * nothing that the agent sent is left out. Numbers keep their exact text.
 */
export function otherMembers(raw: string): readonly RawMember[] {
  const read = readJsonText(raw);
  if (!read.ok) return [{ path: '', value: raw }];
  if (!(read.value instanceof JsonObject)) return [{ path: '', value: writeJson(read.value) }];
  return flatten(read.value, '');
}

function flatten(object: JsonObject, prefix: string): RawMember[] {
  return [...object.members].flatMap(([name, value]) => {
    if (prefix === '' && isPlaced(name, value)) return [];
    const path = prefix + name;
    const inner = value instanceof JsonObject && value.size > 0 ? value : null;
    return inner === null ? [{ path, value: shownValue(value) }] : flatten(inner, `${path}.`);
  });
}

function isPlaced(name: string, value: JsonValue): boolean {
  return PLACED.has(name) ? typeof value === 'string' : name === 'amount' && value !== null;
}

function shownValue(value: JsonValue): string {
  return textOf(value) ?? writeJson(value);
}

/** The agent's own number for how sure it is (`intent.confidence`), as it was written; null where there is none. */
export function confidenceOf(raw: string): string | null {
  const read = readJsonText(raw);
  const data = read.ok ? objectOf(read.value) : undefined;
  const confidence = objectOf(data?.get('intent'))?.get('confidence') ?? data?.get('confidence');
  return confidence === undefined || confidence === null ? null : shownValue(confidence);
}

/** The whole of an event's data, one member a line, for reading; exact in every name and value. */
export function laidOut(raw: string): string {
  const read = readJsonText(raw);
  return read.ok ? lines(read.value, '').join('\n') : raw;
}

function lines(value: JsonValue, indent: string): string[] {
  const inner = `${indent}  `;
  if (value instanceof JsonObject && value.size > 0) {
    const members = [...value.members].map(([name, member]) => [`${JSON.stringify(name)}: `, member] as const);
    return bracket('{', '}', members, indent, inner);
  }
  if (Array.isArray(value) && value.length > 0) {
    return bracket(
      '[',
      ']',
      (value as readonly JsonValue[]).map((item) => ['', item] as const),
      indent,
      inner,
    );
  }
  return [writeJson(value)];
}

function bracket(
  open: string,
  close: string,
  members: readonly (readonly [string, JsonValue])[],
  indent: string,
  inner: string,
): string[] {
  const body = members.flatMap(([name, value], n) => {
    const [first = '', ...rest] = lines(value, inner);
    const all = [`${inner}${name}${first}`, ...rest];
    const comma = n < members.length - 1 ? ',' : '';
    return [...all.slice(0, -1), `${all.at(-1) ?? ''}${comma}`];
  });
  return [open, ...body, `${indent}${close}`];
}
