import { JsonNumber, JsonObject, type JsonValue, objectOf, textOf } from '../../../shared/domain/json/value.ts';

/** A token by its loosest shape: an object whose payload is an object and whose signature is text. */
export interface LooseToken {
  readonly payload: JsonObject;
  readonly signature: string;
  /** By the payload's members alone; null where they are neither generation's. */
  readonly generation: '1.7' | '1.6' | null;
}

/** What the protocol's two generations write into `schema`; nobody upstream looks at it. */
export const TOKEN_SCHEMAS: readonly string[] = ['chora.continuation.token.v3.1', 'chora.continuation.token.v3'];

/** The token, or null where the value has not even the loosest shape. */
export function looseToken(value: JsonValue): LooseToken | null {
  if (!(value instanceof JsonObject)) return null;
  const [payload, signature] = [objectOf(value.get('payload')), textOf(value.get('signature'))];
  if (payload === undefined || signature === undefined) return null;
  return { payload, signature, generation: generationOf(payload) };
}

/** 1.7 names an execution target and counts seconds, 1.6 names an agent and writes times as text. */
function generationOf(payload: JsonObject): LooseToken['generation'] {
  if (payload.has('execution_target')) return '1.7';
  if (payload.has('aid')) return '1.6';
  const iat = payload.get('iat');
  if (iat instanceof JsonNumber) return '1.7';
  return typeof iat === 'string' ? '1.6' : null;
}

/** Whom and what the token lets go on: the members of `execution_target` in 1.7, of the payload itself in 1.6. */
export function targetMembers({ payload, generation }: LooseToken): JsonObject | undefined {
  return generation === '1.7' ? objectOf(payload.get('execution_target')) : payload;
}
