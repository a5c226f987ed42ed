import type { FeatureContext } from '../features/context.ts';

const PREFIX = 'desk:';
/** Desks beyond this many on one store are not counted. */
const MOST_DESKS = 32;
/** How long a desk that died is still counted. */
const LIFE_MS = 20_000;

/** Says on the store that this desk is at work, and knows how many others say so. */
export class Presence {
  readonly #context: FeatureContext;
  #slot: string | null = null;
  #others = 0;

  constructor(context: FeatureContext) {
    this.#context = context;
  }

  /** Other programs at work on the store, as of the last renewal. */
  get others(): number {
    return this.#others;
  }

  /** To be called more often than a presence lasts (20 s). */
  async renew(): Promise<void> {
    const { store, clock } = this.#context;
    this.#slot = (await this.#take(this.#slot)) ?? (await this.#takeFree());
    const all = await store.countLeases(PREFIX, clock.now());
    const others = all - (this.#slot === null ? 0 : 1);
    if (others !== this.#others) this.#context.publish({ topics: ['desk'] });
    this.#others = others;
  }

  async end(): Promise<void> {
    const now = this.#context.clock.now();
    if (this.#slot !== null) await this.#context.store.lease(this.#slot, this.#context.owner, now, now);
  }

  async #takeFree(): Promise<string | null> {
    for (let n = 0; n < MOST_DESKS; n += 1) {
      const slot = await this.#take(`${PREFIX}${n}`);
      if (slot !== null) return slot;
    }
    return null;
  }

  async #take(slot: string | null): Promise<string | null> {
    if (slot === null) return null;
    const { store, owner, clock } = this.#context;
    const now = clock.now();
    return (await store.lease(slot, owner, now, now + LIFE_MS)) ? slot : null;
  }
}
