import { DeskError } from '../../../shared/domain/errors.ts';
import type { FeatureContext } from '../context.ts';
import { signCheckpoint } from './checkpoint.ts';
import { dueSince } from './head.ts';
import { soundnessOf } from './soundness.ts';

const LOOK_EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Signs the head of each log that has an event older than a day and no checkpoint over it. Whoever calls holds the lease
 * for timers.
 */
export class CheckpointsDue {
  readonly #context: FeatureContext;
  #next = Number.NEGATIVE_INFINITY;

  constructor(context: FeatureContext) {
    this.#context = context;
  }

  /** One turn over all tenants, every ten minutes at most; answers how many were signed. */
  async turn(): Promise<number> {
    const { clock, store } = this.#context;
    if (clock.monotonic() < this.#next) return 0;
    this.#next = clock.monotonic() + LOOK_EVERY_MS;
    let signed = 0;
    for (const tenant of await store.tenants()) signed += (await this.#sign(tenant)) ? 1 : 0;
    return signed;
  }

  async #sign(tenant: string): Promise<boolean> {
    const { clock, owner, log } = this.#context;
    const since = await dueSince(this.#context, tenant);
    if (since === null || Date.parse(since) > clock.now() - DAY_MS) return false;
    if ((await soundnessOf(this.#context, tenant)) !== 'sound') return false;
    try {
      await signCheckpoint(this.#context, { tenant, by: owner });
      return true;
    } catch (error) {
      if (!(error instanceof DeskError) || error.code.startsWith('STORE_')) throw error;
      log(`a checkpoint has been due since ${since} and was not signed: ${error.code}`);
      return false;
    }
  }
}
