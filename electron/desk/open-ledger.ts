import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../shared/domain/clock.ts';
import type { FeatureContext, Staging } from '../features/context.ts';
import { Holds } from '../features/decision/holds.ts';
import { jobsOf } from '../features/job/jobs.ts';
import { keyRingOf } from '../features/keys/key-ring.ts';
import { headWatchOf } from '../features/log/head-watch.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { ChangeFeed } from './change-feed.ts';
import type { HostServices } from './host-services.ts';
import type { Ledger } from './ledger.ts';
import { NoticeBoard, noticesOf } from './notice-board.ts';
import { dropOwner, isAlive, newOwner } from './owner.ts';
import { Presence } from './presence.ts';
import { Timers } from './timers.ts';
import { version } from './version.ts';

export interface LedgerOptions {
  /** The SQLite file; made when there is none. */
  readonly path: string;
  readonly clock: Clock;
  readonly sample: boolean;
}

/** Opens one store with all that works on it: notices, undo holds, timers. Errors: STORE_*, as the store says. */
export async function openLedger(services: HostServices, staging: Staging, options: LedgerOptions): Promise<Ledger> {
  mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 });
  const store = await openSqliteStore({ path: options.path, clock: options.clock, ids: services.ids });
  const owner = newOwner();
  const notices = new NoticeBoard();
  const failed = (error: unknown) => services.log(`changes could not be read: ${String(error)}`);
  const feed = new ChangeFeed(
    store,
    options.clock,
    (changes, overflow) => {
      for (const notice of noticesOf(changes, overflow)) notices.publish(notice);
    },
    failed,
  );
  const context: FeatureContext = {
    store,
    staging,
    owner,
    version,
    clock: options.clock,
    ids: services.ids,
    sample: options.sample,
    home: services.home,
    // The sample is made anew whenever it is opened first; nothing of it is to be remembered.
    stateFolder: options.sample ? null : services.stateFolder,
    fontFolder: services.fontFolder,
    keyring: services.keyring,
    spawnReader: () => services.spawnReader(),
    changed: () => feed.pump(),
    publish: (notice) => notices.publish(notice),
    log: (line) => services.log(line),
  };
  const holds = new Holds(context);
  const presence = new Presence(context);
  const timers = new Timers(context, presence);
  await putRight(context);
  const heads = await headWatchOf(context);
  await heads.atStart();
  await feed.start();
  // A command is over before its first turn would matter.
  if (services.host !== 'cli') await timers.start();
  return {
    context,
    holds,
    notices,
    others: () => presence.others,
    async close() {
      await jobsOf(context).close();
      await timers.close();
      await holds.close();
      keyRingOf(context).close();
      await heads.close();
      await feed.close();
      notices.close();
      await store.close();
      dropOwner(owner);
    },
  };
}

/** What desks that died left behind. A store that cannot be written now can still be read. */
async function putRight(context: FeatureContext): Promise<void> {
  try {
    await context.store.releaseOrphanedHolds(isAlive, context.clock.now());
    await jobsOf(context).failOrphans(isAlive);
  } catch (error) {
    context.log(`what a dead desk left could not be put right: ${String(error)}`);
  }
}
