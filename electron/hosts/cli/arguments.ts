import { randomUUID } from 'node:crypto';
import type { ParseArgsOptionsConfig } from 'node:util';
import { parseInstant, toUtcText } from '../../../shared/domain/instant.ts';
import { usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  store: { type: 'string' },
  'store-file': { type: 'string' },
  tenant: { type: 'string', multiple: true },
  'tenant-json': { type: 'string', multiple: true },
  json: { type: 'boolean' },
  as: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** Options of commands that change something. */
export const CHANGE_OPTIONS = {
  'idempotency-key': { type: 'string' },
  'expect-version': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

/** Options of commands that name one escalation. */
export const ID_OPTIONS = {
  'id-json': { type: 'string' },
  event: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

type Values = Invocation['values'];

/** The option's text; undefined when it was not given. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The option's text; INVALID_INPUT when it was not given. */
export function requiredText(values: Values, name: string): string {
  const value = textOf(values, name);
  if (value === undefined) throw usageError(`--${name} is missing. Nothing was done.`);
  return value;
}

/** All texts of an option that may be repeated. */
export function textsOf(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A lower-case UUID; INVALID_INPUT for anything else. */
export function uuidOf(values: Values, name: string): string | undefined {
  const text = textOf(values, name)?.toLowerCase();
  if (text === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text;
  throw usageError(`--${name} is no UUID. Nothing was done.`);
}

/** An instant in UTC, as the contract takes it; INVALID_INPUT for anything that RFC 3339 does not know. */
export function instantOf(values: Values, name: string): string | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === null) throw usageError(`--${name} is no instant, such as 2026-11-15T15:00:00Z. Nothing was done.`);
  return toUtcText(instant);
}

/** The value when it is one of the list; INVALID_INPUT names the list. */
export function oneOf<T extends string>(values: Values, name: string, known: readonly T[]): T | undefined {
  const text = textOf(values, name);
  const value = known.find((one) => one === text);
  if (text !== undefined && value === undefined) throw usageError(`--${name} takes one of: ${known.join(', ')}.`);
  return value;
}

/** A whole number of at least 1; INVALID_INPUT for anything else. */
export function countOf(values: Values, name: string): number | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw usageError(`--${name} is no whole number of at least 1.`);
  return Number(text);
}

/** The tenants that were named, by `--tenant` as they stand and by `--tenant-json` as JSON texts. */
export function namedTenants(values: Values): string[] {
  return [...textsOf(values, 'tenant'), ...textsOf(values, 'tenant-json').map((json) => jsonText(json, 'tenant-json'))];
}

/** The escalation's id, and what is left of the positionals: `--id-json` takes what an argument cannot carry. */
export function idOf({ values, positionals }: Invocation): { id: string; rest: readonly string[] } {
  const json = textOf(values, 'id-json');
  if (json !== undefined) return { id: jsonText(json, 'id-json'), rest: positionals };
  const [id, ...rest] = positionals;
  if (id === undefined) throw usageError('The escalation is missing: give its id, or --id-json. Nothing was done.');
  return { id, rest };
}

/** The escalation that is meant, and nothing beside it. */
export function targetOf(invocation: Invocation): { id: string; event?: string } {
  const { id, rest } = idOf(invocation);
  if (rest.length > 0) throw usageError('There are more arguments than this command takes. Nothing was done.');
  const event = uuidOf(invocation.values, 'event');
  return event === undefined ? { id } : { id, event };
}

/** The caller's key, random where none is given, and the version that it expects; INVALID_INPUT for other texts. */
export function changeOf(values: Values): { idempotency_key: string; expect_version?: string } {
  const key = uuidOf(values, 'idempotency-key') ?? randomUUID();
  const version = textOf(values, 'expect-version');
  if (version !== undefined && !/^[1-9]\d{0,19}$/.test(version)) {
    throw usageError('--expect-version takes a version as the desk prints it. Nothing was done.');
  }
  return version === undefined ? { idempotency_key: key } : { idempotency_key: key, expect_version: version };
}

function jsonText(json: string, option: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw usageError(`--${option} is no JSON. Nothing was done.`);
  }
  if (typeof value === 'string' && value.isWellFormed()) return value;
  throw usageError(`--${option} is no JSON string of well-formed Unicode. Nothing was done.`);
}
