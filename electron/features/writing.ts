import { createHash } from 'node:crypto';
import { jcs } from '../evidence/json/jcs.ts';
import type { DeskWrite, Write } from '../store/ledger-store.ts';
import type { FeatureContext } from './context.ts';

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
}

/**
 * Who writes, when, and under which key. The input's hash is the SHA-256 of the RFC 8785 form of the call's name and
 * what the call means (its input without the key), so that the same key with another input is told apart. `meaning`
 * stands for the input where that names what a second try cannot name again: a file is meant by its bytes, not by the
 * id under which it was staged; the view that was shown guards the call, it is not what is asked for.
 */
export function deskWrite(context: FeatureContext, call: string, input: Acting, meaning: object = input): DeskWrite {
  const asked = { ...meaning, idempotency_key: undefined };
  const inputHash = sha256Hex(jcs({ call, input: defined(asked) }));
  return { by: input.by, idempotencyKey: input.idempotency_key, inputHash, now: context.clock.now() };
}

/** As `deskWrite`, in the input's tenant. */
export function tenantWrite(
  context: FeatureContext,
  call: string,
  input: Acting & { tenant: string },
  meaning: object = input,
): Write {
  return { ...deskWrite(context, call, input, meaning), tenant: input.tenant };
}

/** A write that the desk does by itself, on the way of a call or as a step of a job: under a key that nobody sends again. */
export function unaskedWrite(context: FeatureContext, tenant: string, by: string): Write {
  const idempotencyKey = context.ids.uuid();
  const inputHash = sha256Hex(Buffer.from(idempotencyKey));
  return { tenant, by, idempotencyKey, inputHash, now: context.clock.now() };
}

/** SHA-256 in 64 lower-case hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Members that are undefined are as good as absent; JCS knows none. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, defined(member)]));
}
