import type { DecideInput, DecisionForm } from '../../../shared/contract/decision.ts';
import { uncheckedChecks } from '../../../shared/domain/checks.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { NewDecision } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { profileOf } from '../profile/handlers.ts';
import { guarded, readTarget } from '../target.ts';
import { readResolution } from './resolution.ts';

/** Codes that any tenant has: the one of no particular reason, and the one of a deadline that passed. */
const ALWAYS_A_REASON: Readonly<Record<string, DecisionForm['outcome'] | 'any'>> = {
  OTHER: 'any',
  DEADLINE_PASSED: 'expired',
};

/**
 * The decision as it will be stored, with everything checked that can be known before the transaction: the reason
 * code, the resolution's packet, that an escalation recorded as expired is overdue. What may change until the commit
 * (view, version, claim, state) is checked by the store in its transaction. NOT_FOUND, INVALID_INPUT, INTEGRITY_FAILED,
 * LIMIT_EXCEEDED.
 */
export async function newDecision(context: FeatureContext, input: DecideInput) {
  const { key, escalation } = await readTarget(context, input);
  const { form } = input;
  await checkReasonCode(context, input.tenant, form);
  if (form.outcome === 'expired') checkOverdue(escalation);
  const resolution = form.outcome === 'approved' ? await readResolution(context, form, escalation) : null;
  const decision: NewDecision = {
    ...guarded(key, input.expect_version),
    viewSha256: input.view_sha256,
    outcome: form.outcome,
    reason: form.reason,
    reasonCode: form.reason_code,
    reviewer: (await profileOf(context, input.by)).name,
    resolution,
    overrides: [],
    acceptedUnchecked: form.accepted_unchecked ?? uncheckedChecks(escalation.evidence),
  };
  return { decision, escalation };
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
