import { useMutation } from '@tanstack/react-query';
import type { FolderChoice, Schedule } from '../../../shared/contract/schedule.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { orderOf, type ScheduleDraft } from './schedule-form.ts';

/** Orders or changes a scheduled export as its form says. */
export function useSaveSchedule(tenant: string, known: Schedule | null, saved: () => void) {
  const { q } = useDesk();
  const acting = useActing();
  const set = useMutation(q.schedule.set.mutationOptions({ onSuccess: saved }));
  const go = (draft: ScheduleDraft): void => {
    const order = orderOf(tenant, draft, known);
    if (order === null) return;
    const folder = folderOf(draft, known);
    set.mutate({
      ...acting(),
      ...order,
      ...(known === null ? {} : { schedule_id: known.schedule_id }),
      ...(folder === undefined ? {} : { folder }),
    });
  };
  return { go, busy: set.isPending, error: set.error };
}

/** undefined: the one it has. */
function folderOf({ chosen, path }: ScheduleDraft, known: Schedule | null): FolderChoice | undefined {
  if (chosen !== null) return { staged: chosen.staged };
  return path === known?.folder ? undefined : { path };
}
