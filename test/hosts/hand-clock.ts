import { createHash } from 'node:crypto';
import type { Clock, IdSource } from '../../shared/domain/clock.ts';

/** When the sample's agents still wait: five minutes after the demo ledger's newest record. */
export const DEMO_NOW = Date.parse('2026-11-15T15:28:14Z');

/** A clock that moves only when a test moves it, timers and all. */
export class HandClock implements Clock {
  #wall: number;
  #monotonic = 0;
  #waiting: { at: number; callback: () => void }[] = [];

  constructor(start = DEMO_NOW) {
    this.#wall = start;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#monotonic + ms, callback };
    this.#waiting.push(timer);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== timer);
    };
  }

  /** Lets time pass; what is due in it is called, in order. */
  pass(ms: number): void {
    this.#wall += ms;
    this.#monotonic += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#monotonic).sort((a, b) => a.at - b.at);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#monotonic);
    for (const { callback } of due) callback();
  }

  /** Settles when something waits for exactly `ms` from now: what was due before has come to its end. */
  async waitsFor(ms: number): Promise<void> {
    while (!this.#waiting.some(({ at }) => at === this.#monotonic + ms)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Sets the wall clock, which no time has passed for. */
  jump(ms: number): void {
    this.#wall += ms;
  }
}

/** Ids that are counted: the n-th is the same in every run. */
export class CountedIds implements IdSource {
  #n = 0;
  readonly #seed: string;

  constructor(seed = 'ids') {
    this.#seed = seed;
  }

  uuid(): string {
    const hex = Buffer.from(this.bytes(16)).toString('hex');
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  }

  bytes(length: number): Uint8Array {
    this.#n += 1;
    return createHash('shake256', { outputLength: length }).update(`${this.#seed} ${this.#n}`).digest();
  }
}
