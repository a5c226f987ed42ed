import { useEffect, useState } from 'react';
import { type Seen, SeenTracker } from './seen.ts';

/**
 * Follows how the view on screen is read: `open` is the piece of evidence whose details are open. A window that nobody
 * can see counts for nothing. The answer tells what is known for one attempt at a decision.
 */
export function useSeen(digest: string, open: string | null, now: number): (attempt: string) => Seen | undefined {
  const [tracker] = useState(() => new SeenTracker());
  tracker.show(digest, now);
  useEffect(() => {
    const follow = (): void => tracker.open(document.hidden ? null : open, performance.now());
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      tracker.open(null, performance.now());
    };
  }, [tracker, open]);
  return (attempt) => tracker.tell(attempt, performance.now());
}
