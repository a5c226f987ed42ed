import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ListOutput, ListSort, QueueRow } from '../../../shared/contract/queue.ts';
import { keepCounts } from '../../queries/counts.ts';
import { useDesk, useProfile } from '../../queries/desk-context.tsx';
import { rememberList } from '../../queries/neighbours.ts';
import { firstPage, type ListChoice, listInput, MAX_PAGES, type PageStart, sortOf } from './list-query.ts';
import { reconcile, type ShownList } from './reconcile.ts';

export interface ListOnScreen {
  /** The choice whose rows are shown: for a moment the one before, until the new one's first answer. */
  readonly choice: ListChoice;
  readonly shown: ShownList | null;
  readonly total: ListOutput['total'];
  /** The order that the rows are in, which a search may choose for itself. */
  readonly sortedBy: ListSort;
  /** When it was counted; undefined before the first answer. */
  readonly asOf: string | undefined;
  /** Rows before the first loaded one; null where the list was entered in its midst. */
  readonly before: number | null;
  readonly error: unknown;
  readonly loading: boolean;
  /** A first answer for another choice is on its way; what is shown is of the choice before. */
  readonly stale: boolean;
  readonly fetching: boolean;
  readonly takeChanges: () => void;
  readonly more: (end: 'previous' | 'next') => void;
  readonly retry: () => void;
}

/** A list as it is on screen: pages by cursor at both ends, live, and steady under the hand. */
export function useList(tenant: string, choice: ListChoice): ListOnScreen {
  const { q, place } = useDesk();
  const queryClient = useQueryClient();
  const profile = useProfile();
  const by = profile?.profile_id;
  const query = useInfiniteQuery(
    q.queue.list.infiniteOptions({
      input: (page: PageStart) => ({ ...listInput(tenant, choice, by), ...page }),
      initialPageParam: firstPage(choice.anchor),
      getNextPageParam: ({ next_cursor }: ListOutput): PageStart | undefined =>
        next_cursor === null ? undefined : { cursor: next_cursor, direction: 'after' as const },
      getPreviousPageParam: ({ previous_cursor }: ListOutput): PageStart | undefined =>
        previous_cursor === null ? undefined : { cursor: previous_cursor, direction: 'before' as const },
      maxPages: MAX_PAGES,
      enabled: profile !== undefined,
    }),
  );
  const { pages, shown, choice: shownChoice, takeChanges } = useSteady(query.data?.pages, `${place} ${tenant}`, choice);
  const newest = pages?.at(-1);
  const before = choice.anchor === 'start' && pages?.[0]?.previous_cursor === null ? 0 : null;
  useEffect(() => {
    if (newest !== undefined) keepCounts(queryClient, q, tenant, by, newest.counts);
  }, [queryClient, q, tenant, by, newest]);
  useEffect(() => {
    if (shown === null || newest === undefined) return;
    rememberList(place, tenant, { rows: shown.rows.map(({ row }) => row), total: newest.total, before });
  }, [place, tenant, shown, newest, before]);
  return {
    choice: shownChoice,
    shown,
    total: newest?.total ?? { n: 0, exact: true },
    sortedBy: newest?.sorted_by ?? sortOf(shownChoice),
    asOf: newest?.as_of,
    before,
    error: query.error,
    loading: query.isPending,
    stale: query.isPending && shown !== null,
    fetching: query.isFetching,
    takeChanges,
    more: (end) => {
      if (query.isFetching) return;
      if (end === 'next' && query.hasNextPage) void query.fetchNextPage();
      if (end === 'previous' && query.hasPreviousPage) void query.fetchPreviousPage();
    },
    retry: () => void query.refetch(),
  };
}

type Pages = readonly ListOutput[];

interface Held {
  readonly pages: Pages | undefined;
  readonly ledger: string;
  readonly choice: ListChoice;
  readonly shown: ShownList | null;
}

/** Holds the shown list against fresh reads of the same choice. Another choice's old list stays until its answer. */
function useSteady(pages: Pages | undefined, ledger: string, choice: ListChoice) {
  const [held, setHeld] = useState<Held>({ pages: undefined, ledger, choice, shown: null });
  if (held.ledger !== ledger || (pages !== undefined && (held.pages !== pages || held.choice !== choice))) {
    const same = held.ledger === ledger && held.choice === choice;
    const shown = pages === undefined ? null : reconcile(same ? held.shown : null, freshOf(pages));
    setHeld({ pages, ledger, choice, shown });
  }
  const takeChanges = (): void => {
    if (pages !== undefined) setHeld({ pages, ledger, choice, shown: reconcile(null, freshOf(pages)) });
  };
  return { pages: held.pages, shown: held.shown, choice: held.choice, takeChanges };
}

function freshOf(pages: Pages): { rows: QueueRow[]; hasPrevious: boolean; hasNext: boolean } {
  return {
    rows: pages.flatMap((page) => page.rows),
    hasPrevious: pages[0]?.previous_cursor != null,
    hasNext: pages.at(-1)?.next_cursor != null,
  };
}
