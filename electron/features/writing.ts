import { createHash } from 'node:crypto';
import { jcs } from '../evidence/jcs.ts';
import type { DeskWrite, Write } from '../store/ledger-store.ts';
import type { FeatureContext } from './context.ts';

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
}

/**
 * Who writes, when, and under which key. The input's hash is the SHA-256 of the RFC 8785 form of the call's name and
 * its input without the key, so that the same key with another input is told apart.
 */
export function deskWrite(context: FeatureContext, call: string, input: Acting): DeskWrite {
  const { idempotency_key: idempotencyKey, ...rest } = input;
  const inputHash = sha256Hex(jcs({ call, input: defined(rest) }));
  return { by: input.by, idempotencyKey, inputHash, now: context.clock.now() };
}

/** As `deskWrite`, in the input's tenant. */
export function tenantWrite(context: FeatureContext, call: string, input: Acting & { tenant: string }): Write {
  return { ...deskWrite(context, call, input), tenant: input.tenant };
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
