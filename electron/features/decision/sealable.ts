import type { PieceReport } from '../../../shared/contract/escalation.ts';
import type { StoredEscalation } from '../../store/ledger-store.ts';
import { pieceReports } from '../evidence/reports.ts';

/**
 * The packet whose intent a sealed resolution answers: of the request's packets the first whose root is signed, else the
 * first that can be read. null where there is none.
 */
export function intentPacket(stored: StoredEscalation): PieceReport | null {
  const readable = packetsOf(stored).filter((report) => holds(report, 'structure'));
  const signed = readable.find((report) => holds(report, 'root') && holds(report, 'signature'));
  return signed ?? readable[0] ?? null;
}

/** Why no packet can be sealed for this escalation, in words; null where one can. */
export function whyNotSealed(stored: StoredEscalation): string | null {
  if (intentPacket(stored) !== null) return null;
  return packetsOf(stored).length === 0
    ? 'The request brought no packet, so there is no intent to seal.'
    : "The request's packet cannot be read, so there is no intent to seal.";
}

function packetsOf(stored: StoredEscalation): PieceReport[] {
  return pieceReports(stored).filter(
    ({ role, kind }) => role === 'escalation' && (kind === 'vep' || kind === 'capsule'),
  );
}

function holds({ checks }: PieceReport, name: string): boolean {
  return checks.some((check) => check.name === name && check.verdict === 'verified');
}
