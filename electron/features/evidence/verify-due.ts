import type { FeatureContext } from '../context.ts';
import { judgeAll } from './judge.ts';
import { isVerifying, startVerify } from './verify-job.ts';

/** Escalations that are judged in one turn of the timers; where more wait, a job does it. */
const IN_A_TURN = 50;

/**
 * Verifies what became due by itself: lifetimes that began or ended, and what a desk that died left unverified. One
 * turn over all tenants. Whoever calls holds the lease for timers.
 */
export async function verifyDue(context: FeatureContext): Promise<void> {
  const { store, clock } = context;
  let left = IN_A_TURN;
  for (const tenant of await store.tenants()) {
    if (left === 0) return;
    if (isVerifying(context, tenant)) continue;
    const { keys, next } = await store.toJudge({ tenant, now: clock.now(), all: false, after: null, limit: left });
    if (next !== null) {
      await startVerify(context, tenant);
      continue;
    }
    await judgeAll(context, tenant, keys);
    left -= keys.length;
  }
}
