import type { LogEvent, LogHead, LogRow, SignedHead } from '../../../shared/contract/log.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { FeatureContext } from '../context.ts';
import { tenantWrite } from '../writing.ts';
import { signCheckpointOnce } from './checkpoint.ts';
import { eventFacts } from './event.ts';
import { head } from './head.ts';
import { headWatchOf, NONE_REMEMBERED } from './head-watch.ts';
import { eventOf } from './prove.ts';
import { timelineRow } from './rows.ts';
import { signedHead } from './signed-head.ts';
import { soundnessOf } from './soundness.ts';
import { unlessDamaged } from './unless-damaged.ts';

export { cosign } from './cosign.ts';
export { head } from './head.ts';
export { prove } from './prove.ts';
export { verify } from './verify-log-job.ts';

interface ListInput {
  readonly tenant: string;
  readonly kinds?: readonly string[] | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A page of the timeline, newest first. NOT_FOUND. */
export async function list(
  { store }: FeatureContext,
  { tenant, kinds, before, limit }: ListInput,
): Promise<{ rows: LogRow[]; next_before: string | null; size: string }> {
  const { size } = await store.logHead(tenant);
  const narrowed = kinds === undefined || kinds.length === 0 ? {} : { kinds };
  const from = before === undefined ? {} : { before: Number(before) };
  const rows = (await store.logRows({ tenant, limit, ...narrowed, ...from })).map(timelineRow);
  const last = rows.at(-1)?.seq;
  const more = rows.length === limit && last !== undefined && last !== '0';
  return { rows, next_before: more ? last : null, size: String(size) };
}

/** One event whole. NOT_FOUND. */
export async function get(context: FeatureContext, input: { tenant: string; seq: string }): Promise<LogEvent> {
  return eventFacts(context, input.tenant, await eventOf(context, input.tenant, Number(input.seq)));
}

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
}

/** Signs the head of the log. INTEGRITY_FAILED where it does not follow on what was there before (S61); NOT_FOUND. */
export async function checkpoint(context: FeatureContext, input: Acting): Promise<SignedHead> {
  const stored = await signCheckpointOnce(context, tenantWrite(context, 'log.checkpoint', input));
  const signed = await signedHead(context, input.tenant, stored);
  if (signed !== null) return signed;
  throw new DeskError('INTERNAL', 'The checkpoint that was signed does not verify. Nothing may be concluded from it.');
}

/**
 * Accepts a log that is not the one remembered, or that was found broken; the event stands in the log that is accepted.
 * NOT_FOUND.
 */
export async function accept(context: FeatureContext, input: Acting & { reason: string }): Promise<LogHead> {
  const watch = await headWatchOf(context);
  const { detail, remembered } = await unlessDamaged(watch.compare(input.tenant), NONE_REMEMBERED);
  const other = detail === null || remembered === null ? null : { size: remembered.size, root: remembered.root };
  if (other !== null || (await soundnessOf(context, input.tenant)) === 'broken') {
    const write = tenantWrite(context, 'log.accept', input);
    await context.store.acceptLog(write, { reason: input.reason, remembered: other });
    if (other !== null) await watch.rememberAccepted(input.tenant);
  }
  return head(context, input);
}
