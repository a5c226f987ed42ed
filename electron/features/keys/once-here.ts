import { DeskError } from '../../../shared/domain/errors.ts';
import type { Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';

interface Done {
  readonly inputHash: string;
  readonly work: Promise<unknown>;
}

const byContext = new WeakMap<FeatureContext, Map<string, Done>>();

/**
 * Does `work` on a staged file once for the caller's key, as long as this desk lives: so long do staged files live, and a
 * file that was written is not written again. What failed may be tried again. INVALID_INPUT for a key that came with
 * another input before.
 */
export function onceHere<T>(context: FeatureContext, write: Write, work: () => Promise<T>): Promise<T> {
  const done = byContext.get(context) ?? new Map<string, Done>();
  byContext.set(context, done);
  const name = JSON.stringify([write.tenant, write.idempotencyKey]);
  const known = done.get(name);
  if (known !== undefined && known.inputHash !== write.inputHash) {
    const message = 'This idempotency key was used before, with another input. Nothing was changed. Use a new key.';
    return Promise.reject(new DeskError('INVALID_INPUT', message, { idempotency_key: write.idempotencyKey }));
  }
  if (known !== undefined) return known.work as Promise<T>;
  const working = work().catch((error: unknown) => {
    done.delete(name);
    throw error;
  });
  done.set(name, { inputHash: write.inputHash, work: working });
  return working;
}
