import type { Topic } from '../../shared/contract/base.ts';
import type { Notice } from '../../shared/contract/desk.ts';
import type { Change } from '../store/ledger-store.ts';

/** Escalations that one notice names; more of them are `any of the tenant's`. */
const MOST_NAMED = 100;
/** Notices that wait for one window; a window that reads slower is told to read everything again. */
const MOST_WAITING = 256;
const EVERYTHING: Notice = {
  topics: ['queue', 'escalation', 'job', 'transfer', 'profile', 'settings', 'desk', 'hold'],
};

/** Hands what changed to every window that listens, without ever waiting for one. */
export class NoticeBoard {
  readonly #listeners = new Set<NoticeQueue>();

  publish(notice: Notice): void {
    for (const listener of this.#listeners) listener.push(notice);
  }

  /** Notices from now on until the signal aborts or the board closes; the first, without topics, says that it stands. */
  async *listen(signal: AbortSignal | undefined): AsyncGenerator<Notice, void> {
    const queue = new NoticeQueue();
    const leave = () => queue.close();
    if (signal?.aborted === true) return;
    signal?.addEventListener('abort', leave, { once: true });
    this.#listeners.add(queue);
    try {
      yield { topics: [] };
      yield* queue.drain();
    } finally {
      signal?.removeEventListener('abort', leave);
      this.#listeners.delete(queue);
    }
  }

  close(): void {
    for (const listener of this.#listeners) listener.close();
  }
}

/** The notices that one window has not taken yet: bounded, so that a frozen window costs no memory. */
class NoticeQueue {
  #waiting: Notice[] = [];
  #closed = false;
  #wake: (() => void) | null = null;

  push(notice: Notice): void {
    if (this.#waiting.length >= MOST_WAITING) this.#waiting = [EVERYTHING];
    else this.#waiting.push(notice);
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *drain(): AsyncGenerator<Notice, void> {
    while (!this.#closed) {
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

/** The store's changes as notices, one a tenant: names, no rows. */
export function noticesOf(changes: readonly Change[], overflow: boolean): Notice[] {
  if (overflow) return [EVERYTHING];
  const byTenant = new Map<string | null, { topics: Set<Topic>; keys: Map<string, { id: string; event: string }> }>();
  for (const { tenant, topic, key } of changes) {
    const group = byTenant.get(tenant) ?? { topics: new Set<Topic>(), keys: new Map() };
    byTenant.set(tenant, group);
    group.topics.add(topic);
    if (key !== undefined) group.keys.set(`${key.event} ${key.id}`, key);
  }
  return [...byTenant].map(([tenant, { topics, keys }]) => ({
    topics: [...topics],
    ...(tenant === null ? {} : { tenant }),
    ...(keys.size === 0 || keys.size > MOST_NAMED ? {} : { escalations: [...keys.values()] }),
  }));
}
