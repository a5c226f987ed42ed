import { type Instant, instantFromEpochSeconds, parseInstant, toUtcText } from '../instant.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import { TokenEnvelope, TokenPayload16, TokenPayload17, TokenTarget } from './token-schema.ts';

export type TokenGeneration = '1.7' | '1.6';

/** A token whose shape is one generation's; nothing of it has been verified. */
export type ReadToken =
  | { generation: '1.7'; token: JsonObject; payload: TokenPayload17; signature: string; unknown: string[] }
  | { generation: '1.6'; token: JsonObject; payload: TokenPayload16; signature: string; unknown: string[] };

/**
 * The token, told by its shape alone: payload and signature there, the members of one generation of the right type.
 * Null for anything else. `unknown` names the members that neither generation's reader keeps, with their path.
 */
export function readToken(value: JsonValue): ReadToken | null {
  const envelope = TokenEnvelope.schema.safeParse(value);
  if (!envelope.success || !(value instanceof JsonObject)) return null;
  const { payload, signature } = envelope.data;
  const beside = unknownMembers(value, TokenEnvelope.names, '');
  const v17 = TokenPayload17.schema.safeParse(payload);
  if (v17.success) {
    const target = payload.get('execution_target');
    const inTarget =
      target instanceof JsonObject ? unknownMembers(target, TokenTarget.names, 'payload.execution_target.') : [];
    const unknown = [...beside, ...unknownMembers(payload, TokenPayload17.names, 'payload.'), ...inTarget];
    return { generation: '1.7', token: value, payload: v17.data, signature, unknown };
  }
  const v16 = TokenPayload16.schema.safeParse(payload);
  if (!v16.success) return null;
  const unknown = [...beside, ...unknownMembers(payload, TokenPayload16.names, 'payload.')];
  return { generation: '1.6', token: value, payload: v16.data, signature, unknown };
}

function unknownMembers(object: JsonObject, known: readonly string[], path: string): string[] {
  return object
    .names()
    .filter((name) => !known.includes(name))
    .map((name) => `${path}${name}`);
}

/**
 * The token as VEX itself writes what it read: known members in the struct's order, null optional ones left out, a
 * missing list of capabilities empty, numbers by their exact text. What is signed is the token as it came, not this.
 */
export function wireToken(read: ReadToken): JsonObject {
  const payload = read.token.get('payload');
  const members = payload instanceof JsonObject ? payload : JsonObject.of([]);
  const names = read.generation === '1.7' ? TokenPayload17.names : TokenPayload16.names;
  return JsonObject.of([
    ['payload', JsonObject.of(names.flatMap((name) => wireMember(members, name)))],
    ['signature', read.signature],
  ]);
}

function wireMember(payload: JsonObject, name: string): [string, JsonValue][] {
  const value = payload.get(name) ?? (name === 'capabilities' ? [] : null);
  if (value === null) return [];
  if (name !== 'execution_target' || !(value instanceof JsonObject)) return [[name, value]];
  return [[name, JsonObject.of(TokenTarget.names.map((member) => [member, value.get(member) ?? '']))]];
}

/** When the token's lifetime begins and ends as it says; null where that is no instant of the years 0000 to 9999. */
export function tokenLifetime(read: ReadToken): { iat: Instant | null; exp: Instant | null } {
  const { iat, exp } = read.payload;
  return { iat: tokenInstant(iat), exp: tokenInstant(exp) };
}

function tokenInstant(written: TokenPayload16['iat'] | TokenPayload17['iat']): Instant | null {
  if (typeof written === 'string') return parseInstant(written, { spaceForT: true });
  const seconds = written.toSafeInteger();
  return seconds === null ? null : instantFromEpochSeconds(seconds);
}

/** The token's facts for display; every one is the issuer's claim until a signature is checked. */
export interface TokenFacts {
  readonly generation: TokenGeneration;
  readonly schema: string;
  readonly ledger_event_id: string;
  readonly aid: string;
  readonly circuit_id?: string;
  readonly intent_hash?: string;
  readonly source_capsule_root: string;
  readonly resolution_event_id?: string;
  readonly capabilities: readonly string[];
  readonly nonce: string;
  /** RFC 3339 in UTC; null where what is written is no instant that can be shown. */
  readonly iat: string | null;
  readonly exp: string | null;
  /** The exact texts of iat and exp. */
  readonly iat_written: string;
  readonly exp_written: string;
  readonly issuer: string;
  readonly signature: string;
  /** Members that VEX would drop, by path. */
  readonly unknown: readonly string[];
}

/** What the token says, decoded; null where it has the shape of neither generation. */
export function describeToken(value: JsonValue): TokenFacts | null {
  const read = readToken(value);
  if (read === null) return null;
  const { payload } = read;
  const { iat, exp } = tokenLifetime(read);
  return {
    generation: read.generation,
    schema: payload.schema,
    ledger_event_id: payload.ledger_event_id,
    source_capsule_root: payload.source_capsule_root,
    ...targetOf(read),
    ...(typeof payload.resolution_event_id === 'string' ? { resolution_event_id: payload.resolution_event_id } : {}),
    capabilities: payload.capabilities ?? [],
    nonce: payload.nonce,
    iat: iat === null ? null : toUtcText(iat),
    exp: exp === null ? null : toUtcText(exp),
    iat_written: typeof payload.iat === 'string' ? payload.iat : payload.iat.text,
    exp_written: typeof payload.exp === 'string' ? payload.exp : payload.exp.text,
    issuer: payload.issuer,
    signature: read.signature,
    unknown: read.unknown,
  };
}

function targetOf(read: ReadToken): { aid: string; circuit_id?: string; intent_hash?: string } {
  if (read.generation === '1.7') return read.payload.execution_target;
  const { aid, circuit_id } = read.payload;
  return typeof circuit_id === 'string' ? { aid, circuit_id } : { aid };
}
