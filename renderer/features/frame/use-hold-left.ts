import { useEffect, useState } from 'react';
import type { PendingDecision } from '../../../shared/contract/escalation.ts';

const STEP_MS = 200;

/**
 * What is left of a hold, counted on this page's monotonic clock from what the desk said; the desk alone ends it.
 * `share` goes from 0 to 1; `first` holds during the first second.
 */
export function useHoldLeft(hold: PendingDecision): { seconds: number; share: number; first: boolean } {
  const [told, setTold] = useState(() => ({ hold, at: performance.now() }));
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    setTold((known) => (known.hold === hold ? known : { hold, at: performance.now() }));
  }, [hold]);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, told.hold.left_ms - Math.max(0, now - told.at));
  const whole = Math.max(left, Date.parse(hold.due_at) - Date.parse(hold.started_at), 1);
  return { seconds: Math.ceil(left / 1000), share: 1 - left / whole, first: whole - left < 1000 };
}
