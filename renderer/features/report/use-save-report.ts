import { useMutation } from '@tanstack/react-query';
import type { ReportFormat } from '../../../shared/contract/report.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import type { CountedReport } from './use-report.ts';

/** Writes the report as it is shown where the person wants it. */
export function useSaveReport(tenant: string) {
  const { q, transport } = useDesk();
  const acting = useActing();
  const write = useMutation(q.report.export.mutationOptions());
  return useMutation({
    mutationFn: async ({ counted, format }: { counted: CountedReport; format: ReportFormat }) => {
      const { from, to } = counted.report;
      const name = `report-${from}_${to}.${format}`;
      const target = await transport.stageTarget(name);
      if (target === null) return null;
      const input = { ...acting(), tenant, run: counted.run, format, target: target.staged };
      const { file } = await write.mutateAsync(input);
      await transport.deliver(target.staged, name, 'file');
      return file;
    },
  });
}
