import type { DecideInput, DecisionForm } from '../../../shared/contract/decision.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { NewDecision, SealOrder } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { profileOf } from '../profile/handlers.ts';
import { guarded, readTarget } from '../target.ts';
import { type Examined, examine, lookAt } from './examine.ts';
import { refuseUnknownChecks } from './grounds.ts';
import { type Permitted, permit } from './permit.ts';
import { type DecisionKeys, decisionKeys } from './record.ts';
import { type Brought, readResolution } from './resolution.ts';
import { refuseUnsealable, type SealKeys } from './sealing.ts';

/** Codes that any tenant has: the one of no particular reason, and the one of a deadline that passed. */
const ALWAYS_A_REASON: Readonly<Record<string, DecisionForm['outcome'] | 'any'>> = {
  OTHER: 'any',
  DEADLINE_PASSED: 'expired',
};

/** A decision as it will be stored, and what it was found to rest on. */
export interface Ready {
  readonly decision: NewDecision;
  readonly examined: Examined;
  readonly keys: DecisionKeys;
}

const NOTHING_PERMITTED: Permitted = { overrides: [], acceptedUnchecked: [] };
const NOTHING_BROUGHT: { resolution: null; report: null } = { resolution: null, report: null };

/**
 * The decision as it will be stored, with everything checked that can be known before the transaction: the reason
 * code, that an escalation recorded as expired is overdue, the evidence read and judged at this instant, the failed
 * checks that an approval must name, the resolution's packet or the key that seals one. The store checks in its
 * transaction what may change until then (view, version, claim, state). Of one that is decided already nothing is
 * asked but what the dissent needs. NOT_FOUND, CONFLICT, INVALID_INPUT, INTEGRITY_FAILED, UNAUTHORIZED, LIMIT_EXCEEDED.
 */
export async function newDecision(context: FeatureContext, input: DecideInput): Promise<Ready> {
  const { form } = input;
  const { key, escalation } = await readTarget(context, input);
  await checkReasonCode(context, input.tenant, form);
  refuseUnknownChecks(form.overrides);
  if (form.outcome === 'expired') checkOverdue(escalation);
  const late = escalation.decision !== null;
  const keys = await decisionKeys(context, input, isSealed(form, late) ? keyAskedFor(form) : null);
  const examined = late ? await lookAt(context, key) : await examine(context, key);
  if (keys.seal !== null) refuseUnsealable(examined);
  const brought = await broughtWith(context, form, examined);
  const permitted = late ? NOTHING_PERMITTED : permit(examined, askedBy(input, brought));
  const decision: NewDecision = {
    ...guarded(key, input.expect_version),
    viewSha256: input.view_sha256,
    outcome: form.outcome,
    reason: form.reason,
    reasonCode: form.reason_code,
    reviewer: (await profileOf(context, input.by)).name,
    resolution: brought.resolution,
    seal: keys.seal === null ? null : orderOf(context, form, keys.seal),
    sealed: null,
    ...permitted,
    statement: null,
    seen: input.seen ?? null,
  };
  return { decision, examined, keys };
}

/** A rejection that comes too late is a dissent, which has no packet. */
function isSealed(form: DecisionForm, late: boolean): boolean {
  if (form.outcome === 'approved') return form.resolution.kind === 'seal';
  return form.outcome === 'rejected' && form.seal !== undefined && !late;
}

function keyAskedFor(form: DecisionForm): string | undefined {
  if (form.outcome === 'rejected') return form.seal?.key_id;
  return form.outcome === 'approved' && form.resolution.kind === 'seal' ? form.resolution.key_id : undefined;
}

function orderOf({ ids }: FeatureContext, form: DecisionForm, { signer }: SealKeys): SealOrder {
  return { keyId: signer.keyId, eventId: form.outcome === 'approved' ? (form.event_id ?? ids.uuid()) : null };
}

async function broughtWith(
  context: FeatureContext,
  form: DecisionForm,
  examined: Examined,
): Promise<Brought | typeof NOTHING_BROUGHT> {
  if (form.outcome !== 'approved' || form.resolution.kind === 'seal') return NOTHING_BROUGHT;
  return readResolution(context, { event_id: form.event_id, resolution: form.resolution }, examined);
}

function askedBy({ form, view_sha256: viewSha256 }: DecideInput, { report: packet }: Pick<Brought, 'report'>) {
  const { outcome, overrides, accepted_unchecked: accepted = null } = form;
  return { outcome, viewSha256, overrides, accepted, packet };
}

async function checkReasonCode(context: FeatureContext, tenant: string, form: DecisionForm): Promise<void> {
  const always = Object.hasOwn(ALWAYS_A_REASON, form.reason_code) ? ALWAYS_A_REASON[form.reason_code] : undefined;
  if (always === 'any' || always === form.outcome) return;
  const { reason_codes: known } = await context.store.settings(tenant);
  if (known.some(({ code }) => code === form.reason_code)) return;
  const codes = ['OTHER', ...known.map(({ code }) => code).filter((code) => code !== 'OTHER')];
  const message = 'This tenant has no such reason code. Nothing was recorded. Use one of its list, or OTHER.';
  throw new DeskError('INVALID_INPUT', message, { reason_code: form.reason_code, known: codes });
}

function checkOverdue({ decision, deadline }: Escalation): void {
  // Of one that is decided already the store says so, which is the better answer.
  if (decision !== null || deadline?.overdue === true) return;
  const message = 'Its deadline has not passed, so it cannot be recorded as expired. Nothing was recorded.';
  throw new DeskError('INVALID_INPUT', message, { deadline: deadline?.at ?? null });
}
