import { useEffect, useRef, useState } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { type Change, changesBetween, onlyJudged, withheld } from './changes.ts';
import { useOwnChange } from './own-changes.ts';

export interface Shown {
  /** What the page shows: the view that the reader has seen, with the claims and holds of now. */
  readonly opened: Opened;
  readonly changes: readonly Change[];
  readonly seenAt: number;
  readonly changedAt: number;
  /** Shows the latest. */
  accept(): void;
  /** The next change is the reader's own: it is shown without asking. */
  expectOwn(): void;
}

/** Holds on to the view that is shown while another is read in behind it, until the reader asks for it (S69). */
export function useShown(latest: Opened, readAt: number): Shown {
  const [seen, setSeen] = useState({ opened: latest, at: readAt });
  const own = useRef(false);
  const changes = changesBetween(seen.opened, latest);
  const changed = changes.length > 0;
  const judged = onlyJudged(seen.opened, latest);
  useOwnChange(() => {
    own.current = true;
  });
  useEffect(() => {
    if (!changed || !(own.current || judged)) return;
    own.current = false;
    setSeen({ opened: latest, at: readAt });
  }, [changed, judged, latest, readAt]);
  return {
    opened: withheld(seen.opened, latest),
    changes,
    seenAt: seen.at,
    changedAt: readAt,
    accept: () => setSeen({ opened: latest, at: readAt }),
    expectOwn: () => {
      own.current = true;
    },
  };
}
