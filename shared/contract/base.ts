import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../domain/errors.ts';
import { Tenant, Uuid, WellFormedText } from '../domain/escalation.ts';
import { ERROR_STATUS } from './error-status.ts';

/** What a reviewer, an auditor, an operator may do in a tenant; `anyone` needs no role (desk-wide reads). */
export const ROLES = ['reviewer', 'auditor', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Names of the query families that a mutation or a notice makes stale; the renderer's query keys begin with them. */
export const TOPICS = [
  'queue',
  'escalation',
  'job',
  'transfer',
  'profile',
  'settings',
  'desk',
  'hold',
  'keys',
  'log',
] as const;
export type Topic = (typeof TOPICS)[number];

export interface ProcedureMeta {
  readonly kind: 'query' | 'mutation' | 'stream';
  /** Roles of which one is needed in the input's tenant; empty: none. */
  readonly roles: readonly Role[];
  readonly invalidates: readonly Topic[];
}

const ErrorData = z.strictObject({ details: z.record(z.string(), z.unknown()) });

type ErrorMap<C extends ErrorCode> = { [code in C]: { data: typeof ErrorData; status: number } };

function errorMap<C extends ErrorCode>(codes: readonly C[]): ErrorMap<C> {
  return Object.fromEntries(
    codes.map((code) => [code, { data: ErrorData, status: ERROR_STATUS[code] }]),
  ) as ErrorMap<C>;
}

/** Errors that any call may end with, whatever it does. */
const ALWAYS = ['INVALID_INPUT', 'UNAUTHORIZED', 'FORBIDDEN', 'LIMIT_EXCEEDED', 'STORE_BUSY', 'INTERNAL'] as const;
const ON_WRITE = ['STORE_READ_ONLY', 'CONFLICT'] as const;

const base = oc.$meta<ProcedureMeta>({ kind: 'query', roles: [], invalidates: [] });

/** A procedure that reads; `errors` are the codes it can return besides those that any call can. */
export function query<C extends ErrorCode = never>(roles: readonly Role[], errors: readonly C[] = []) {
  return base.meta({ kind: 'query', roles, invalidates: [] }).errors(errorMap([...ALWAYS, ...errors]));
}

/** A procedure that acts once for an idempotency key, and what it makes stale. */
export function mutation<C extends ErrorCode = never>(
  roles: readonly Role[],
  invalidates: readonly Topic[],
  errors: readonly C[] = [],
) {
  return base.meta({ kind: 'mutation', roles, invalidates }).errors(errorMap([...ALWAYS, ...ON_WRITE, ...errors]));
}

/** A procedure that streams. */
export function stream(roles: readonly Role[]) {
  return base.meta({ kind: 'stream', roles, invalidates: [] }).errors(errorMap([...ALWAYS]));
}

/** Who acts, and the caller's key: the same key with the same input acts once and answers the same. */
export const Acting = z.strictObject({ by: Uuid, idempotency_key: Uuid });
export const InTenant = z.strictObject({ tenant: Tenant });

/** Which escalation: `event` may be left out where the id has only one, else the active one is meant. */
export const Target = z.strictObject({ tenant: Tenant, id: WellFormedText, event: Uuid.optional() });

/** Guards a change against a state not seen: the escalation's version, decimal text. */
export const Expecting = z.strictObject({ expect_version: z.string().optional() });

/** A file that the host has taken in charge (dialog, drop, upload, argument); the renderer never names a path. */
export const StagedId = Uuid;

export const ErrorCodeSchema = z.enum(ERROR_CODES);
