import { useMutation } from '@tanstack/react-query';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { words } from './words.ts';

/** Writes the proof of one event as a file, where the person wants it; a head is signed for it. */
export function useSaveProof(tenant: string, seq: string) {
  const { q, transport } = useDesk();
  const acting = useActing();
  const prove = useMutation(q.log.prove.mutationOptions());
  const save = useMutation({
    mutationFn: async () => {
      const name = `event-${seq}.tlog-proof`;
      const target = await transport.stageTarget(name);
      if (target === null) return null;
      const { file } = await prove.mutateAsync({ ...acting(), tenant, target: target.staged, seq });
      await transport.deliver(target.staged, name, 'file');
      return file;
    },
  });
  const done = save.data == null ? '' : words.saved(save.data);
  return {
    go: () => save.mutate(),
    busy: save.isPending,
    failed: save.error !== null,
    note: save.error === null ? done : errorFacts(save.error).message,
  };
}
