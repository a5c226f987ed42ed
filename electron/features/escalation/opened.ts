import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Evidence } from '../../../shared/domain/escalation.ts';
import type { StoredEscalation } from '../../store/ledger-store.ts';
import { inShort, pieceReports } from '../evidence/reports.ts';

/**
 * What the VEP hash is worth that the decision rests on: the verdict of the resolution's packet whose exact bytes have
 * this SHA-256, `unchecked` while none is attached. null where the decision names none.
 */
export function resolutionWorth(stored: StoredEscalation): Opened['resolution'] {
  const { record, decision } = stored.escalation;
  const hash = record.resolution_vep_hash ?? decision?.vep_hash;
  if (hash === undefined) return null;
  const isIt = ({ role, sha256 }: Pick<Evidence, 'role' | 'sha256'>) => role === 'resolution' && sha256 === hash;
  const report = pieceReports(stored).find(isIt);
  if (report !== undefined) return { vep_hash: hash, verdict: report.verdict, detail: inShort(report) };
  const piece = stored.escalation.evidence.find(isIt);
  const kept = piece === undefined ? 'packet not attached' : 'not verified with the present keys yet';
  const detail = piece?.removed_at === undefined ? kept : `removed on ${piece.removed_at.slice(0, 10)}`;
  return { vep_hash: hash, verdict: 'unchecked', detail };
}
