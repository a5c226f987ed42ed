import { HostGone, type LinkState } from './transport.ts';

/** The state of the way to the desk, and what waits for it to break. */
export class Link {
  #state: LinkState = 'live';
  readonly #listeners = new Set<() => void>();

  state = (): LinkState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  become(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * The call's answer, or HostGone as soon as the way breaks: a call on a closed port would otherwise never settle.
   * Nothing is sent while the way is broken.
   */
  async guard<T>(call: () => Promise<T>): Promise<T> {
    if (this.#state !== 'live') throw new HostGone();
    let stop: () => void = () => undefined;
    const broken = new Promise<never>((_, reject) => {
      stop = this.subscribe(() => reject(new HostGone()));
    });
    try {
      return await Promise.race([call(), broken]);
    } finally {
      stop();
    }
  }
}
