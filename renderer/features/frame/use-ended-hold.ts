import { useEffect, useRef, useState } from 'react';
import type { PendingDecision } from '../../../shared/contract/escalation.ts';

interface EndedHold {
  readonly hold: PendingDecision;
  readonly how: 'recorded' | 'taken-back';
}

const SHOWN_MS = 60_000;

/** The hold that ended last while this window was open, for 60 s or until dismissed. Not taken back here: recorded. */
export function useEndedHold(holds: readonly PendingDecision[]): {
  shown: EndedHold | null;
  takenBack: (hold: PendingDecision) => void;
  dismiss: () => void;
} {
  const [shown, setShown] = useState<EndedHold | null>(null);
  const known = useRef(new Map<string, PendingDecision>());
  const undone = useRef(new Set<string>());
  useEffect(() => {
    const now = new Set(holds.map(({ pending_id }) => pending_id));
    for (const [id, hold] of known.current) {
      if (!now.has(id)) setShown({ hold, how: undone.current.has(id) ? 'taken-back' : 'recorded' });
    }
    known.current = new Map(holds.map((hold) => [hold.pending_id, hold]));
  }, [holds]);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const takenBack = (hold: PendingDecision): void => {
    undone.current.add(hold.pending_id);
    setShown({ hold, how: 'taken-back' });
  };
  return { shown, takenBack, dismiss: () => setShown(null) };
}
