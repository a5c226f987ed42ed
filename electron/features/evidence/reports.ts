import type { PieceReport } from '../../../shared/contract/escalation.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { StoredEscalation } from '../../store/ledger-store.ts';

/** What was checked on each piece, in the order of the evidence; source rows, and what is not judged now, left out. */
export function pieceReports({ escalation, reports }: Pick<StoredEscalation, 'escalation' | 'reports'>): PieceReport[] {
  return escalation.evidence.flatMap(({ role }, i) => {
    const report = reports[i];
    return report === null || report === undefined ? [] : [{ ...report, role }];
  });
}

/** Whether every piece that can be verified is judged with the present keys. */
export function isJudged({ escalation, reports }: Pick<StoredEscalation, 'escalation' | 'reports'>): boolean {
  return escalation.evidence.every(({ kind }, i) => kind === 'source-row' || (reports[i] ?? null) !== null);
}

/** A verdict in short, as rows of lists say it: the first failed check, what is not checked, or how many checks held. */
export function inShort({ verdict, checks }: Pick<EvidenceReport, 'verdict' | 'checks'>): string {
  const named = (wanted: Verdict) => checks.filter((check) => check.verdict === wanted).map(({ name }) => name);
  if (verdict === 'failed') return named('failed')[0] ?? '';
  if (verdict === 'verified') return `all ${checks.length} checks`;
  const open = named('unchecked');
  return `${checks.length - open.length} of ${checks.length}, not ${open.join(', ')}`;
}
