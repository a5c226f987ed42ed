import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogRow } from '../../../shared/contract/log.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { type KindGroup, kindsOf } from './kinds.ts';
import { topFor } from './log-query.ts';

const PAGE = 100;

export interface LogRows {
  readonly rows: readonly LogRow[];
  /** Nothing has come yet. */
  readonly loading: boolean;
  readonly fetching: boolean;
  readonly error: unknown;
  /** Events of the log that came after the newest that is listed. */
  readonly newer: number;
  /** Whether the list goes down to the first event. */
  readonly whole: boolean;
  readonly more: () => void;
  readonly retry: () => void;
  /** Lists the log from its newest event; or so that an event is in it. */
  readonly goTo: (event: number | null) => void;
}

/**
 * The timeline from a fixed event downwards. What is in the log never changes, so pages are read once, and nothing moves
 * under the hand: later events are counted until they are asked for.
 */
export function useLogRows(tenant: string, size: number, group: KindGroup, first: number | null): LogRows {
  const { q } = useDesk();
  const [from, setFrom] = useState({ top: topFor(first, size), group });
  // Another group begins at the newest, and so does a log that has become shorter.
  const stale = from.group !== group || from.top > size;
  if (stale) setFrom({ top: size, group });
  const top = stale ? size : from.top;
  const kinds = kindsOf(group);
  const query = useInfiniteQuery(
    q.log.list.infiniteOptions({
      input: (before: string) => ({
        tenant,
        before,
        limit: PAGE,
        ...(kinds === undefined ? {} : { kinds: [...kinds] }),
      }),
      initialPageParam: String(top),
      getNextPageParam: ({ next_before }) => next_before ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  return {
    rows: query.data?.pages.flatMap(({ rows }) => rows) ?? [],
    loading: query.isPending,
    fetching: query.isFetching,
    error: query.error,
    newer: size - top,
    whole: query.data !== undefined && !query.hasNextPage,
    more: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
    goTo: (event) => setFrom({ top: topFor(event, size), group }),
  };
}
