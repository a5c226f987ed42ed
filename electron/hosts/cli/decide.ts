import { randomUUID } from 'node:crypto';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { changeOf, targetOf, textOf } from './arguments.ts';
import { failureOf, usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';
import { printEscalation } from './print-escalation.ts';
import { openKeyToSeal } from './seal.ts';
import type { LedgerClient, Session } from './session.ts';

/** A form as a caller may give it, before the contract fills in what may be left out. */
export type FormInput = Parameters<LedgerClient['decision']['decide']>[0]['form'];

/**
 * Decides for the view that the escalation has now, without an undo hold, and prints what was recorded. The form is
 * made after the store is open, since its file is then taken in charge.
 */
export async function runDecision(
  invocation: Invocation,
  open: () => Promise<Session>,
  form: (session: Session) => FormInput,
): Promise<number> {
  const named = targetOf(invocation);
  const change = changeOf(invocation.values);
  const session = await open();
  const target = { ...named, tenant: await session.tenant() };
  const by = await session.profile();
  if (invocation.values.seal === true) {
    await openKeyToSeal(invocation, session, { by, tenant: target.tenant, key: randomUUID() });
  }
  const { escalation } = await session.client.escalation.get(target);
  const order = {
    ...target,
    ...change,
    by,
    event: escalation.record.escalation_event_id,
    view_sha256: escalation.view_sha256,
    form: form(session),
  };
  const decided: Escalation = await session.client.decision.decide(order).catch((error: unknown) => {
    throw withWayOut(error);
  });
  printEscalation(invocation.terminal, decided);
  return 0;
}

/** Of failed checks that a reviewer may override by name, how this command line takes the names. */
function withWayOut(error: unknown): unknown {
  const { code, message, details } = failureOf(error);
  const { failed } = details;
  if (code !== 'INTEGRITY_FAILED' || !Array.isArray(failed) || 'check' in details) return error;
  const names = [...new Set(failed.map((one: { check?: unknown }) => String(one.check)))];
  const options = names.map((name) => `--override ${name}`).join(' ');
  return new DeskError(code, `${message} Here: ${options}`, details);
}

/** The reason and its code, as every decision needs them. */
export function whyOf(values: Invocation['values']): { reason: string; reason_code?: string } {
  const reason = textOf(values, 'reason');
  if (reason === undefined) throw usageError('--reason is missing. Nothing was recorded.');
  const code = textOf(values, 'reason-code');
  return code === undefined ? { reason } : { reason, reason_code: code };
}
