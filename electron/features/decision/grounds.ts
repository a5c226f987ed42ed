import type { PieceReport } from '../../../shared/contract/escalation.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { CHECK_NAMES, type CheckName, type EvidenceReport } from '../../../shared/domain/verdict.ts';

/** A check that failed, and on which piece. */
export interface FailedCheck {
  readonly check: CheckName;
  readonly sha256: string;
  readonly code: string;
  readonly detail: string;
}

/** The failed checks of a report, in its order. */
export function failedChecks({ sha256, checks }: Pick<EvidenceReport, 'sha256' | 'checks'>): FailedCheck[] {
  return checks
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ name, code, detail }) => ({ check: name, sha256, code, detail }));
}

/** The failed checks of what the request is judged by. */
export function failedOfRequest(reports: readonly PieceReport[]): FailedCheck[] {
  return reports.filter(({ role }) => role === 'escalation').flatMap(failedChecks);
}

/** INVALID_INPUT where a name is no check's: nothing can be overridden that does not exist. */
export function refuseUnknownChecks(names: readonly string[]): void {
  const unknown = names.filter((name) => !(CHECK_NAMES as readonly string[]).includes(name));
  if (unknown.length === 0) return;
  const message = 'There is no check of this name. Nothing was recorded.';
  throw new DeskError('INVALID_INPUT', message, { checks: unknown, known: CHECK_NAMES });
}

/**
 * Which of the named overrides were needed, each once. INTEGRITY_FAILED where a failed check is not named, with
 * `details.failed`: an approval against a failed check takes that check's name.
 */
export function neededOverrides(failed: readonly FailedCheck[], named: readonly string[]): CheckName[] {
  const unnamed = failed.filter(({ check }) => !named.includes(check));
  if (unnamed.length === 0) return [...new Set(failed.map(({ check }) => check))];
  const names = [...new Set(unnamed.map(({ check }) => check))].join(', ');
  const message = `Checks of the evidence failed: ${names}. Nothing was recorded. Reject it, or name each to approve all the same.`;
  throw new DeskError('INTEGRITY_FAILED', message, { failed: unnamed });
}

/**
 * CONFLICT where something is unchecked that the caller, who names what is accepted, did not name: it is not what was
 * seen. Who names nothing accepts what is unchecked now, and all of it is recorded by name.
 */
export function refuseUnaccepted(unchecked: readonly CheckName[], accepted: readonly string[] | null): void {
  const missing = accepted === null ? [] : unchecked.filter((check) => !accepted.includes(check));
  if (missing.length === 0) return;
  const message = `Unchecked now, and not named as accepted: ${missing.join(', ')}. Nothing was recorded: look at it again.`;
  throw new DeskError('CONFLICT', message, { unchecked: missing });
}
