import { checksThat } from '../../../shared/domain/checks.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { CheckName, EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { NewDecision } from '../../store/ledger-store.ts';
import type { Examined } from './examine.ts';
import { failedChecks, failedOfRequest, neededOverrides, refuseUnaccepted } from './grounds.ts';

/** What a decision rests on, as its reviewer asked for it. */
export interface Asked {
  readonly outcome: NewDecision['outcome'];
  readonly viewSha256: string;
  /** Names of failed checks that are overridden. */
  readonly overrides: readonly string[];
  /** Names of unchecked ones that are accepted, beside those that the tenant waives; null: all that are. */
  readonly accepted: readonly string[] | null;
  /** Of the packet that the decision brings or names; null where there is none. */
  readonly packet: EvidenceReport | null;
}

export type Permitted = Pick<NewDecision, 'overrides' | 'acceptedUnchecked' | 'waived'>;

/**
 * Whether what was asked for may be recorded of what was found, and what is then recorded: the overrides that were
 * needed, the unchecked that was accepted, by name or by the tenant's settings. CONFLICT: another view than was shown, or
 * more unchecked than was accepted. INTEGRITY_FAILED: a failed check that an approval did not name, or a resolution
 * packet of no use.
 */
export function permit({ stored, reports, settings }: Examined, asked: Asked): Permitted {
  refuseOtherView(stored.escalation.view_sha256, asked.viewSha256);
  const packets = asked.packet === null ? [] : [asked.packet];
  const failed = [...failedOfRequest(reports), ...packets.flatMap(failedChecks)];
  const ofRequest = checksThat('unchecked', reports);
  const ofPacket = packets.flatMap(({ checks }) => checks.filter(({ verdict }) => verdict === 'unchecked'));
  const acceptedUnchecked = [...new Set<CheckName>([...ofRequest, ...ofPacket.map(({ name }) => name)])];
  if (asked.outcome !== 'approved') {
    const overrides = failed.map(({ check }) => check).filter((check) => asked.overrides.includes(check));
    return { overrides: [...new Set(overrides)], acceptedUnchecked };
  }
  for (const report of packets) refuseUseless(report);
  const waived = waivedOf(ofRequest, asked.accepted, settings.waived_checks);
  refuseUnaccepted(ofRequest, asked.accepted === null ? null : [...asked.accepted, ...waived]);
  return { overrides: neededOverrides(failed, asked.overrides), acceptedUnchecked, waived };
}

/** What the tenant waives of what nobody named as accepted. */
function waivedOf(
  unchecked: readonly CheckName[],
  accepted: readonly string[] | null,
  waives: readonly CheckName[],
): CheckName[] {
  return accepted === null ? [] : unchecked.filter((check) => !accepted.includes(check) && waives.includes(check));
}

function refuseOtherView(now: string, shown: string): void {
  if (now === shown) return;
  const message = 'What you saw of this escalation has changed since. Nothing was recorded: look at it again.';
  throw new DeskError('CONFLICT', message, { view_sha256: now });
}

/** A packet without its structure or of another root says nothing of the decision: no override helps it. */
function refuseUseless(report: EvidenceReport): void {
  const failed = failedChecks(report).filter(({ check }) => check === 'structure' || check === 'root');
  if (failed[0] === undefined) return;
  const message = `The resolution's packet fails ${failed[0].check}. Nothing was recorded. Attach another, or seal one.`;
  throw new DeskError('INTEGRITY_FAILED', message, { check: failed[0].check, failed });
}
