import { copyFileSync } from 'node:fs';
import { systemIds } from '../../../electron/desk/system-clock.ts';
import type { LedgerStore, NewDecision, NewEscalation, Write } from '../../../electron/store/ledger-store.ts';
import { signed } from '../../contract/store/signing.ts';
import { BareReads } from '../bare/reads.ts';
import { WriteRecorder, type Written } from '../bare/recorder.ts';
import { Replay } from '../bare/replay.ts';
import { tellStory } from '../ledger-story.ts';
import { type Rounds, timed } from '../measure.ts';
import { SeededRandom } from '../random.ts';
import type { Testbed } from '../testbed.ts';
import { recordText } from '../vex-form.ts';

const ROUNDS = 300;

/** Records one escalation durably. */
export function measureRecord(bed: Testbed): Promise<Rounds> {
  const random = new SeededRandom(3);
  return besideBare(bed, async (store) => ({
    prepare: async (round) => newEscalation(bed, random, round),
    write: (row: NewEscalation, write) => store.record(write, row),
  }));
}

/** Approves one escalation durably, with a typed VEP hash; signed before, as whoever has the key does. */
export function measureResolve(bed: Testbed): Promise<Rounds> {
  return besideBare(bed, async (store) => {
    const keys = activeKeys(bed);
    return {
      prepare: async (round, write) => signed(store, write, await newDecision(bed, store, keys[round] ?? keys[0])),
      write: (decision: NewDecision, write) => store.decide(write, decision),
    };
  });
}

interface WriteOperation<Input> {
  /** Makes a round's input; not timed. */
  prepare(round: number, write: Write): Promise<Input>;
  write(input: Input, write: Write): Promise<unknown>;
}

/**
 * Times an operation of the store against a transaction that writes the very same rows to a copy of it: what the one
 * wrote in a round the other writes right after, from prepared statements with the values at hand.
 */
async function besideBare<Input>(
  bed: Testbed,
  operate: (store: LedgerStore) => Promise<WriteOperation<Input>>,
): Promise<Rounds> {
  const copy = bed.file('copy.db');
  // The store was closed, so that its file alone is all of it.
  copyFileSync(bed.store, copy);
  const recorder = new WriteRecorder();
  try {
    return await bed.withStore(async (store) => {
      const operation = await operate(store);
      const replay = new Replay(copy);
      try {
        return await inTurns(bed, recorder, replay, operation);
      } finally {
        replay.close();
      }
    });
  } finally {
    recorder.stop();
    bed.removeStore(copy);
  }
}

async function inTurns<Input>(
  bed: Testbed,
  recorder: WriteRecorder,
  replay: Replay,
  { prepare, write }: WriteOperation<Input>,
) {
  const taken = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < bed.rounds(ROUNDS); round += 1) {
    const about = newWrite(bed);
    const input = await prepare(round, about);
    recorder.take();
    const ours = await timed(() => write(input, about));
    const written = recorder.take();
    expectWritten(written);
    replay.prepare(written);
    taken.ours.push(ours);
    taken.bare.push(await timed(() => replay.write(written)));
  }
  return taken;
}

function newWrite(bed: Testbed): Write {
  const key = systemIds.uuid();
  return { tenant: bed.ledger.tenant, by: 'bench', idempotencyKey: key, inputHash: key, now: bed.clock.now() };
}

async function newEscalation(bed: Testbed, random: SeededRandom, round: number): Promise<NewEscalation> {
  const story = {
    ...tellStory(random, round, bed.ledger.newestMs),
    fate: 'active' as const,
    decision: null,
    token: null,
  };
  const record = { escalation_id: `new-${round}`, status: 'ESCALATED' as const, escalation_event_id: story.eventId };
  const timestamp = new Date(bed.clock.now()).toISOString();
  const evidence = [
    { bytes: Buffer.from(recordText(story)), kind: 'source-row' as const, role: 'escalation' as const },
  ];
  return { record: { ...record, timestamp }, request: null, deadlines: [], decision: null, evidence, findings: [] };
}

async function newDecision(
  bed: Testbed,
  store: LedgerStore,
  key: { id: string; event: string } | undefined,
): Promise<NewDecision> {
  const target = { tenant: bed.ledger.tenant, id: key?.id ?? '', event: key?.event ?? '' };
  const seen = await store.read(target, bed.clock.now());
  return {
    key: target,
    viewSha256: seen?.escalation.view_sha256 ?? '',
    outcome: 'approved',
    reason: 'Checked against the order and called the owner back.',
    reasonCode: 'OTHER',
    reviewer: 'Bench',
    resolution: { eventId: systemIds.uuid(), vepHash: 'ab'.repeat(32), packet: null },
    seal: null,
    sealed: null,
    overrides: [],
    acceptedUnchecked: [],
    statement: null,
    seen: null,
  };
}

function activeKeys(bed: Testbed): { id: string; event: string }[] {
  const reads = new BareReads(bed.store, bed.ledger.tenant);
  try {
    return reads.activeKeys(ROUNDS);
  } finally {
    reads.close();
  }
}

function expectWritten(written: readonly Written[]): void {
  if (written.length === 0) throw new Error('Nothing was written.');
}
