import type { ImportResult } from '../../../shared/contract/transfer.ts';

/** Rows of an import's report by what became of them; a number that is not known for sure is null. */
export interface ReportCounts {
  readonly all: number;
  readonly refused: number | null;
  readonly finding: number | null;
}

/** Counts a report's rows. The answer carries at most 1,000 of them: beyond that only their sum is known. */
export function reportCounts({ findings, findings_total }: ImportResult): ReportCounts {
  if (findings.length < findings_total) return { all: findings_total, refused: null, finding: null };
  const of = (severity: string): number => findings.filter((row) => row.severity === severity).length;
  return { all: findings_total, refused: of('refused'), finding: of('finding') };
}
