import type { RefObject } from 'react';
import type { LogRow } from '../../../shared/contract/log.ts';
import { useKeys } from '../../components/keys.ts';
import { useGo } from '../../components/link.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { ROW_HEIGHT } from './log-grid.tsx';
import type { LogRows } from './use-log-rows.ts';

interface LogKeys {
  readonly tenant: string;
  readonly list: LogRows;
  readonly at: number;
  readonly focused: LogRow | undefined;
  readonly filtered: boolean;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly focusAt: (at: number) => void;
  readonly goTo: (event: number | null) => void;
}

/** The keys of the timeline; they are the lists' own. */
export function useLogKeys({ tenant, list, at, focused, filtered, scroller, focusAt, goTo }: LogKeys): void {
  const go = useGo();
  const place = usePlace();
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
  const open = (): void => {
    const about = focused?.escalation;
    if (about?.id != null) go(paths.escalation(place, tenant, about.id, about.event));
  };
  const newest = (): void => (list.newer > 0 ? goTo(null) : focusAt(0));
  // Of a filtered list nobody knows where it ends before it was read to there.
  const oldest = (): void => (list.whole || filtered ? focusAt(list.rows.length - 1) : goTo(0));
  useKeys({
    j: () => focusAt(at + 1),
    k: () => focusAt(at - 1),
    ArrowDown: () => focusAt(at + 1),
    ArrowUp: () => focusAt(at - 1),
    PageDown: () => focusAt(at + page),
    PageUp: () => focusAt(at - page),
    Home: newest,
    End: oldest,
    Enter: open,
    o: open,
    '.': () => goTo(null),
    f: () => document.getElementById('log-filter')?.focus(),
    '/': () => document.getElementById('log-go')?.focus(),
    y: () => void navigator.clipboard.writeText(focused?.leaf_sha256 ?? ''),
  });
}
