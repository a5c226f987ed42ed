import { DeskError } from '../../../shared/domain/errors.ts';
import type { FeatureContext } from '../context.ts';
import { headWatchOf } from './head-watch.ts';
import { unlessDamaged } from './unless-damaged.ts';

/** What is known of a tenant's log: nothing against it; not the one remembered outside the store; or found broken. */
export type Soundness = 'sound' | 'rolled-back' | 'forked' | 'broken';

/** How the log stands; one that a person accepted with a reason is sound. NOT_FOUND. */
export async function soundnessOf(context: FeatureContext, tenant: string): Promise<Soundness> {
  const verdict = await context.store.logVerdict(tenant);
  if (verdict !== null && verdict.failures.length > 0 && verdict.accepted === null) return 'broken';
  const { state, detail } = await unlessDamaged((await headWatchOf(context)).stateOf(tenant), BROKEN);
  if (detail === null) return 'sound';
  return state === 'rolled-back' || state === 'forked' ? state : 'broken';
}

/**
 * INTEGRITY_FAILED where the log is not the one remembered, or its last whole verification found that it does not hold,
 * unless a person has accepted it: nothing is signed or decided in such a log.
 */
export async function refuseUnsound(context: FeatureContext, tenant: string): Promise<void> {
  await (await headWatchOf(context)).refuseOther(tenant);
  const verdict = await context.store.logVerdict(tenant);
  const [first] = verdict?.accepted === null ? verdict.failures : [];
  if (verdict === null || first === undefined) return;
  const message = `The log does not hold: what was verified on ${verdict.at} differs first at ${first.place}. ${first.detail} Nothing was signed or recorded; all that is there was kept. Look at it with log verify; put a backup back, or accept the log with log accept --reason TEXT.`;
  throw new DeskError('INTEGRITY_FAILED', message, { log: 'broken', verified_at: verdict.at, first });
}

/** Of a log whose tree cannot be read. */
const BROKEN = { state: 'none', detail: '', remembered: null } as const;
