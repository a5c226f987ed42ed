import type { Clock } from '../../shared/domain/clock.ts';
import type { Change, LedgerStore } from '../store/ledger-store.ts';

/** How often other processes are looked for: a notice is due within 1 s (docs/architecture.md, "Processes"). */
const POLL_MS = 250;

type Deliver = (changes: readonly Change[], overflow: boolean) => void;

/** Brings every committed change to `deliver`, once: this process's at once, another's at the next look. */
export class ChangeFeed {
  readonly #store: LedgerStore;
  readonly #clock: Clock;
  readonly #deliver: Deliver;
  readonly #onError: (error: unknown) => void;
  #cursor: string | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stop: () => void = () => {};
  #closed = false;

  constructor(store: LedgerStore, clock: Clock, deliver: Deliver, onError: (error: unknown) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#deliver = deliver;
    this.#onError = onError;
  }

  /** Starts from the store's present state: what is there already is no change. */
  async start(): Promise<void> {
    this.#cursor = (await this.#store.changesSince(null)).cursor;
    this.#wait();
  }

  /** Reads what has changed; calls that come while it reads make it read once more. */
  pump(): void {
    if (this.#closed) return;
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    this.#running = this.#read().finally(() => {
      this.#running = null;
      if (this.#again) this.pump();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stop();
    await this.#running;
  }

  async #read(): Promise<void> {
    this.#again = false;
    try {
      const { changes, cursor, overflow } = await this.#store.changesSince(this.#cursor);
      this.#cursor = cursor;
      if (changes.length > 0 || overflow) this.#deliver(changes, overflow);
    } catch (error) {
      this.#onError(error);
    }
  }

  #wait(): void {
    this.#stop = this.#clock.after(POLL_MS, () => {
      if (this.#closed) return;
      if (this.#store.movedElsewhere()) this.pump();
      this.#wait();
    });
  }
}
