import type { LogHead } from '../../../shared/contract/log.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import type { FeatureContext } from '../context.ts';
import { headWatchOf } from './head-watch.ts';
import { originOf } from './origin.ts';
import { timelineRow } from './rows.ts';
import { signedHead } from './signed-head.ts';

/** The state that the tenant's log is in. NOT_FOUND. */
export async function head(context: FeatureContext, { tenant }: { tenant: string }): Promise<LogHead> {
  const { store } = context;
  const { uid, size, root } = await store.logHead(tenant);
  const [newest = null] = await store.checkpoints(tenant, 1);
  const { state, detail } = await (await headWatchOf(context)).stateOf(tenant);
  return {
    origin: originOf(uid),
    size: String(size),
    root: encodeHex(root),
    checkpoint: newest === null ? null : await signedHead(context, tenant, newest),
    due_since: await dueSince(context, tenant),
    verified: await lastVerified(context, tenant),
    remembered: state,
    remembered_detail: detail,
  };
}

/**
 * When the first event was recorded that no checkpoint stands over; of one that cannot be read it is known only that it came
 * after the last checkpoint. null while there is none. NOT_FOUND.
 */
export async function dueSince({ store, clock }: FeatureContext, tenant: string): Promise<string | null> {
  const [newest] = await store.checkpoints(tenant, 1);
  const event = await store.logEvent(tenant, newest?.size ?? 0);
  return event === null ? null : (timelineRow(event).at ?? newest?.madeAt ?? instantText(clock.now()));
}

/** What the last verification of the whole log came to, by whichever desk of the store. */
async function lastVerified({ store }: FeatureContext, tenant: string): Promise<LogHead['verified']> {
  const last = await store.logVerdict(tenant);
  if (last === null) return null;
  const [first] = last.failures;
  const verdict: Verdict = first === undefined ? 'verified' : 'failed';
  const first_difference = first === undefined ? null : `${first.place}: ${first.detail}`;
  return { at: last.at, size: String(last.size), verdict, first_difference, accepted: last.accepted };
}
