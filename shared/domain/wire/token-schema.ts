import { z } from 'zod';
import { JsonNumber, JsonObject } from '../json/value.ts';

/**
 * The continuation token of both protocol generations, member by member in the order in which VEX writes them
 * (docs/formats/vex-records.md). The schemas read exact JSON, not plain data: a number stays the text it was.
 */

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** An integer that upstream's i64 holds. */
const Int64 = z.instanceof(JsonNumber).refine((number) => {
  const value = number.text.length > 20 ? null : number.toBigInt();
  return value !== null && value >= MIN_INT64 && value <= MAX_INT64;
}, 'is no 64-bit integer');

/** Upstream reads a missing list as an empty one. */
const Capabilities = z.array(z.string()).optional();

/** Members of an exact JSON object as a record that zod can look into; `__proto__` becomes an own member (S52). */
function exactObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape);
  const schema = z.preprocess(
    (value) => (value instanceof JsonObject ? Object.fromEntries(value.members) : undefined),
    object,
  );
  return { schema, names: Object.keys(shape) };
}

const targetShape = { aid: z.string(), circuit_id: z.string(), intent_hash: z.string() };
const Target = exactObject(targetShape);

const Payload17 = exactObject({
  schema: z.string(),
  ledger_event_id: z.string(),
  source_capsule_root: z.string(),
  resolution_event_id: z.string().nullish(),
  capabilities: Capabilities,
  nonce: z.string(),
  execution_target: Target.schema,
  iat: Int64,
  exp: Int64,
  issuer: z.string(),
});

const Payload16 = exactObject({
  schema: z.string(),
  ledger_event_id: z.string(),
  aid: z.string(),
  source_capsule_root: z.string(),
  circuit_id: z.string().nullish(),
  resolution_event_id: z.string().nullish(),
  capabilities: Capabilities,
  nonce: z.string(),
  iat: z.string(),
  exp: z.string(),
  issuer: z.string(),
});

export const TokenEnvelope = exactObject({ payload: z.instanceof(JsonObject), signature: z.string() });
export const TokenTarget = Target;
export const TokenPayload17 = Payload17;
export const TokenPayload16 = Payload16;
export type TokenPayload17 = z.infer<typeof Payload17.schema>;
export type TokenPayload16 = z.infer<typeof Payload16.schema>;
