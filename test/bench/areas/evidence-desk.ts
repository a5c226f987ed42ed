import { hash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { systemClock, systemIds } from '../../../electron/desk/system-clock.ts';
import type { LedgerStore, NewEscalation, Write } from '../../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import type { Clock } from '../../../shared/domain/clock.ts';
import { BarePrimitives } from '../bare/evidence.ts';
import { BareReads } from '../bare/reads.ts';
import { BareVerification } from '../bare/verify-job.ts';
import { BenchDesk } from '../bench-desk.ts';
import { alternate, durations, type Measurement, rates, timed } from '../measure.ts';
import { GATE_HEX, type SignedPacket, signedPacket } from '../signed-packets.ts';
import type { Testbed } from '../testbed.ts';

const TENANT = 'acme';
const OPENED = 300;
const IN_A_BATCH = 1000;
const NOW = Date.parse('2026-11-15T12:00:00Z');
const CLOCK: Clock = { ...systemClock, now: () => NOW };

const eventOf = (n: number) => `c0ffee00-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const idOf = (n: number) => `esc-${n}`;

/**
 * The desk with `n` escalations, each with a packet of 2 KiB of its own: opening one that was never verified, verifying
 * all of them as a job, and the queue's first page while that job runs.
 */
export async function* measureDesk(bed: Testbed, n: number): AsyncGenerator<Measurement> {
  const path = bed.file('evidence.db');
  bed.removeStore(path);
  await fill(bed, path, n);
  const desk = await BenchDesk.open(bed, path, CLOCK);
  const reads = new BareReads(path, TENANT);
  try {
    yield await measureOpen(bed, desk, reads, n);
    await desk.untilVerified();
    yield* await measureJob(bed, desk, reads, path, n);
  } finally {
    reads.close();
    await desk.close();
    bed.removeStore(path);
  }
}

async function fill(bed: Testbed, path: string, n: number): Promise<void> {
  bed.say(`signing and recording ${n} packets`);
  const store = await openSqliteStore({ path, clock: CLOCK, ids: systemIds });
  try {
    for (let from = 0; from < n; from += IN_A_BATCH) await recordSome(store, from, Math.min(n, from + IN_A_BATCH));
    const entry = { name: 'gate', purpose: 'gate' as const, public_hex: GATE_HEX };
    await store.pinTrust(newWrite(), [{ source: 'bench', entry, confirmed: 'command' }]);
  } finally {
    await store.close();
  }
}

async function recordSome(store: LedgerStore, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, at) => newEscalation(from + at));
  const rest = { sourceRows: [], unattached: [], jobId: null, dryRun: false };
  await store.recordBatch({ ...newWrite(), rows, ...rest });
}

function newEscalation(n: number): NewEscalation {
  const { bytes } = packetOf(n);
  return {
    record: {
      escalation_id: idOf(n),
      status: 'ESCALATED',
      escalation_event_id: eventOf(n),
      timestamp: new Date(NOW - n).toISOString(),
    },
    request: null,
    deadlines: [],
    decision: null,
    evidence: [{ bytes, kind: 'vep', role: 'escalation' }],
    findings: [],
  };
}

function packetOf(n: number): SignedPacket {
  return signedPacket('2k', n + 1);
}

function newWrite(): Write {
  const key = systemIds.uuid();
  return { tenant: TENANT, by: 'bench', idempotencyKey: key, inputHash: hash('sha256', key), now: NOW };
}

/** The first time that each is opened, so that it is verified on the way; bare: its rows, and the primitives. */
async function measureOpen(bed: Testbed, desk: BenchDesk, reads: BareReads, n: number): Promise<Measurement> {
  bed.say('opening escalations with their verdicts');
  const bare = new BarePrimitives(GATE_HEX);
  const places = Array.from({ length: Math.min(n, bed.rounds(OPENED)) }, (_, at, many = OPENED) =>
    Math.floor((at * n) / many),
  );
  const packets = places.map(packetOf);
  const place = (round: number) => places[round] ?? 0;
  const taken = await alternate(
    places.length,
    async (round) => {
      const opened = await desk.get(TENANT, idOf(place(round)), eventOf(place(round)));
      expectDone(opened.judgement.current && opened.judgement.verdict === 'verified');
    },
    (round) => {
      reads.open(idOf(place(round)), eventOf(place(round)));
      expectDone(bare.verify(packets[round] ?? packetOf(0)));
    },
  );
  return durations('open-with-verdicts', n, taken);
}

/** All of it as a job; meanwhile the queue's first page, again and again, as a window asks for it. */
async function measureJob(
  bed: Testbed,
  desk: BenchDesk,
  reads: BareReads,
  path: string,
  n: number,
): Promise<Measurement[]> {
  bed.say(`verifying ${n} packets as a job`);
  const pages = { ours: [] as number[], bare: [] as number[] };
  let running = true;
  const job = timed(async () => {
    const { verify_result } = await desk.verifyAll(TENANT);
    running = false;
    expectDone(verify_result?.judged === n && verify_result.verified === n);
  });
  do {
    pages.ours.push(await timed(async () => expectDone((await desk.page(TENANT)) > 0)));
    pages.bare.push(await timed(() => expectDone(reads.firstPage(NOW) > 0)));
    // What a window does between two calls is no work of the desk's.
    for (let turns = 0; turns < 20 && running; turns += 1) await turn();
  } while (running);
  const ours = [await job];
  bed.say(`verifying ${n} packets, bare`);
  const bare = new BareVerification(path, GATE_HEX);
  try {
    const taken = [await timed(() => expectDone(bare.verifyAll() === n))];
    return [rates('verify-job', n, { ours, bare: taken }, 'packets/s'), durations('page-while-verifying', n, pages)];
  } finally {
    bare.close();
  }
}

/** A time in which something was not done is none. */
function expectDone(done: boolean): void {
  if (!done) throw new Error('Not everything was verified, or read.');
}
