import type { Judgement } from '../../../shared/contract/escalation.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { type CheckedPiece, hasPacket } from './ways-out.ts';

const BEING_VERIFIED = 'Being verified…';
const NO_PACKET = 'no packet attached';

/**
 * What the verdict of an escalation's evidence rests on, in one line: how many checks, and which of them not. While it
 * waits to be verified with the present keys it says that, and the verdict is `unchecked` (I6).
 */
export function summaryOf(judgement: Judgement, pieces: readonly CheckedPiece[]): { verdict: Verdict; note: string } {
  if (!judgement.current) return { verdict: 'unchecked', note: BEING_VERIFIED };
  const checks = pieces.filter(({ role }) => role === 'escalation').flatMap((piece) => piece.checks);
  const named = (verdict: Verdict): string[] => [
    ...new Set(checks.filter((check) => check.verdict === verdict).map(({ name }) => name)),
  ];
  const of = (verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length;
  const { verdict } = judgement;
  // Whatever it was judged as: without a packet, or with a check that was not made, nothing is verified.
  const proven = hasPacket(pieces) && of('verified') === checks.length;
  if (verdict === 'failed') {
    const failed = named('failed').join(', ');
    return { verdict, note: `${of('failed')} of ${checks.length} checks failed: ${failed}` };
  }
  if (verdict === 'verified' && proven) {
    return { verdict, note: `${checks.length} of ${checks.length} checks, with keys pinned before` };
  }
  if (!hasPacket(pieces)) return { verdict: 'unchecked', note: NO_PACKET };
  const open = named('unchecked').join(', ');
  return { verdict: 'unchecked', note: `${of('verified')} of ${checks.length} verified, not checked: ${open}` };
}
