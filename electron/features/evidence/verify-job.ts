import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VerifyResult } from '../../../shared/contract/job.ts';
import type { FeatureContext } from '../context.ts';
import { type JobHandle, type JobOutcome, jobsOf } from '../job/jobs.ts';
import { sha256Hex } from '../writing.ts';
import { judgeAll } from './judge.ts';
import { VerifyTally } from './verify-tally.ts';

/** Escalations that are looked up at once. */
const BATCH = 100;
const TITLE = 'Verify evidence';
/** The store counts no further than this: as many, or more. */
const COUNTED_AT_MOST = 10_000;

interface Round {
  readonly jobId: string;
  /** Once more when this walk is over: keys changed, or more was asked for. */
  again: boolean;
  all: boolean;
}

export interface VerifyOrder {
  readonly jobId: string;
  readonly inputHash: string;
  /** Also what is judged with the present keys. */
  readonly all: boolean;
}

const byContext = new WeakMap<FeatureContext, Map<string, Round>>();

/**
 * Starts the job that verifies what of the tenant's evidence is not judged with its present keys; its result is a
 * VerifyResult. One runs at a time for a tenant: while it does, it is told to go round again, and its id is the answer.
 * CONFLICT: the desk closes.
 */
export async function startVerify(
  context: FeatureContext,
  tenant: string,
  order: VerifyOrder = { ...ownOrder(context), all: false },
): Promise<{ job_id: string }> {
  const rounds = roundsOf(context);
  const running = rounds.get(tenant);
  if (running !== undefined) {
    running.again = true;
    running.all ||= order.all;
    return { job_id: running.jobId };
  }
  const { jobId, inputHash, all } = order;
  const round = { jobId, again: false, all };
  rounds.set(tenant, round);
  const run = (handle: JobHandle) => goRound(context, tenant, round, handle);
  try {
    return await jobsOf(context).start({ jobId, inputHash, kind: 'verify', title: TITLE, tenant, run });
  } catch (error) {
    rounds.delete(tenant);
    throw error;
  }
}

/** As `startVerify`, where there is something to verify; null where there is nothing. */
export async function startVerifyWhereDue(context: FeatureContext, tenant: string): Promise<{ job_id: string } | null> {
  const due = await context.store.countToJudge(tenant, context.clock.now());
  return due === 0 ? null : startVerify(context, tenant);
}

/** Whether a verification of the tenant runs in this desk. */
export function isVerifying(context: FeatureContext, tenant: string): boolean {
  return roundsOf(context).has(tenant);
}

async function goRound(context: FeatureContext, tenant: string, round: Round, handle: JobHandle): Promise<JobOutcome> {
  const tally = new VerifyTally();
  try {
    do {
      const { all } = round;
      [round.again, round.all] = [false, false];
      await walk(context, tenant, all, tally, handle);
    } while (round.again && !handle.signal.aborted);
  } finally {
    roundsOf(context).delete(tenant);
  }
  const verify_result: VerifyResult = tally.result();
  return { cancelled: handle.signal.aborted, result: { verify_result } };
}

async function walk(
  context: FeatureContext,
  tenant: string,
  all: boolean,
  tally: VerifyTally,
  { signal, progress }: JobHandle,
): Promise<void> {
  const { store, clock } = context;
  const due = all ? COUNTED_AT_MOST : await store.countToJudge(tenant, clock.now());
  const total = due < COUNTED_AT_MOST ? tally.judged + due : null;
  let after: string | null = null;
  do {
    const { keys, next } = await store.toJudge({ tenant, now: clock.now(), all, after, limit: BATCH });
    tally.add(await judgeAll(context, tenant, keys, { force: all, signal }));
    progress(tally.judged, total === null ? null : Math.max(total, tally.judged), 'escalations');
    after = next;
    await nextTurn();
  } while (after !== null && !signal.aborted);
}

function roundsOf(context: FeatureContext): Map<string, Round> {
  const known = byContext.get(context);
  if (known !== undefined) return known;
  const rounds = new Map<string, Round>();
  byContext.set(context, rounds);
  return rounds;
}

/** Of a job that nobody called for: its id is nobody's key. */
function ownOrder({ ids }: FeatureContext): Omit<VerifyOrder, 'all'> {
  const jobId = ids.uuid();
  return { jobId, inputHash: sha256Hex(Buffer.from(jobId)) };
}
