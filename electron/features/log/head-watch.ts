import type { LogHead } from '../../../shared/contract/log.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import type { FeatureContext } from '../context.ts';
import { originOf } from './origin.ts';
import { type RememberedHead, RememberedHeads } from './remembered-head.ts';

export interface Comparison {
  readonly state: LogHead['remembered'];
  /** In words, where the log is not the one remembered. */
  readonly detail: string | null;
  readonly remembered: RememberedHead | null;
}

/** The log of a tenant's uid as it was at a size. */
export interface SeenHead {
  readonly uid: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export const NONE_REMEMBERED: Comparison = { state: 'none', detail: null, remembered: null };

const byContext = new WeakMap<FeatureContext, Promise<HeadWatch>>();

/** What this desk remembers, outside the store, of the logs in it. */
export function headWatchOf(context: FeatureContext): Promise<HeadWatch> {
  const known = byContext.get(context);
  if (known !== undefined) return known;
  const watch = makeHeadWatch(context);
  byContext.set(context, watch);
  return watch;
}

async function makeHeadWatch(context: FeatureContext): Promise<HeadWatch> {
  if (context.stateFolder === null) return new HeadWatch(context, null);
  const { place } = await context.store.state();
  return new HeadWatch(context, new RememberedHeads(context.stateFolder, place));
}

/**
 * Notices that the log of yesterday is no prefix of that of today (I7): a store that was put back to an older copy, or
 * one that was rewritten. Until a person accepts such a log, nothing is signed and nothing decided in it.
 */
export class HeadWatch {
  readonly #context: FeatureContext;
  readonly #heads: RememberedHeads | null;
  readonly #known = new Map<string, Comparison>();

  constructor(context: FeatureContext, heads: RememberedHeads | null) {
    this.#context = context;
    this.#heads = heads;
  }

  /** Compares all that is remembered of this store; what differs is said in the desk's own log. */
  async atStart(): Promise<void> {
    const remembered = new Set((await this.#heads?.uids()) ?? []);
    if (remembered.size === 0) return;
    await this.#each('compared', async (tenant) => {
      const { uid } = await this.#context.store.logHead(tenant);
      if (!remembered.delete(uid)) return;
      const { detail } = await this.compare(tenant);
      if (detail !== null) this.#context.log(`The log ${originOf(uid)}: ${detail}`);
    });
    for (const uid of remembered) {
      this.#context.log(`The log ${originOf(uid)} is remembered, and no tenant of this store has it.`);
    }
  }

  /** How the tenant's log stands to the one remembered. Compared once, and again as long as it differs. NOT_FOUND. */
  async stateOf(tenant: string): Promise<Comparison> {
    const known = this.#known.get(tenant);
    return known === undefined || known.detail !== null ? this.compare(tenant) : known;
  }

  /** Compares now, whatever was found before. NOT_FOUND. */
  async compare(tenant: string): Promise<Comparison> {
    const found = await this.#compared(tenant);
    this.#known.set(tenant, found);
    return found;
  }

  /** INTEGRITY_FAILED where the log is not the one remembered, unless a person has accepted it. */
  async refuseOther(tenant: string): Promise<void> {
    const { state, detail } = await this.stateOf(tenant);
    if (detail === null) return;
    const message = `${detail} Nothing was signed or recorded; all that is there was kept. Put the right store back, or accept this log: log accept --reason TEXT.`;
    throw new DeskError('INTEGRITY_FAILED', message, { log: state });
  }

  /** Remembers a head of the log, with its checkpoint where it has one. A longer log stays remembered. */
  async remember(head: SeenHead, note: string | null = null): Promise<void> {
    const before = (await this.#heads?.read(head.uid)) ?? null;
    if (before !== null && (before.size > head.size || (before.size === head.size && note === null))) return;
    await this.#write(head, note);
  }

  /** Remembers the log as it is now in the place of another; to be called when a person has accepted it. NOT_FOUND. */
  async rememberAccepted(tenant: string): Promise<void> {
    await this.#write(await this.#context.store.logHead(tenant), null);
    await this.compare(tenant);
  }

  /** Remembers all logs that are as they should be; to be called before the store is closed. */
  async close(): Promise<void> {
    if (this.#heads === null) return;
    await this.#each('remembered', async (tenant) => {
      if ((await this.stateOf(tenant)).detail === null) await this.remember(await this.#context.store.logHead(tenant));
    });
  }

  /** One log that is damaged keeps nobody from the others, nor a desk from its start and end. */
  async #each(what: string, act: (tenant: string) => Promise<void>): Promise<void> {
    for (const tenant of await this.#context.store.tenants()) {
      await act(tenant).catch((error: unknown) => this.#context.log(`a log could not be ${what}: ${String(error)}`));
    }
  }

  async #compared(tenant: string): Promise<Comparison> {
    const { store } = this.#context;
    const { uid, size } = await store.logHead(tenant);
    const remembered = (await this.#heads?.read(uid)) ?? null;
    if (remembered === null) return NONE_REMEMBERED;
    if (size < remembered.size) {
      const detail = `The log ends at ${size} entries; on ${remembered.at} this desk saw one of ${remembered.size}. The store was put back to an older copy.`;
      return { state: 'rolled-back', detail, remembered };
    }
    const root = encodeHex(await store.logRoot(tenant, remembered.size));
    if (root === remembered.root) return { state: 'agrees', detail: null, remembered };
    const detail = `The first ${remembered.size} entries of the log are not those that this desk saw on ${remembered.at}. The store is another, or was rewritten.`;
    return { state: 'forked', detail, remembered };
  }

  /** A desk that cannot remember goes on, and says so. */
  async #write({ uid, size, root }: SeenHead, note: string | null): Promise<void> {
    const at = instantText(this.#context.clock.now());
    try {
      await this.#heads?.write(uid, { origin: originOf(uid), size, root: encodeHex(root), note, at });
    } catch (error) {
      this.#context.log(`the head of the log ${originOf(uid)} could not be remembered: ${String(error)}`);
    }
  }
}
