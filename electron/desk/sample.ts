import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../../shared/domain/clock.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import type { FeatureContext, Staging } from '../features/context.ts';
import { jobsOf } from '../features/job/jobs.ts';
import { readFile as readTrust } from '../features/keys/trust-files.ts';
import { pin } from '../features/keys/trust-handlers.ts';
import { startImport } from '../features/transfer/handlers.ts';
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
    await trustItsKeys(services, staging, ledger.context, by);
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** A sample that was filled before keeps what was decided in it; one that was cut short goes on. */
async function fill(services: HostServices, staging: Staging, context: FeatureContext, by: string): Promise<void> {
  const jobs = jobsOf(context);
  if ((await jobs.list('import')).some(({ state }) => state === 'done')) return;
  const source = staging.stageSource(services.sampleLedger, { name: 'sample', temporary: false });
  const call = { by, idempotency_key: randomUUID(), sources: [source], tenants: [], dry_run: false };
  const { job_id } = await startImport(context, call);
  await jobs.ended(job_id);
  const job = await jobs.get(job_id);
  staging.release(source);
  if (job?.state !== 'done') {
    throw new DeskError(
      job?.error?.code ?? 'INTERNAL',
      `The sample could not be opened: ${job?.error?.message ?? 'unknown'}`,
    );
  }
}

/**
 * Pins the keys that the sample's gate and issuer sign with: they came with the product, as the sample did, and are
 * trusted in the sample's store alone. One that somebody has ended stays so.
 */
async function trustItsKeys(
  services: HostServices,
  staging: Staging,
  context: FeatureContext,
  by: string,
): Promise<void> {
  const path = join(dirname(services.sampleLedger), 'trust.json');
  const staged = staging.stageSource(path, { name: 'sample', temporary: false });
  const { name, entries } = await readTrust(context, { staged });
  staging.release(staged);
  const confirmed = entries.map((entry) => ({ entry, confirmation: { how: 'command' as const } }));
  for (const tenant of await context.store.tenants()) {
    if ((await context.store.trust(tenant)).entries.length > 0) continue;
    await pin(context, { tenant, by, idempotency_key: randomUUID(), source: name, entries: confirmed });
  }
}

/** Removes the sample's store; its ledger is closed before. */
export function removeSample(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function standingStill(clock: Clock): Clock {
  return {
    now: () => SAMPLE_NOW,
    monotonic: () => clock.monotonic(),
    after: (ms, callback) => clock.after(ms, callback),
  };
}

/** Whoever decides in the sample is known there by the same id; answers the first of them, who imports it. */
export async function adoptProfiles(from: FeatureContext, to: FeatureContext): Promise<string> {
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
