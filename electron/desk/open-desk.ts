import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../../shared/domain/errors.ts';
import type { Desk } from './desk.ts';
import type { HostServices } from './host-services.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';
import { makeRouter } from './router.ts';
import { adoptProfiles, openSampleLedger, removeSample } from './sample.ts';
import { makeStaging } from './staging.ts';

/**
 * Opens the desk on one store and wires the rooms together; the host then serves `router`. What a crash left behind is
 * put right first: holds of desks that are gone become drafts. Errors: STORE_*.
 */
export async function openDesk(services: HostServices, storePath: string): Promise<Desk> {
  const staging = makeStaging();
  mkdirSync(services.home, { recursive: true, mode: 0o700 });
  const main = await openLedger(services, staging, { path: storePath, clock: services.clock, sample: false });
  const sampleFolder = join(services.home, 'sample');
  let sample: Promise<Ledger> | null = null;
  let opened: Ledger | null = null;

  async function openSample(): Promise<void> {
    sample ??= openSampleLedger(services, staging, main, sampleFolder);
    try {
      opened = await sample;
      // Somebody may have come since it was opened first.
      await adoptProfiles(main.context, opened.context);
    } catch (error) {
      sample = null;
      throw error;
    }
  }

  async function closeSample(): Promise<void> {
    const closing = opened;
    [sample, opened] = [null, null];
    await closing?.close();
    removeSample(sampleFolder);
  }

  let closed: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    await opened?.close();
    await main.close();
    staging.close();
  }

  const router = makeRouter({
    services,
    main,
    sample() {
      if (opened !== null) return opened;
      throw new DeskError('NOT_FOUND', 'The sample ledger is not open. Open it from the desk.');
    },
    openSample,
    closeSample,
  });
  return {
    services,
    router,
    staging,
    main: main.context,
    pendingHolds: () => main.holds.count + (opened?.holds.count ?? 0),
    async recordHolds() {
      await main.holds.recordAll();
      await opened?.holds.recordAll();
    },
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
