import { rmSync, statSync } from 'node:fs';
import { consistencyProof, inclusionProof } from '../../../electron/audit/log/tiles.ts';
import { systemClock, systemIds } from '../../../electron/desk/system-clock.ts';
import type { LedgerStore } from '../../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import type { Clock } from '../../../shared/domain/clock.ts';
import type { EscalationKey } from '../../../shared/domain/escalation.ts';
import { signed } from '../../contract/store/signing.ts';
import { BareLog } from '../bare/log.ts';
import { BareReads } from '../bare/reads.ts';
import { BareTiles } from '../bare/tiles.ts';
import { deflatedZip, storedZip } from '../bare/zip.ts';
import { BenchDesk } from '../bench-desk.ts';
import { besideBare } from '../beside-bare.ts';
import { approvalOn, LOG_TENANT, makeLog, newestOf } from '../make-log.ts';
import { alternate, durations, type Measurement, type Rounds, rates, timed } from '../measure.ts';
import { SeededRandom } from '../random.ts';
import type { Testbed } from '../testbed.ts';
import { unpackBundle } from '../unpack-bundle.ts';

const AFTER_NEWEST_MS = 5 * 60_000;
const DECISIONS = 300;
const PROOFS = 400;
/** Every piece of evidence lies as a file in a folder for the bare program: millions of them are no measurement. */
const BUNDLED_AT_MOST = 200_000;

/** A store with a log of its own, and the clock that stands after its newest record. */
interface LogBed {
  readonly bed: Testbed;
  readonly path: string;
  readonly clock: Clock;
  readonly records: number;
}

/**
 * The audit log of `n` records, one in twenty decided and signed: its proofs, its verification, a bundle of all of it, and
 * a decision more, each beside what is bare of it (docs/performance.md).
 */
export async function* measureAudit(bed: Testbed, n: number): AsyncGenerator<Measurement> {
  const now = newestOf(n) + AFTER_NEWEST_MS;
  const log = { bed, path: bed.file('audit.db'), clock: { ...systemClock, now: () => now }, records: n };
  bed.say(`making a log of ${n} records`);
  bed.removeStore(log.path);
  try {
    const size = await withStore(log, (store) => makeLog(store, n, bed.seed, now));
    yield durations('audit-proof', n, await measureProofs(log, size));
    yield* measureDesk(log);
    yield durations('audit-decision', n, await measureDecision(log));
  } finally {
    bed.removeStore(log.path);
  }
}

/** Proofs of entries and of sizes all over the log, of either kind in turns; bare: the tiles that they are made from. */
async function measureProofs(log: LogBed, size: number): Promise<Rounds> {
  const bare = new BareTiles(log.path);
  const random = new SeededRandom(7);
  const places = Array.from({ length: log.bed.rounds(PROOFS) }, () => 1 + random.below(size - 1));
  const tiles = places.map((at, round) =>
    bare.placesOf((read) => (isInclusion(round) ? inclusionProof(read, at, size) : consistencyProof(read, at, size))),
  );
  try {
    return await withStore(log, (store) =>
      alternate(
        places.length,
        async (round) => {
          const at = places[round] ?? 0;
          const proof = isInclusion(round)
            ? await store.inclusionProof(LOG_TENANT, at, size)
            : await store.consistencyProof(LOG_TENANT, at, size);
          expectDone(proof.length > 0);
        },
        (round) => expectDone(bare.read(tiles[round] ?? []) > 0),
      ),
    );
  } finally {
    bare.close();
  }
}

function isInclusion(round: number): boolean {
  return round % 4 < 2;
}

/** Verification and bundle as the jobs that the desk runs. */
async function* measureDesk(log: LogBed): AsyncGenerator<Measurement> {
  const { bed, path, clock, records } = log;
  const desk = await BenchDesk.open(bed, path, clock);
  try {
    await desk.untilVerified();
    yield* await measureVerify(log, desk);
    if (records <= BUNDLED_AT_MOST) yield* await measureBundle(log, desk);
  } finally {
    await desk.close();
  }
}

