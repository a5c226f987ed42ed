import type { Clock } from '../../shared/domain/clock.ts';

/** Wall time and monotonic time may drift apart by this much between two looks. */
const SLACK_MS = 5000;

/** Notices when the wall clock jumped: was set, or stood still while the machine slept. */
export class SteadyClock {
  readonly #clock: Clock;
  #wall: number;
  #monotonic: number;
  #steady = true;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wall = clock.now();
    this.#monotonic = clock.monotonic();
  }

  /** False from the first jump on: what passed in it was not seen passing. */
  isSteady(): boolean {
    const [wall, monotonic] = [this.#clock.now(), this.#clock.monotonic()];
    const drift = wall - this.#wall - (monotonic - this.#monotonic);
    if (Math.abs(drift) > SLACK_MS) this.#steady = false;
    [this.#wall, this.#monotonic] = [wall, monotonic];
    return this.#steady;
  }
}
