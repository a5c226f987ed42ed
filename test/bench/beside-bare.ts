import { copyFileSync, rmSync } from 'node:fs';
import { systemIds } from '../../electron/desk/system-clock.ts';
import type { LedgerStore, Write } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import type { Clock } from '../../shared/domain/clock.ts';
import { WriteRecorder, type Written } from './bare/recorder.ts';
import { Replay } from './bare/replay.ts';
import { type Rounds, timed } from './measure.ts';

/** A store that nobody has open, and where its copy may lie meanwhile. */
export interface WritePlace {
  readonly path: string;
  readonly copy: string;
  readonly tenant: string;
  readonly clock: Clock;
}

export interface WriteOperation<Input> {
  /** Makes a round's input; not timed. */
  prepare(round: number, write: Write): Promise<Input>;
  write(input: Input, write: Write): Promise<unknown>;
}

/**
 * Times an operation of the store against a transaction that writes the very same rows to a copy of it: what the one
 * wrote in a round the other writes right after, from prepared statements with the values at hand.
 */
export async function besideBare<Input>(
  place: WritePlace,
  rounds: number,
  operate: (store: LedgerStore) => Promise<WriteOperation<Input>>,
): Promise<Rounds> {
  // The store is closed, so that its file alone is all of it.
  copyFileSync(place.path, place.copy);
  const recorder = new WriteRecorder();
  const store = await openSqliteStore({ path: place.path, clock: place.clock, ids: systemIds });
  const replay = new Replay(place.copy);
  try {
    const operation = await operate(store);
    const taken = { ours: [] as number[], bare: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const { ours, written } = await oneRound(recorder, operation, round, newWrite(place));
      replay.prepare(written);
      taken.ours.push(ours);
      taken.bare.push(await timed(() => replay.write(written)));
    }
    return taken;
  } finally {
    replay.close();
    await store.close();
    recorder.stop();
    for (const side of ['', '-wal', '-shm']) rmSync(`${place.copy}${side}`, { force: true });
  }
}

/** How long it took, and what it wrote. */
async function oneRound<Input>(
  recorder: WriteRecorder,
  { prepare, write }: WriteOperation<Input>,
  round: number,
  about: Write,
): Promise<{ ours: number; written: Written[] }> {
  const input = await prepare(round, about);
  recorder.take();
  const ours = await timed(() => write(input, about));
  const written = recorder.take();
  if (written.length === 0) throw new Error('Nothing was written.');
  return { ours, written };
}

function newWrite({ tenant, clock }: WritePlace): Write {
  const key = systemIds.uuid();
  return { tenant, by: 'bench', idempotencyKey: key, inputHash: key, now: clock.now() };
}
