import type { Invocation } from './invocation.ts';
import { passphraseOf } from './passphrase.ts';
import type { Session } from './session.ts';

/**
 * Opens the reviewer's newest key for this one call where a passphrase is given for it; without one the desk says itself
 * what it lacks. UNAUTHORIZED: it is another passphrase.
 */
export async function openKeyToSeal(
  invocation: Invocation,
  session: Session,
  { tenant, by, key }: { tenant: string; by: string; key: string },
): Promise<void> {
  const passphrase = await passphraseOf(invocation);
  if (passphrase === undefined) return;
  const { own } = await session.client.keys.list({ tenant, by });
  const newest = own.findLast(({ purpose, status }) => purpose === 'reviewer' && status === 'in-use');
  if (newest === undefined || newest.protection !== 'passphrase') return;
  await session.client.keys.unlock({ by, tenant, key_id: newest.key_id, idempotency_key: key, passphrase, minutes: 1 });
}
