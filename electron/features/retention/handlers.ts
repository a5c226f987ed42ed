import type { LegalHold, RetentionPreview } from '../../../shared/contract/retention.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { RetentionTally } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { type JobHandle, jobsOf } from '../job/jobs.ts';
import { headWatchOf } from '../log/head-watch.ts';
import { resolveTarget } from '../target.ts';
import { tenantWrite } from '../writing.ts';
import { runRemoval } from './apply-job.ts';
import { rulesAt } from './rules.ts';

type Days = RetentionPreview['rules'];

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
}

/** What the tenant's rules would remove now. NOT_FOUND. */
export async function preview(context: FeatureContext, { tenant }: { tenant: string }): Promise<RetentionPreview> {
  const rules = await daysOf(context, tenant);
  const { held, ...due } = await dueNow(context, tenant, rules);
  return { rules, due, held, tenant_held: await isTenantHeld(context, tenant) };
}

/**
 * Removes what is due as a job, whose id is the key. CONFLICT where the rules are not those that were previewed, or the
 * tenant is held; INTEGRITY_FAILED while its log is not the one remembered; NOT_FOUND.
 */
export async function apply(
  context: FeatureContext,
  input: Acting & { rules: Days; compact: boolean },
): Promise<{ job_id: string }> {
  const { tenant, by, idempotency_key: jobId } = input;
  const { inputHash } = tenantWrite(context, 'retention.apply', input);
  const again = await jobsOf(context).again(jobId, inputHash);
  if (again !== null) return again;
  const days = await daysOf(context, tenant);
  refuseOtherRules(days, input.rules);
  await refuseHeld(context, tenant);
  await (await headWatchOf(context)).refuseOther(tenant);
  const run = async (handle: JobHandle) => {
    const { pieces, values } = await dueNow(context, tenant, days);
    const order = { tenant, by, rules: rulesAt(days, context.clock.now()), compact: input.compact };
    return runRemoval(context, order, pieces + values, handle);
  };
  return jobsOf(context).start({ jobId, inputHash, kind: 'retention', title: 'Remove what is due', tenant, run });
}

/** Legal holds in force. NOT_FOUND. */
export async function holds(context: FeatureContext, { tenant }: { tenant: string }): Promise<{ holds: LegalHold[] }> {
  const found = await context.store.legalHolds(tenant);
  return { holds: found.map(({ key, ...hold }) => ({ ...hold, escalation: key })) };
}

interface HoldInput extends Acting {
  readonly escalation?: { readonly id: string; readonly event?: string | undefined } | undefined;
  readonly reason: string;
}

/** Holds one escalation, else the whole tenant. NOT_FOUND; CONFLICT where several could be meant. */
export async function hold(context: FeatureContext, input: HoldInput): Promise<{ holds: LegalHold[] }> {
  const { tenant, escalation, reason } = input;
  const key = escalation === undefined ? null : await resolveTarget(context, { ...escalation, tenant });
  await context.store.setLegalHold(tenantWrite(context, 'retention.hold', input), { key, reason });
  return holds(context, input);
}

/** Lifts a hold. NOT_FOUND unless it is in force. */
export async function lift(
  context: FeatureContext,
  input: Acting & { hold_id: string; reason: string },
): Promise<{ holds: LegalHold[] }> {
  const { hold_id: holdId, reason } = input;
  await context.store.liftLegalHold(tenantWrite(context, 'retention.lift', input), { holdId, reason });
  return holds(context, input);
}

async function daysOf({ store }: FeatureContext, tenant: string): Promise<Days> {
  const { evidence_days, fields_days } = await store.settings(tenant);
  return { evidence_days, fields_days };
}

async function dueNow({ store, clock }: FeatureContext, tenant: string, days: Days): Promise<RetentionTally> {
  let last: RetentionTally = { escalations: 0, pieces: 0, bytes: 0, events: 0, values: 0, held: 0 };
  for await (const tally of store.retentionDue(tenant, rulesAt(days, clock.now()))) last = tally;
  return last;
}

async function isTenantHeld({ store }: FeatureContext, tenant: string): Promise<boolean> {
  return (await store.legalHolds(tenant)).some(({ key }) => key === null);
}

function refuseOtherRules(now: Days, previewed: Days): void {
  if (now.evidence_days === previewed.evidence_days && now.fields_days === previewed.fields_days) return;
  const message =
    'The rules are not those that were looked at. Nothing was removed. Look at what they would remove now.';
  throw new DeskError('CONFLICT', message, { rules: now });
}

async function refuseHeld(context: FeatureContext, tenant: string): Promise<void> {
  if (!(await isTenantHeld(context, tenant))) return;
  throw new DeskError('CONFLICT', 'A legal hold is on the whole tenant. Nothing was removed. Lift it first.', {});
}
