import { useMutation } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useKeys } from '../../components/keys.ts';
import { useActing, useDesk, useProfile } from '../../queries/desk-context.tsx';
import { focusRow } from './grid.tsx';
import type { ListChoice } from './list-query.ts';
import { rowKey, type ShownRow } from './reconcile.ts';
import type { ListOnScreen } from './use-list.ts';
import type { RowsInHand } from './use-rows.ts';

interface ListKeys {
  readonly tenant: string;
  readonly rows: readonly ShownRow[];
  readonly hand: RowsInHand;
  readonly list: ListOnScreen;
  readonly choice: ListChoice;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly choose: (next: Partial<ListChoice>) => void;
  readonly open: (entry: ShownRow, act?: string) => void;
  readonly togglePreview: () => void;
  readonly rowHeight: number;
}

export interface Claims {
  readonly claim: (entries: readonly ShownRow[]) => void;
  readonly release: (entries: readonly ShownRow[]) => void;
  readonly selected: () => readonly ShownRow[];
  readonly error: unknown;
}

/** The keys of a list (they do what is on screen too); answers the claims that the bar offers for the selection. */
export function useListKeys(keys: ListKeys): Claims {
  const { rows, hand, list, scroller } = keys;
  const claims = useClaims(keys);
  const move = (to: number, extend = false): void => {
    const at = Math.max(0, Math.min(to, rows.length - 1));
    if (extend) hand.acts.extendTo(at);
    else hand.acts.focusAt(at);
    bringIntoView(scroller.current, at, keys.rowHeight);
    requestAnimationFrame(() => focusRow(scroller.current));
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / keys.rowHeight) - 1);
  const act = (name: string) => () => {
    const entry = rows[hand.focused];
    if (entry !== undefined && !entry.gone) keys.open(entry, name);
  };
  const down = (): void => move(hand.focused + 1);
  const up = (): void => move(hand.focused - 1);
  useKeys({
    j: down,
    ArrowDown: down,
    k: up,
    ArrowUp: up,
    'shift+ArrowDown': () => move(hand.focused + 1, true),
    'shift+ArrowUp': () => move(hand.focused - 1, true),
    PageDown: () => move(hand.focused + page),
    PageUp: () => move(hand.focused - page),
    Home: () => toEnd(keys, 'start', () => move(0)),
    End: () => toEnd(keys, 'end', () => move(rows.length - 1)),
    Enter: () => hand.acts.open(hand.focused),
    o: () => hand.acts.open(hand.focused),
    x: () => hand.acts.toggle(hand.focused),
    Space: () => hand.acts.toggle(hand.focused),
    'mod+a': () => hand.acts.select(rows.map(({ row }) => rowKey(row))),
    Escape: () => hand.acts.select([]),
    a: act('a'),
    r: act('r'),
    w: act('w'),
    c: () => claims.toggle(rows[hand.focused]),
    p: keys.togglePreview,
    y: () => void navigator.clipboard.writeText(rows[hand.focused]?.row.id ?? ''),
    '.': list.takeChanges,
    '/': () => keys.searchBox.current?.focus(),
    f: () => document.getElementById('list-filter')?.focus(),
  });
  return claims;
}

/** Jumps to the list's own start or end, which may not be loaded. */
function toEnd(keys: ListKeys, end: 'start' | 'end', moveWithin: () => void): void {
  const loaded = end === 'start' ? keys.list.shown?.hasPrevious === false : keys.list.shown?.hasNext === false;
  if (loaded) moveWithin();
  else keys.choose({ anchor: end });
}

const HEAD_HEIGHT = 30;

function bringIntoView(grid: HTMLElement | null, at: number, rowHeight: number): void {
  if (grid === null) return;
  const top = at * rowHeight;
  const room = grid.clientHeight - HEAD_HEIGHT - rowHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
}

function useClaims({ tenant, rows, hand }: ListKeys): Claims & { toggle: (entry: ShownRow | undefined) => void } {
  const { q } = useDesk();
  const me = useProfile()?.profile_id;
  const acting = useActing();
  const claiming = useMutation(q.escalation.claim.mutationOptions());
  const releasing = useMutation(q.escalation.release.mutationOptions());
  const target = ({ row }: ShownRow) => ({ ...acting(), tenant, id: row.id, event: row.event });
  const claim = (entries: readonly ShownRow[]): void => {
    for (const entry of entries) if (!entry.gone) claiming.mutate(target(entry));
  };
  const release = (entries: readonly ShownRow[]): void => {
    for (const entry of entries) if (entry.row.claimed_by === me) releasing.mutate(target(entry));
  };
  return {
    claim,
    release,
    selected: () => rows.filter(({ row }) => hand.selected.has(rowKey(row))),
    toggle: (entry) => {
      if (entry !== undefined) (entry.row.claimed_by === me ? release : claim)([entry]);
    },
    error: claiming.error ?? releasing.error,
  };
}
