import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Topic } from '../../shared/contract/base.ts';
import type { Notice } from '../../shared/contract/desk.ts';
import type { DeskTransport } from '../transport/transport.ts';
import { useTransport } from './desk-context.tsx';
import { invalidateTopics, type Place } from './query-client.ts';

const AGAIN_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Follows the desk's notices and marks what they name as stale, so that a change made by anyone is on screen within a
 * second. When the stream breaks it is taken up again, and all is read anew: notices may have been missed.
 */
export function useNotices(place: Place, enabled: boolean): void {
  const transport = useTransport();
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const leaving = new AbortController();
    void follow(transport, queryClient, place, leaving.signal);
    return () => leaving.abort();
  }, [transport, queryClient, place, enabled]);
}

async function follow(
  transport: DeskTransport,
  queryClient: QueryClient,
  place: Place,
  leaving: AbortSignal,
): Promise<void> {
  let first = true;
  let wait = AGAIN_MS;
  while (!leaving.aborted) {
    if (!first) await queryClient.invalidateQueries({ predicate: inPlace(place) });
    first = false;
    try {
      await readStream(transport, leaving, collector(queryClient, place), place);
      wait = AGAIN_MS;
    } catch {
      // The link says that it is broken, and the page with it; a stream that is refused is asked for ever less often.
      wait = transport.link.state() === 'live' ? Math.min(2 * wait, LONGEST_MS) : AGAIN_MS;
    }
    await untilLive(transport, leaving, wait);
  }
}

/**
 * Gathers topics while an earlier reading is under way: a busy import must neither start a read at each notice nor keep
 * cutting one off.
 */
function collector(queryClient: QueryClient, place: Place): (notice: Notice) => void {
  const waiting = new Set<Topic>();
  let reading = false;
  const read = async (): Promise<void> => {
    reading = true;
    while (waiting.size > 0) {
      const topics = [...waiting];
      waiting.clear();
      await invalidateTopics(queryClient, place, topics);
    }
    reading = false;
  };
  return ({ topics }) => {
    for (const topic of topics) waiting.add(topic);
    if (!reading) void read();
  };
}

function inPlace(place: Place) {
  return ({ queryKey }: { queryKey: readonly unknown[] }): boolean =>
    Array.isArray(queryKey[0]) && queryKey[0][0] === place;
}

/** Reads until the stream ends, the page leaves, or the link breaks: a closed port would leave the reader waiting. */
async function readStream(
  transport: DeskTransport,
  leaving: AbortSignal,
  take: (notice: Notice) => void,
  place: Place,
): Promise<void> {
  const broken = new AbortController();
  const unsubscribe = transport.link.subscribe(() => transport.link.state() !== 'live' && broken.abort());
  const signal = AbortSignal.any([leaving, broken.signal]);
  try {
    const stream = await transport.client[place].desk.notices({}, { signal });
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    for (;;) {
      const step = await Promise.race([stream.next(), stopped]);
      if (step.done === true) return;
      take(step.value);
    }
  } finally {
    unsubscribe();
  }
}

async function untilLive(transport: DeskTransport, leaving: AbortSignal, waitMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  while (!leaving.aborted && transport.link.state() !== 'live') {
    await new Promise<void>((resolve) => {
      const stop = transport.link.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
}
