import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemIds } from '../../electron/desk/system-clock.ts';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import type { Clock } from '../../shared/domain/clock.ts';
import { type MadeLedger, makeLedger } from './make-ledger.ts';

const AFTER_NEWEST_MS = 5 * 60_000;

/** The programs that are measured: built ones, or their sources, which Node runs as they stand. */
export interface Programs {
  readonly reader: string;
  readonly cli: string;
}

/** What a run of the bench is given from outside. */
export interface Around {
  readonly programs: Programs;
  /** Says what is being done, for who waits. */
  readonly say: (line: string) => void;
  /** No area takes more rounds than this; for a run that is to be short. */
  readonly mostRounds?: number;
}

/**
 * What one size is measured on: a made vex.db and a store, in a private folder that goes with it. The clock stands five
 * minutes after the ledger's newest record, so that every run sees the same queue.
 */
export class Testbed {
  readonly folder = mkdtempSync(join(tmpdir(), 'vex-bench-'));
  /** The store that holds the ledger; empty until it was imported. */
  readonly store = join(this.folder, 'desk.db');
  /** What is made for the same seed is the same. */
  readonly seed: number;
  readonly #around: Around;
  readonly #make: () => MadeLedger;
  #ledger: MadeLedger | null = null;
  /** A run that is cut short leaves no files of gigabytes behind. */
  readonly #removeAtExit = () => rmSync(this.folder, { recursive: true, force: true });

  constructor(records: number, seed: number, around: Around) {
    this.#around = around;
    this.seed = seed;
    process.once('exit', this.#removeAtExit);
    this.#make = () => {
      this.say(`making a ledger of ${records} records`);
      return makeLedger(join(this.folder, 'vex.db'), records, seed);
    };
  }

  /** Made when it is asked for first: not all that is measured needs it. */
  get ledger(): MadeLedger {
    this.#ledger ??= this.#make();
    return this.#ledger;
  }

  get clock(): Clock {
    const now = this.ledger.newestMs + AFTER_NEWEST_MS;
    return { now: () => now, monotonic: systemClock.monotonic, after: systemClock.after };
  }

  get programs(): Programs {
    return this.#around.programs;
  }

  say(line: string): void {
    this.#around.say(line);
  }

  /** How many rounds an area takes that would like to take so many. */
  rounds(wanted: number): number {
    return Math.min(wanted, this.#around.mostRounds ?? wanted);
  }

  /** Rounds of work that takes as long as the ledger is: a short one is over so soon that one round tells little. */
  roundsOfWhole(): number {
    const { records } = this.ledger;
    if (records > 200_000) return 1;
    return this.rounds(records > 20_000 ? 2 : 3);
  }

  /** Runs `work` on the store at `path`, the bed's own when none is named. */
  async withStore<T>(work: (store: LedgerStore) => Promise<T>, path = this.store): Promise<T> {
    const store = await openSqliteStore({ path, clock: this.clock, ids: systemIds });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /** Removes a store with what SQLite keeps beside it. */
  removeStore(path: string): void {
    for (const side of ['', '-wal', '-shm']) rmSync(`${path}${side}`, { force: true });
  }

  remove(): void {
    process.off('exit', this.#removeAtExit);
    this.#removeAtExit();
  }
}
