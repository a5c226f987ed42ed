import { useMutation } from '@tanstack/react-query';
import { useEffect, useReducer, useRef, useState } from 'react';
import type { Draft } from '../../../shared/contract/decision.ts';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { emptyForm, type FormAction, type FormOutcome, type FormState, isBlank, reduceForm } from './form.ts';
import { type FormFacts, toDecision } from './form-rules.ts';
import type { Seen } from './seen.ts';
import { useAttempt } from './use-attempt.ts';
import { type DecisionTarget, useKeepDraft, useStoredDraft } from './use-draft.ts';

interface Options {
  readonly target: DecisionTarget;
  /** What is shown now: its digest is what the decision names (I9). */
  readonly shown: Opened;
  /** What is stored now. */
  readonly latest: Opened;
  readonly me: string | undefined;
  readonly facts: FormFacts;
  /** How the view was read, for one attempt by its key. */
  readonly seen: (attempt: string) => Seen | undefined;
}

export interface DecisionFlow {
  readonly form: FormState;
  readonly open: boolean;
  readonly sending: boolean;
  /** The hold is being ended, one way or the other. */
  readonly ending: boolean;
  /** Why the last attempt, or the claim, was refused. */
  readonly error: unknown;
  /** Why the hold could not be ended. */
  readonly endError: unknown;
  /** What the desk says of a form that came back: taken back, hold lost, changed meanwhile. */
  readonly cameBack: Draft['saved_because'] | null;
  readonly storedDraft: Draft | null | undefined;
  edit(action: FormAction): void;
  start(outcome: FormOutcome): void;
  close(): void;
  commit(): void;
  undo(): void;
  recordNow(): void;
}

/**
 * One escalation's decision from the first key to the commit. The form lives here while its page does, so that an undo
 * brings it back as it was; the desk keeps its text beside as a draft.
 */
export function useDecision({ target, shown, latest, me, facts, seen }: Options): DecisionFlow {
  const { q } = useDesk();
  const acting = useActing();
  const attempt = useAttempt();
  const [form, edit] = useReducer(reduceForm, emptyForm('approved'));
  const [open, setOpen] = useState(false);
  const storedDraft = useStoredDraft(target, me);
  useKeepDraft(target, form, open);
  useFreshTick(facts.unchecked, edit);
  const claim = useMutation(q.escalation.claim.mutationOptions());
  const hold = useMutation(q.decision.hold.mutationOptions());
  const cancel = useMutation(q.decision.cancel.mutationOptions());
  const record = useMutation(q.decision.record_now.mutationOptions());
  const cameBack = useCameBack(latest, me, storedDraft, () => setOpen(true));
  useTextBack(open, storedDraft, form, (draft) =>
    edit({ type: 'restore', draft, outcome: cameBack === 'undone' ? draft.outcome : form.outcome }),
  );

  useRenewedClaim(latest, me, open, form, () => claim.mutate({ ...acting(), ...target }));

  const start = (outcome: FormOutcome): void => {
    if (isBlank(form) && storedDraft != null) edit({ type: 'restore', draft: storedDraft, outcome });
    else edit({ type: 'outcome', outcome });
    hold.reset();
    setOpen(true);
    if (shown.claimed_by !== me) claim.mutate({ ...acting(), ...target });
  };
  const commit = (): void => {
    const decision = toDecision(form, facts);
    if (decision === null || hold.isPending) return;
    const input = { ...target, view_sha256: shown.escalation.view_sha256, form: decision };
    const acting = attempt.actingFor(input);
    const read = seen(acting.idempotency_key);
    hold.mutate(
      { ...acting, ...input, ...(read === undefined ? {} : { seen: read }) },
      { onSuccess: () => setOpen(false), onSettled: (_, error) => attempt.settle(error) },
    );
  };
  const endHold = (end: typeof cancel | typeof record) => (): void => {
    if (shown.pending === null) return;
    end.mutate({ ...acting(), tenant: target.tenant, pending_id: shown.pending.pending_id });
  };
  return {
    form,
    open,
    sending: hold.isPending,
    ending: cancel.isPending || record.isPending,
    error: hold.error ?? claim.error,
    endError: record.error ?? cancel.error,
    cameBack,
    storedDraft,
    edit,
    start,
    close: () => setOpen(false),
    commit,
    undo: endHold(cancel),
    recordNow: endHold(record),
  };
}

/** A tick accepts what it said when it was made: it goes when the tenant's waivers change what it says. */
function useFreshTick(unchecked: readonly string[], edit: (action: FormAction) => void): void {
  const said = unchecked.join(' ');
  const told = useRef(said);
  useEffect(() => {
    if (told.current === said) return;
    told.current = said;
    edit({ type: 'edit', fields: { acceptsUnchecked: false } });
  }, [said, edit]);
}

const RENEW_BEFORE_MS = 5 * 60_000;

/** A claim lasts 15 minutes: while the form is worked on it is renewed before it runs out, left alone it lapses. */
function useRenewedClaim(
  latest: Opened,
  me: string | undefined,
  open: boolean,
  form: FormState,
  renew: () => void,
): void {
  const now = useDeskNow('minute');
  const worked = useRef(form);
  const until = latest.claimed_by === me ? (latest.escalation.claim?.until ?? null) : null;
  const runsOut = open && until !== null && Date.parse(until) - now < RENEW_BEFORE_MS;
  useEffect(() => {
    if (!runsOut || worked.current === form) return;
    worked.current = form;
    renew();
  }, [runsOut, form, renew]);
}

/**
 * Notices that a hold of this profile ended without a decision, wherever it was ended: the form opens again and the
 * draft says why.
 */
function useCameBack(
  latest: Opened,
  me: string | undefined,
  draft: Draft | null | undefined,
  reopen: () => void,
): Draft['saved_because'] | null {
  const [ended, setEnded] = useState(false);
  const [why, setWhy] = useState<Draft['saved_because'] | null>(null);
  const held = useRef(false);
  const holds = latest.pending !== null && latest.pending.by_profile === me;
  const decided = latest.escalation.decision !== null;
  useEffect(() => {
    if (held.current && !holds && !decided) {
      setEnded(true);
      reopen();
    }
    if (holds) setEnded(false);
    held.current = holds;
  }, [holds, decided, reopen]);
  const because = draft?.saved_because ?? 'typing';
  useEffect(() => {
    if (because === 'hold-lost' || because === 'conflict' || (ended && because === 'undone')) setWhy(because);
  }, [because, ended]);
  return holds || decided ? null : why;
}

/**
 * Fills an open form that has no text from the draft, once for each draft: it opened before the draft was read, or lost
 * its text since the commit, in another window or on a page opened anew.
 */
function useTextBack(open: boolean, draft: Draft | null | undefined, form: FormState, fill: (draft: Draft) => void) {
  const filled = useRef<Draft | null>(null);
  useEffect(() => {
    if (!open || draft == null || filled.current === draft) return;
    filled.current = draft;
    if (isBlank(form)) fill(draft);
  }, [open, draft, form, fill]);
}
