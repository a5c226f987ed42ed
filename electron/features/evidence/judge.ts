import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { EscalationKey } from '../../../shared/domain/escalation.ts';
import { type Instant, instantFromEpochMillis } from '../../../shared/domain/instant.ts';
import type { JudgedAnew, NewJudgement } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { trustOf } from '../keys/trust-store.ts';
import { judgeSubject } from './judge-subject.ts';

/** Verifying holds the event loop no longer than this, so that other calls get their turn. */
const TURN_MS = 8;
/** Judgements that are kept in one transaction, which nothing else can interrupt. */
const AT_ONCE = 20;

export interface JudgeOptions {
  /** Judges anew what is current already. */
  readonly force?: boolean;
  /** Aborted: what was judged so far is kept, the rest is left. */
  readonly signal?: AbortSignal;
}

export interface Judged {
  readonly judgements: readonly NewJudgement[];
  /** Those judged before whose verdict is another now. */
  readonly changed: readonly JudgedAnew[];
}

/**
 * Verifies the evidence of the tenant's escalations with its pinned keys at this instant, as far as their judgements
 * are not current, and keeps what was found, some at a time. Other calls are answered meanwhile. Errors: STORE_*.
 */
export async function judgeAll(
  context: FeatureContext,
  tenant: string,
  keys: readonly EscalationKey[],
  { force = false, signal }: JudgeOptions = {},
): Promise<Judged> {
  const judgements: NewJudgement[] = [];
  const changed: JudgedAnew[] = [];
  for (let from = 0; from < keys.length && signal?.aborted !== true; from += AT_ONCE) {
    if (from > 0) await nextTurn();
    const now = context.clock.now();
    const found = await judgeSome(context, tenant, keys.slice(from, from + AT_ONCE), { force, now });
    if (found.length === 0) continue;
    if (found.length > 1) await nextTurn();
    changed.push(...(await context.store.saveJudgements(tenant, found, now)));
    judgements.push(...found);
    context.changed();
  }
  return { judgements, changed };
}

async function judgeSome(
  context: FeatureContext,
  tenant: string,
  keys: readonly EscalationKey[],
  { force, now }: { force: boolean; now: number },
): Promise<NewJudgement[]> {
  const { store, clock } = context;
  const at = instantOf(now);
  let known = await trustOf(context, tenant);
  const found: NewJudgement[] = [];
  let turnBegan = clock.monotonic();
  for (const key of keys) {
    const subject = await store.judgeSubject(key, now, force);
    if (subject === null) continue;
    // Keys that changed since: with the old ones the store would leave the judgement out.
    if (subject.epoch !== known.epoch) known = await trustOf(context, tenant);
    found.push(judgeSubject(subject, { at, ...known }));
    if (clock.monotonic() - turnBegan < TURN_MS) continue;
    await nextTurn();
    turnBegan = clock.monotonic();
  }
  return found;
}

/** As `judgeAll`, of one escalation. */
export async function judgeNow(context: FeatureContext, key: EscalationKey, options: JudgeOptions = {}): Promise<void> {
  await judgeAll(context, key.tenant, [key], options);
}

/**
 * As `judgeAll`, for a reader who is about to look at them: a store that takes no writes now shows what is not judged
 * as unchecked, which is better than nothing.
 */
export async function judgeToRead(
  context: FeatureContext,
  tenant: string,
  keys: readonly EscalationKey[],
): Promise<void> {
  try {
    await judgeAll(context, tenant, keys);
  } catch (error) {
    if (!(error instanceof DeskError && error.code.startsWith('STORE_'))) throw error;
  }
}

/** Epoch milliseconds as the verifiers take an instant. */
export function instantOf(epochMs: number): Instant {
  const instant = instantFromEpochMillis(epochMs);
  if (instant === null) throw new DeskError('INTERNAL', 'The clock stands outside the years 0 to 9999.');
  return instant;
}
