import { afterEach, expect } from 'vitest';
import type { LedgerStore } from '../../../electron/store/ledger-store.ts';
import { allLogFailures } from './checked.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { ADA, BOB, CountedIds, deskWriting, HandClock } from './makers.ts';
import { signing } from './signing.ts';

export interface Fresh {
  /** Signs what it is asked to decide. */
  readonly store: LedgerStore;
  /** The same, and signs nothing. */
  readonly raw: LedgerStore;
  readonly clock: HandClock;
  /** What the test did to the log is not to be found fault with after it. */
  forgive(): void;
}

/** An empty store with the profiles Ada and Bob; after the test its logs are verified, and it is closed. */
export function freshly(open: OpenStore): () => Promise<Fresh> {
  const opened = new Map<LedgerStore, { isRight: boolean }>();
  afterEach(async () => {
    for (const [store, { isRight }] of opened) {
      if (isRight) expect(await allLogFailures(store)).toEqual([]);
      await store.close();
    }
    opened.clear();
  });
  return async () => {
    const clock = new HandClock();
    const raw = await open({ clock, ids: new CountedIds() });
    const store = signing(raw);
    const log = { isRight: true };
    opened.set(store, log);
    for (const [profile_id, name] of [
      [ADA, 'Ada'],
      [BOB, 'Bob'],
    ] as const) {
      await store.makeProfile(deskWriting(clock, profile_id), {
        profile_id,
        name,
        hold_seconds: 10,
        after_decision: 'next',
      });
    }
    const forgive = () => {
      log.isRight = false;
    };
    return { store, raw, clock, forgive };
  };
}
