import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock, IdSource } from '../../../shared/domain/clock.ts';

const SECRET_BYTES = 32;
/** How long a one-use code in a link is good for (S29). */
const CODE_LIFE_MS = 60_000;
/** Codes that wait at once; more would be a program asking, not a person. */
const MOST_CODES = 32;

/** 256 random bits in letters that need no escaping anywhere. */
export function newSecret(ids: IdSource): string {
  return Buffer.from(ids.bytes(SECRET_BYTES)).toString('base64url');
}

/** Whether two secrets are equal, in a time that does not tell how much of them is. */
export function sameSecret(given: string, secret: string): boolean {
  const [left, right] = [Buffer.from(given, 'utf8'), Buffer.from(secret, 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Proof of holding the bearer, which is not sent: HMAC-SHA-256 of the nonce's text under the bearer's text, as hex. */
export function proofOf(bearer: string, nonce: string): string {
  return createHmac('sha256', bearer).update(nonce, 'utf8').digest('hex');
}

/** Codes that work once, within a minute of the desk's monotonic clock, each for one thing. */
export class OneUseCodes<T> {
  readonly #clock: Clock;
  readonly #ids: IdSource;
  readonly #waiting = new Map<string, { until: number; value: T }>();

  constructor(clock: Clock, ids: IdSource) {
    this.#clock = clock;
    this.#ids = ids;
  }

  give(value: T): string {
    const code = newSecret(this.#ids);
    const oldest = this.#waiting.keys().next();
    if (this.#waiting.size >= MOST_CODES && oldest.done !== true) this.#waiting.delete(oldest.value);
    this.#waiting.set(code, { until: this.#clock.monotonic() + CODE_LIFE_MS, value });
    return code;
  }

  /** What the code stands for, once; null for a code that is used, too old or never given out. */
  take(given: string): T | null {
    for (const [code, { until, value }] of this.#waiting) {
      if (!sameSecret(given, code)) continue;
      this.#waiting.delete(code);
      return this.#clock.monotonic() <= until ? value : null;
    }
    return null;
  }
}
