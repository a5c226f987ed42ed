import { useEffect, useRef } from 'react';
import type { FormOutcome } from '../decision/form.ts';
import type { DecisionFlow } from '../decision/use-decision.ts';

/** Opens the form that the address asks for, once, as soon as the escalation can be decided. */
export function useStart(outcome: FormOutcome | null, canDecide: boolean, flow: DecisionFlow): void {
  const done = useRef(outcome === null);
  const ready = canDecide && flow.storedDraft !== undefined;
  useEffect(() => {
    if (done.current || !ready || outcome === null) return;
    done.current = true;
    flow.start(outcome);
  }, [outcome, ready, flow]);
}
