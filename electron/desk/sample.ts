import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../shared/domain/clock.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import type { FeatureContext, Staging } from '../features/context.ts';
import { runImport } from '../features/transfer/handlers.ts';
import { deskWrite } from '../features/writing.ts';
import type { HostServices } from './host-services.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';

/** Five minutes after the newest record of the shipped ledger, when four agents still wait; a test compares the two. */
export const SAMPLE_NOW = Date.parse('2026-11-15T15:28:14Z');

/**
 * Opens the sample: a store of its own in `folder`, filled through the ordinary import, under a clock that stands still.
 * The reviewer's profiles are known there too. Errors as an import's.
 */
export async function openSampleLedger(
  services: HostServices,
  staging: Staging,
  main: Ledger,
  folder: string,
): Promise<Ledger> {
  const ledger = await openLedger(services, staging, {
    path: join(folder, 'sample.db'),
    clock: standingStill(services.clock),
    sample: true,
  });
  try {
    const by = await adoptProfiles(main.context, ledger.context);
    await fill(services, staging, ledger.context, by);
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** Removes the sample's store; its ledger is closed before. */
export function removeSample(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function standingStill(clock: Clock): Clock {
  return { now: () => SAMPLE_NOW, monotonic: () => clock.monotonic(), after: (ms, callback) => clock.after(ms, callback) };
}

/** Whoever decides in the sample is known there by the same id; the importer's id is that of the first. */
async function adoptProfiles(from: FeatureContext, to: FeatureContext): Promise<string> {
  const [theirs, known] = [await from.store.profiles(), await to.store.profiles()];
  for (const profile of theirs) {
    if (known.some(({ profile_id }) => profile_id === profile.profile_id)) continue;
    const call = { by: profile.profile_id, idempotency_key: randomUUID() };
    await to.store.makeProfile(deskWrite(to, 'profile.adopt', call), profile);
  }
  const first = theirs[0];
  if (first !== undefined) return first.profile_id;
  throw new DeskError('INVALID_INPUT', 'The desk has no profile yet. Make one first; then open the sample.');
}
