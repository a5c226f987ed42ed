import type { NewDecision, NewEscalation } from '../../../electron/store/ledger-store.ts';
import { signed } from '../../contract/store/signing.ts';
import { BareReads } from '../bare/reads.ts';
import { besideBare } from '../beside-bare.ts';
import { tellStory } from '../ledger-story.ts';
import { approvalOn } from '../make-log.ts';
import type { Rounds } from '../measure.ts';
import { SeededRandom } from '../random.ts';
import type { Testbed } from '../testbed.ts';
import { recordText } from '../vex-form.ts';

const ROUNDS = 300;

/** Records one escalation durably. */
export function measureRecord(bed: Testbed): Promise<Rounds> {
  const random = new SeededRandom(3);
  return besideBare(placeOf(bed), bed.rounds(ROUNDS), async (store) => ({
    prepare: async (round) => newEscalation(bed, random, round),
    write: (row: NewEscalation, write) => store.record(write, row),
  }));
}

/** Approves one escalation durably, with a typed VEP hash; signed before, as whoever has the key does. */
export function measureResolve(bed: Testbed): Promise<Rounds> {
  return besideBare(placeOf(bed), bed.rounds(ROUNDS), async (store) => {
    const keys = activeKeys(bed);
    return {
      prepare: async (round, write) =>
        signed(store, write, await approvalOn(store, keys[round] ?? keys[0], bed.clock.now())),
      write: (decision: NewDecision, write) => store.decide(write, decision),
    };
  });
}

function placeOf(bed: Testbed) {
  return { path: bed.store, copy: bed.file('copy.db'), tenant: bed.ledger.tenant, clock: bed.clock };
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

function activeKeys(bed: Testbed): { id: string; event: string }[] {
  const reads = new BareReads(bed.store, bed.ledger.tenant);
  try {
    return reads.activeKeys(ROUNDS);
  } finally {
    reads.close();
  }
}
