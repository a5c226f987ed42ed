import { useSyncExternalStore } from 'react';
import { useDeskInfo } from './desk-context.tsx';

type Step = 'second' | 'minute';
const STEP_MS = { second: 1000, minute: 60_000 };

/** One timer for all that count, aligned to the clock's full seconds or minutes. */
function ticker(step: Step) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let at = Date.now();
  const arm = (): void => {
    timer = setTimeout(tick, STEP_MS[step] - (Date.now() % STEP_MS[step]) + 5);
  };
  const tick = (): void => {
    at = Date.now();
    for (const listener of listeners) listener();
    arm();
  };
  return {
    now: () => at,
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) {
        at = Date.now();
        arm();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearTimeout(timer);
      };
    },
  };
}

const tickers = { second: ticker('second'), minute: ticker('minute') };

/**
 * The desk's time in milliseconds since 1970, told anew each full second or minute. The sample ledger's clock stands
 * still; before the desk has answered it is this computer's.
 */
export function useDeskNow(step: Step): number {
  const local = useSyncExternalStore(tickers[step].subscribe, tickers[step].now);
  const info = useDeskInfo();
  return info?.sample === true ? Date.parse(info.now) : local;
}
