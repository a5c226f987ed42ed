import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadOrder } from '../../../gateways/files/reader-protocol.ts';
import type { FeatureContext } from '../../context.ts';
import { ReaderInbox, type ReaderWork } from './reader-inbox.ts';

/**
 * Runs the reader on an order and gives its messages one by one; the reader goes on when the next one is asked for.
 * It is killed when it is silent for 60 s, holds more than 1 GiB, or is no longer wanted; its private folder goes with
 * it. Errors: what the reader says of the sources, LIMIT_EXCEEDED when it had to be killed or died, INTERNAL when it
 * says something that it may not say.
 */
export async function* readForeign(
  context: FeatureContext,
  order: Pick<ReadOrder, 'sources' | 'tenants'>,
  signal: AbortSignal,
): AsyncGenerator<ReaderWork> {
  const folder = await mkdtemp(join(context.home, 'reading-'));
  const reader = context.spawnReader();
  const inbox = new ReaderInbox(context, reader, signal);
  const stop = () => reader.kill();
  try {
    signal.addEventListener('abort', stop);
    reader.send({ type: 'read', ...order, now: context.clock.now(), folder } satisfies ReadOrder);
    while (!signal.aborted) {
      const message = await inbox.next();
      if (message === null) return;
      // The reader makes the next batch while the desk writes this one; more than these two there never are.
      if (message.type !== 'progress' && message.type !== 'end') reader.send({ type: 'next' });
      yield message;
      if (message.type === 'end') return;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    inbox.close();
    reader.kill();
    await inbox.gone;
    await rm(folder, { recursive: true, force: true });
  }
}
