import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, IdSource } from '../../shared/domain/clock.ts';

/** The system's time: what every host gives its desk in the product. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Ids and secrets from the system's random source. */
export const systemIds: IdSource = {
  uuid: () => randomUUID(),
  bytes: (length) => new Uint8Array(randomBytes(length)),
};
