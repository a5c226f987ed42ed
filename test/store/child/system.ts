import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, IdSource } from '../../../shared/domain/clock.ts';

/** The system's clock and chance: what a real process of the desk runs on. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: () => () => undefined,
};
export const systemIds: IdSource = { uuid: () => randomUUID(), bytes: (length) => randomBytes(length) };
