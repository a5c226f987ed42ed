import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RetentionResult } from '../../../shared/contract/retention.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { RetentionRules, RetentionTally } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import type { JobHandle, JobOutcome } from '../job/jobs.ts';

export interface RemovalOrder {
  readonly tenant: string;
  readonly by: string;
  readonly rules: RetentionRules;
  /** The store's file is to be written anew, however large it is. */
  readonly compact: boolean;
}

/** A file of this size is written anew in about a second. */
const SMALL_BYTES = 64 * 1024 * 1024;

type Removed = RetentionResult['removed'];
const NOTHING: Removed = { escalations: 0, pieces: 0, bytes: 0, events: 0, values: 0 };

/**
 * Removes what is due, step by step, each with its events, and then gives the room back. Cancelled or killed, what was
 * removed is removed, and the rest is due still.
 */
export async function runRemoval(
  context: FeatureContext,
  order: RemovalOrder,
  total: number,
  handle: JobHandle,
): Promise<JobOutcome> {
  let removed = NOTHING;
  let after: string | null = null;
  handle.progress(0, total, 'values');
  do {
    const step = await removeStep(context, order, handle.jobId, after);
    removed = plus(removed, step.removed);
    after = step.next;
    handle.progress(removed.pieces + removed.values, total, 'values');
    await nextTurn();
  } while (after !== null && !handle.signal.aborted);
  const room_given_back = await giveRoomBack(context);
  const compacted = await context.store.compact(order.compact ? null : SMALL_BYTES);
  const retention_result: RetentionResult = { removed, room_given_back, compacted };
  return { cancelled: after !== null, result: { retention_result } };
}

function removeStep({ store, ids, clock }: FeatureContext, order: RemovalOrder, jobId: string, after: string | null) {
  const { tenant, by, rules } = order;
  const idempotencyKey = ids.uuid();
  const write = { tenant, by, idempotencyKey, inputHash: idempotencyKey, now: clock.now() };
  return store.removeDue(write, { jobId, rules, after });
}

/** Also where nothing was removed: a job that was killed may have left room behind. */
async function giveRoomBack({ store }: FeatureContext): Promise<boolean> {
  try {
    while ((await store.reclaim()).left > 0) await nextTurn();
    return true;
  } catch (error) {
    if (error instanceof DeskError && error.code === 'STORE_BUSY') return false;
    throw error;
  }
}

function plus(a: Removed, b: RetentionTally): Removed {
  return {
    escalations: a.escalations + b.escalations,
    pieces: a.pieces + b.pieces,
    bytes: a.bytes + b.bytes,
    events: a.events + b.events,
    values: a.values + b.values,
  };
}
