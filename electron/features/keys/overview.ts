import type { KeysOverview, OwnKey } from '../../../shared/contract/keys.ts';
import { fingerprintOf } from '../../evidence/trust/fingerprint.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { startVerifyWhereDue } from '../evidence/verify-job.ts';
import { keyRingOf } from './key-ring.ts';

/**
 * The tenant's trust store, and the own keys: the caller's and the desk's, or all of this desk where nobody says who
 * asks. NOT_FOUND.
 */
export async function list(
  context: FeatureContext,
  { tenant, by }: { tenant: string; by?: string | undefined },
): Promise<KeysOverview> {
  const { entries } = await context.store.trust(tenant);
  const keys = await context.store.ownKeys();
  const own: OwnKey[] = [];
  for (const key of keys) {
    if (by === undefined || key.profile_id === null || key.profile_id === by) own.push(await shownKey(context, key));
  }
  return {
    trust: entries,
    own,
    protection: context.keyring === null ? 'passphrase' : 'keyring',
    to_verify: await context.store.countToJudge(tenant, context.clock.now()),
  };
}

/** An own key as the window and the command line know it: nothing of its private part. */
export async function shownKey(context: FeatureContext, key: StoredOwnKey): Promise<OwnKey> {
  const { sealed: _sealed, ...shown } = key;
  return { ...shown, fingerprint: fingerprintOf(key.public_hex), ...(await keyRingOf(context).stateOf(key)) };
}

/**
 * What was verified with other keys is verified again, as a job. What was changed stands even where that cannot be
 * started: an escalation that is opened is judged then.
 */
export async function verifyAgain(context: FeatureContext, tenant: string): Promise<void> {
  try {
    await startVerifyWhereDue(context, tenant);
  } catch (error) {
    context.log(`evidence could not be verified again: ${String(error)}`);
  }
}
