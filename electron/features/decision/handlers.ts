import type { DecideInput, Draft } from '../../../shared/contract/decision.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { NewDecision } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { fileFacts } from '../escalation/evidence-file.ts';
import { refuseUnsound } from '../log/soundness.ts';
import { profileOf } from '../profile/handlers.ts';
import { stagedBytes } from '../staged-bytes.ts';
import { guarded, resolveTarget, type Target } from '../target.ts';
import { sha256Hex, tenantWrite } from '../writing.ts';
import { lookAt } from './examine.ts';
import { holdLength } from './hold-length.ts';
import type { Holds } from './holds.ts';
import { newDecision } from './new-decision.ts';
import { pendingOf } from './pending.ts';
import { record } from './record.ts';
import { judgeResolution } from './resolution.ts';

/** Records a decision at once; answers after the commit. Errors as `newDecision`; CONFLICT, ALREADY_DECIDED. */
export async function decide(context: FeatureContext, input: DecideInput): Promise<Escalation> {
  const { decision, examined, keys } = await newDecision(context, input);
  const write = tenantWrite(context, 'decision.decide', input, meaningOf(input, decision));
  return record(context, write, decision, examined, keys);
}

/** Stores the decision for the profile's undo hold, or records it at once where there is no time for one. */
export async function hold(context: FeatureContext, holds: Holds, input: DecideInput) {
  const { decision, examined, keys } = await newDecision(context, input);
  const { deadline } = examined.stored.escalation;
  const write = tenantWrite(context, 'decision.hold', input, meaningOf(input, decision));
  const { hold_seconds } = await profileOf(context, input.by);
  const deadlineMs = deadline === null ? null : Date.parse(deadline.at);
  const ms = holdLength(hold_seconds, deadlineMs, write.now);
  if (ms === 0) return { pending: null, escalation: await record(context, write, decision, examined, keys) };
  // The id is the key's own: a hold that is sent again is the same hold.
  const pendingId = input.idempotency_key;
  const dueAtMs = write.now + ms;
  const draft = draftOf(input);
  const stored = await context.store.hold(write, { pendingId, owner: context.owner, dueAtMs, decision, draft });
  holds.startOnce(input.tenant, pendingId, ms);
  return { pending: pendingOf(stored, holds.stateOf(stored)), escalation: null };
}

interface PendingTarget {
  by: string;
  idempotency_key: string;
  tenant: string;
  pending_id: string;
}

/** Takes a pending decision of one's own back; its form is kept as a draft. FORBIDDEN; NOT_FOUND when it is recorded. */
export async function cancel(context: FeatureContext, holds: Holds, input: PendingTarget): Promise<Draft> {
  await checkOwn(context, input);
  const draft = await context.store.cancelHold(
    tenantWrite(context, 'decision.cancel', input),
    input.pending_id,
    'undone',
  );
  holds.stop(input.pending_id);
  return draft;
}

/** Ends one's own hold now and records. FORBIDDEN; else as `Holds.recordNow`. */
export async function recordNow(context: FeatureContext, holds: Holds, input: PendingTarget): Promise<Escalation> {
  await checkOwn(context, input);
  return holds.recordNow(input.tenant, input.pending_id);
}

/** What another reviewer is about to decide, nobody else ends. One that is over already is the caller's to be told of. */
async function checkOwn(context: FeatureContext, input: PendingTarget): Promise<void> {
  const held = await context.store.readPending(input.tenant, input.pending_id);
  if (held === null || held.by_profile === input.by) return;
  throw new DeskError('FORBIDDEN', 'Another reviewer is deciding this. Nothing was changed.', { by: held.by });
}

/** The tenant's pending decisions, of all who work on the store. */
export async function pending(context: FeatureContext, holds: Holds, input: { tenant: string }) {
  const all = await context.store.pending(input.tenant);
  return all.map((one) => pendingOf(one, holds.stateOf(one)));
}

interface Correction extends Target {
  by: string;
  idempotency_key: string;
  expect_version?: string | undefined;
  reason: string;
}

/**
 * Adds an event that points at the decision; the decision itself never changes (I3). NOT_FOUND, CONFLICT; INTEGRITY_FAILED
 * as `refuseUnsound`.
 */
export async function correct(context: FeatureContext, input: Correction): Promise<Escalation> {
  await refuseUnsound(context, input.tenant);
  const key = await resolveTarget(context, input);
  const target = { ...guarded(key, input.expect_version), reason: input.reason };
  return context.store.correct(tenantWrite(context, 'decision.correct', input), target);
}

/**
 * What a staged file is, before it is used, and what it is worth as the target's resolution: nothing is stored.
 * NOT_FOUND, CONFLICT, LIMIT_EXCEEDED.
 */
export async function inspect(context: FeatureContext, input: { staged: string; target?: Target | undefined }) {
  const file = context.staging.source(input.staged);
  const bytes = await stagedBytes(file);
  const { kind, root } = fileFacts(bytes);
  const { target } = input;
  const report =
    target === undefined ? null : judgeResolution(bytes, await lookAt(context, await resolveTarget(context, target)));
  return { name: file.name, sha256: sha256Hex(bytes), bytes: bytes.length, kind, root, report };
}

/** The profile's draft of this escalation, or null. NOT_FOUND, CONFLICT. */
export async function draft(context: FeatureContext, input: Target & { by: string }): Promise<Draft | null> {
  return context.store.draft(await resolveTarget(context, input), input.by);
}

/** Keeps the draft, or drops it where it is null. NOT_FOUND, CONFLICT. */
export async function saveDraft(
  context: FeatureContext,
  input: Target & { by: string; idempotency_key: string; draft: Draft | null },
) {
  const key = await resolveTarget(context, input);
  await context.store.saveDraft(tenantWrite(context, 'decision.save_draft', input), key, input.draft);
  return { saved: input.draft !== null };
}

/** The decision as a second try would ask for it again: for its packet's bytes, whatever view it found. */
function meaningOf(input: DecideInput, { resolution }: NewDecision): object {
  const { view_sha256: _guard, form, ...rest } = input;
  // What the desk seals has other bytes at each try: it is meant by the order.
  const hash = form.outcome === 'approved' && form.resolution.kind !== 'seal' ? resolution?.vepHash : undefined;
  return { ...rest, form: hash === undefined ? form : { ...form, resolution: hash } };
}

function draftOf({ form }: DecideInput): Draft {
  const { outcome, reason, reason_code } = form;
  const draft = { outcome, reason, reason_code, vep_hash: '', event_id: '', saved_because: 'undone' } as const;
  if (form.outcome === 'rejected') return { ...draft, resolution: form.seal === undefined ? 'hash' : 'seal' };
  if (form.outcome !== 'approved') return { ...draft, resolution: 'hash' };
  const { resolution, event_id = '' } = form;
  const vep_hash = resolution.kind === 'hash' ? resolution.vep_hash : '';
  return { ...draft, vep_hash, event_id, resolution: resolution.kind };
}
