import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Report, ReportPeriod, ReportProgress } from '../../../shared/contract/report.ts';
import { useDesk } from '../../queries/desk-context.tsx';

/** A report that is counted, under the run that it can be saved by. */
export interface CountedReport {
  readonly run: string;
  readonly report: Report;
  readonly sha256: string;
}

/** Counts the report of a period, step by step, and says how far it is; leaving the page or the period ends it. */
export function useReport(period: ReportPeriod) {
  const { api, place } = useDesk();
  const [progress, setProgress] = useState<ReportProgress | null>(null);
  const query = useQuery({
    queryKey: [[place, 'report', 'counted'], period],
    queryFn: async ({ signal }): Promise<CountedReport> => {
      let answer = await api.report.read(period, { signal });
      while (answer.report === null || answer.sha256 === null) {
        setProgress(answer);
        answer = await api.report.read({ ...period, run: answer.run }, { signal });
      }
      return { run: answer.run, report: answer.report, sha256: answer.sha256 };
    },
  });
  return { ...query, progress: query.isFetching ? progress : null };
}
