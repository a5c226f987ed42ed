import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Draft } from '../../../shared/contract/decision.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { type FormState, isBlank, toDraft } from './form.ts';

const QUIET_MS = 800;

export interface DecisionTarget {
  readonly tenant: string;
  readonly id: string;
  readonly event: string;
}

/** The draft that the desk keeps of this escalation's form for this profile; undefined until it has answered. */
export function useStoredDraft(target: DecisionTarget, by: string | undefined): Draft | null | undefined {
  const { q } = useDesk();
  const input = { ...target, by: by ?? '' };
  return useQuery(q.decision.draft.queryOptions({ input, enabled: by !== undefined })).data;
}

/** Keeps the form as a draft while it is open: shortly after typing stops, and at once when it closes. */
export function useKeepDraft(target: DecisionTarget, form: FormState, open: boolean): void {
  const { q } = useDesk();
  const acting = useActing();
  const client = useQueryClient();
  const { mutate } = useMutation(
    q.decision.save_draft.mutationOptions({
      // What the desk has kept, and nothing before, is what the page may call kept.
      onSuccess: (_, { by, draft }) => {
        const known = draft === null ? null : Draft.parse(draft);
        client.setQueryData(q.decision.draft.queryKey({ input: { ...target, by } }), known);
      },
    }),
  );
  const kept = useRef<string | null>(null);
  const latest = useRef({ form, save: (_: FormState) => {} });
  const save = (state: FormState): void => {
    const draft = isBlank(state) ? null : toDraft(state);
    const text = JSON.stringify(draft);
    if (text === kept.current || (kept.current === null && draft === null)) return;
    kept.current = text;
    mutate({ ...acting(), ...target, draft });
  };
  latest.current = { form, save };
  useEffect(() => {
    if (!open) return;
    const timer = setTimeout(() => latest.current.save(form), QUIET_MS);
    return () => clearTimeout(timer);
  }, [form, open]);
  useEffect(() => {
    if (!open) return;
    return () => latest.current.save(latest.current.form);
  }, [open]);
}
