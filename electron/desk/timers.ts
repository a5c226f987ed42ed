import type { FeatureContext } from '../features/context.ts';
import { AutoExpire } from '../features/decision/auto-expire.ts';
import { verifyDue } from '../features/evidence/verify-due.ts';
import { jobsOf } from '../features/job/jobs.ts';
import { CheckpointsDue } from '../features/log/checkpoints-due.ts';
import { Schedules } from '../features/schedule/schedules.ts';
import { isAlive } from './owner.ts';
import type { Presence } from './presence.ts';
import { SteadyClock } from './steady-clock.ts';

const TURN_MS = 5000;
/** The desk that runs the timers may miss two turns before another takes over. */
const LEASE_MS = 15_000;

/** What a desk does by itself, turn by turn: one desk of a store at a time, elected by a lease. */
export class Timers {
  readonly #context: FeatureContext;
  readonly #presence: Presence;
  readonly #steady: SteadyClock;
  readonly #autoExpire: AutoExpire;
  readonly #checkpoints: CheckpointsDue;
  readonly #schedules: Schedules;
  #stop: () => void = () => {};
  #running: Promise<void> = Promise.resolve();
  #closed = false;
  #said = '';

  constructor(context: FeatureContext, presence: Presence) {
    this.#context = context;
    this.#presence = presence;
    this.#steady = new SteadyClock(context.clock);
    this.#autoExpire = new AutoExpire(context);
    this.#checkpoints = new CheckpointsDue(context);
    this.#schedules = new Schedules(context);
  }

  /** The first turn is over when this settles; the others follow on the clock. */
  async start(): Promise<void> {
    this.#running = this.#turn();
    await this.#running;
    if (this.#closed) return;
    this.#stop = this.#context.clock.after(TURN_MS, () => void this.start());
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stop();
    await this.#running;
    await this.#presence.end().catch(() => undefined);
  }

  async #turn(): Promise<void> {
    try {
      await this.#presence.renew();
      if (await this.#isElected()) await this.#act();
    } catch (error) {
      // A store that is busy or read-only now may be well at the next turn.
      this.#logOnce(`a turn of the timers failed: ${String(error)}`);
    }
  }

  /** What fails at every turn is said once. */
  #logOnce(line: string): void {
    if (line !== this.#said) this.#context.log(line);
    this.#said = line;
  }

  #isElected(): Promise<boolean> {
    const { store, owner, clock } = this.#context;
    const now = clock.now();
    return store.lease('timers', owner, now, now + LEASE_MS);
  }

  async #act(): Promise<void> {
    const { store, clock } = this.#context;
    const freed = await store.releaseOrphanedHolds(isAlive, clock.now());
    await jobsOf(this.#context).failOrphans(isAlive);
    const expired = this.#steady.isSteady() ? await this.#autoExpire.turn() : 0;
    const signed = await this.#checkpoints.turn();
    const exported = await this.#schedules.turn();
    if (freed + expired + signed + exported > 0) this.#context.changed();
    await verifyDue(this.#context);
  }
}
