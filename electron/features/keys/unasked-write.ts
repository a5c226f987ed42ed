import type { Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { sha256Hex } from '../writing.ts';

/** A write that the desk does by itself on the way of a call: under a key of its own, that nobody sends again. */
export function unaskedWrite(context: FeatureContext, tenant: string, by: string): Write {
  const idempotencyKey = context.ids.uuid();
  const inputHash = sha256Hex(Buffer.from(idempotencyKey));
  return { tenant, by, idempotencyKey, inputHash, now: context.clock.now() };
}
