import type { LogHead } from '../../../shared/contract/log.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import type { FeatureContext } from '../context.ts';
import { headWatchOf } from './head-watch.ts';
import { originOf } from './origin.ts';
import { leafOf } from './rows.ts';
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

/** When the first event was recorded that no checkpoint stands over; null while there is none. NOT_FOUND. */
export async function dueSince({ store }: FeatureContext, tenant: string): Promise<string | null> {
  const [newest] = await store.checkpoints(tenant, 1);
  const event = await store.logEvent(tenant, newest?.size ?? 0);
  return event === null ? null : leafOf(event).at;
}

/** What the last verification of the whole log on this desk came to. */
async function lastVerified({ store }: FeatureContext, tenant: string): Promise<LogHead['verified']> {
  const jobs = await store.jobs('verify-log');
  const last = jobs.find((job) => job.tenant === tenant && job.state === 'done');
  const result = last?.log_result ?? null;
  if (last === undefined || result === null) return null;
  const verdict: Verdict = result.verified ? 'verified' : 'failed';
  const [first] = result.failures;
  const first_difference = first === undefined ? null : `${first.place}: ${first.detail}`;
  return { at: last.ended_at ?? last.started_at, size: result.size, verdict, first_difference };
}
