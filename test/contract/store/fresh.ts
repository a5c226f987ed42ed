import { afterEach, expect } from 'vitest';
import type { LedgerStore } from '../../../electron/store/ledger-store.ts';
import { allLogFailures } from './checked.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { ADA, BOB, CountedIds, deskWriting, HandClock } from './makers.ts';
import { signing } from './signing.ts';

export interface Fresh {
  readonly store: LedgerStore;
  readonly clock: HandClock;
}

/** An empty store with the profiles Ada and Bob; after the test its logs are verified, and it is closed. */
export function freshly(open: OpenStore): () => Promise<Fresh> {
  const opened: LedgerStore[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) {
      expect(await allLogFailures(store)).toEqual([]);
      await store.close();
    }
  });
  return async () => {
    const clock = new HandClock();
    const store = signing(await open({ clock, ids: new CountedIds() }));
    opened.push(store);
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
    return { store, clock };
  };
}