/** Bare: all that events commit to; and, for who wants to know, the leaves alone. */
async function measureVerify({ bed, path, records }: LogBed, desk: BenchDesk): Promise<Measurement[]> {
  const bare = new BareLog(path);
  const root = bare.root().toString('hex');
  const leaves: number[] = [];
  const ours = async () => {
    bed.say(`verifying a log of ${records} records`);
    const result = await desk.verifyLog(LOG_TENANT);
    expectDone(result.verified && result.root === root);
  };
  try {
    const taken = await alternate(roundsOf(bed, records), ours, () => expectDone(bare.hashAll() > records));
    for (const _ of taken.bare) leaves.push(await timed(() => expectDone(bare.root().toString('hex') === root)));
    return [
      rates('audit-verify', records, taken),
      rates('audit-verify-leaves', records, { ours: taken.ours, bare: leaves }),
    ];
  } finally {
    bare.close();
  }
}

/** Bare: the files of the first bundle, which lie in a folder, zipped; and, stricter, put into a container of its very form. */
async function measureBundle({ bed, records }: LogBed, desk: BenchDesk): Promise<Measurement[]> {
  const [path, folder, target] = [bed.file('bundle.zip'), bed.file('bundle'), bed.file('bare.zip')];
  const ours = async () => {
    bed.say(`bundling ${records} records`);
    const job = await desk.export(LOG_TENANT, 'bundle', path);
    expectDone(job.manifest?.records === records);
  };
  try {
    await ours();
    const names = await unpackBundle(path, folder);
    const { size } = statSync(path);
    const stored: number[] = [];
    const zipped = () => expectDone(deflatedZip(folder, names, target) > names.length);
    const taken = await alternate(roundsOf(bed, records), ours, zipped);
    for (const _ of taken.bare) stored.push(await timed(() => expectDone(storedZip(folder, names, target) === size)));
    return [
      rates('audit-bundle', records, taken),
      rates('audit-bundle-stored', records, { ours: taken.ours, bare: stored }),
    ];
  } finally {
    for (const made of [path, `${path}.manifest.json`, folder, target]) rmSync(made, { recursive: true, force: true });
  }
}

/** A decision, and then the proof that it is the log's last entry; bare: a transaction that writes the same rows. */
async function measureDecision({ bed, path, clock }: LogBed): Promise<Rounds> {
  const keys = activeKeys(bed, path);
  const place = { path, copy: bed.file('audit-copy.db'), tenant: LOG_TENANT, clock };
  return besideBare(place, keys.length, async (store) => {
    const { size } = await store.logHead(LOG_TENANT);
    return {
      prepare: async (round, write) => {
        const decision = await approvalOn(store, keys[round], clock.now());
        return { seq: size + round, decision: await signed(store, write, decision) };
      },
      write: async ({ seq, decision }, write) => {
        await store.decide(write, decision);
        expectDone((await store.inclusionProof(LOG_TENANT, seq, seq + 1)).length > 0);
      },
    };
  });
}

function activeKeys(bed: Testbed, path: string): Omit<EscalationKey, 'tenant'>[] {
  const reads = new BareReads(path, LOG_TENANT);
  try {
    return reads.activeKeys(bed.rounds(DECISIONS));
  } finally {
    reads.close();
  }
}

/** What takes as long as the log is: a long one is not verified as often. */
function roundsOf(bed: Testbed, records: number): number {
  return bed.rounds(records > 50_000 ? 3 : 7);
}

async function withStore<T>({ path, clock }: LogBed, work: (store: LedgerStore) => Promise<T>): Promise<T> {
  const store = await openSqliteStore({ path, clock, ids: systemIds });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A time in which something was not done is none. */
function expectDone(done: boolean): void {
  if (!done) throw new Error('Not everything was proven, verified or written.');
}
