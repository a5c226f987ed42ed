import { useMutation } from '@tanstack/react-query';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { words } from './words.ts';

/** Writes what is pinned and retired as a trust file, where the person wants it. */
export function useExportTrust(tenant: string) {
  const { q, transport } = useDesk();
  const acting = useActing();
  const write = useMutation(q.keys.export.mutationOptions());
  const all = useMutation({
    mutationFn: async () => {
      const target = await transport.stageTarget('trust.json');
      if (target === null) return null;
      const { entries } = await write.mutateAsync({ ...acting(), tenant, target: target.staged });
      await transport.deliver(target.staged, 'trust.json', 'file');
      return entries;
    },
  });
  const done = all.data == null ? '' : words.trust.exported(all.data);
  return {
    go: () => all.mutate(),
    busy: all.isPending,
    note: all.error === null ? done : errorFacts(all.error).message,
  };
}
