import { useEffect, useRef } from 'react';

const listeners = new Set<() => void>();

/** Says that the next change of the escalation on screen is the reader's own, made outside its page. */
export function announceOwnChange(): void {
  for (const listener of listeners) listener();
}

/** Hears of changes that the reader makes to the page's escalation from elsewhere in the window. */
export function useOwnChange(onOwn: () => void): void {
  const latest = useRef(onOwn);
  latest.current = onOwn;
  useEffect(() => {
    const listener = (): void => latest.current();
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}
