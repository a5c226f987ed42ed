import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import type { StoredPending } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { sha256Hex } from '../writing.ts';
import type { HoldState } from './pending.ts';
import { recordHeld } from './record.ts';

const RETRY_MS = 1000;
/** How many answers of ended holds are kept for a caller that asks twice. */
const REMEMBERED = 1000;

interface Running {
  readonly tenant: string;
  /** When its time is over, on the monotonic clock. */
  readonly at: number;
  readonly waitsFor: HoldState['waitsFor'];
  stop(): void;
}

/**
 * The undo holds of this process, on the clock that never jumps. The hold itself is stored: what is here is only when
 * to end it. A hold ends once, whoever ends it: its decision is written under a key that follows from its id.
 */
export class Holds {
  readonly #context: FeatureContext;
  readonly #due = new Map<string, Running>();
  readonly #ended = new Map<string, Escalation>();
  #closed = false;

  constructor(context: FeatureContext) {
    this.#context = context;
  }

  /** Ends the hold after `ms` of monotonic time. */
  start(tenant: string, pendingId: string, ms: number): void {
    const stop = this.#context.clock.after(ms, () => void this.#endDue(tenant, pendingId));
    this.#due.set(pendingId, { tenant, at: this.#context.clock.monotonic() + ms, waitsFor: null, stop });
  }

  /** As `start`, unless the hold runs or has ended: a call that is sent again must not start it again. */
  startOnce(tenant: string, pendingId: string, ms: number): void {
    if (!this.#due.has(pendingId) && !this.#ended.has(pendingId)) this.start(tenant, pendingId, ms);
  }

  /** How long a hold still waits: exact for one of this process, by the wall clock for another's. */
  stateOf(pending: { pending_id: string; due_at: string }): HoldState {
    const own = this.#due.get(pending.pending_id);
    const left =
      own === undefined
        ? Date.parse(pending.due_at) - this.#context.clock.now()
        : own.at - this.#context.clock.monotonic();
    return { leftMs: Math.max(0, Math.round(left)), waitsFor: own?.waitsFor ?? null };
  }

  /** Forgets the hold's timer; the stored hold is the caller's to end. */
  stop(pendingId: string): void {
    this.#due.get(pendingId)?.stop();
    this.#due.delete(pendingId);
  }

  /**
   * Ends the hold now: all that it rests on is read again, and the decision is committed for what was shown, or not at
   * all. NOT_FOUND for a hold that was taken back; UNAUTHORIZED with `details.locked`: its key is locked, it stays and
   * waits for it; CONFLICT, INTEGRITY_FAILED: what was shown is not what is there, and the form is kept as a draft.
   */
  async recordNow(tenant: string, pendingId: string): Promise<Escalation> {
    const pending = await this.#context.store.readPending(tenant, pendingId);
    const ended = this.#ended.get(pendingId);
    if (pending === null && ended !== undefined) return ended;
    if (pending === null)
      throw new DeskError('NOT_FOUND', 'This decision is not pending any more.', { pending_id: pendingId });
    this.stop(pendingId);
    const escalation = await this.#commit(tenant, pending);
    this.#remember(pendingId, escalation);
    return escalation;
  }

  /** How many decisions of this process wait in their holds. */
  get count(): number {
    return this.#due.size;
  }

  /** Records all that wait, as far as each can be; what cannot is left to `close`. */
  async recordAll(): Promise<void> {
    for (const [pendingId, { tenant }] of [...this.#due]) await this.#endDue(tenant, pendingId);
  }

  /** Turns the holds of this process into drafts. Used at the end, when nobody can wait for them any more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { stop } of this.#due.values()) stop();
    this.#due.clear();
    const { store, owner, clock } = this.#context;
    try {
      await store.releaseOrphanedHolds((other) => other !== owner, clock.now());
    } catch (error) {
      // A store that cannot be written keeps them; the next desk that opens it makes them drafts.
      this.#context.log(`holds could not be turned into drafts: ${String(error)}`);
    }
  }

  async #commit(tenant: string, pending: StoredPending): Promise<Escalation> {
    try {
      return await recordHeld(this.#context, this.#write(tenant, pending), pending);
    } catch (error) {
      const code = error instanceof DeskError ? error.code : 'INTERNAL';
      if (isLocked(error)) this.#waitForKey(tenant, pending.pending_id);
      else if (code === 'STORE_BUSY') this.start(tenant, pending.pending_id, RETRY_MS);
      else if (!code.startsWith('STORE_')) await this.#giveBack(tenant, pending);
      throw error;
    }
  }

  /** It stays as it is, and whoever looks at it is told; nothing but the reviewer ends it from here. */
  #waitForKey(tenant: string, pendingId: string): void {
    const at = this.#context.clock.monotonic();
    this.#due.set(pendingId, { tenant, at, waitsFor: 'key', stop: () => undefined });
    this.#context.publish({ topics: ['hold', 'escalation'], tenant });
  }

  /** The hold ends without a decision; NOT_FOUND means that somebody else ended it, which is as good. */
  async #giveBack(tenant: string, pending: StoredPending): Promise<void> {
    const write = { ...this.#write(tenant, pending), idempotencyKey: this.#context.ids.uuid() };
    await this.#context.store.cancelHold(write, pending.pending_id, 'conflict').catch((error: unknown) => {
      if (!(error instanceof DeskError && error.code === 'NOT_FOUND')) throw error;
    });
  }

  #write(tenant: string, pending: StoredPending) {
    const inputHash = sha256Hex(jcs({ call: 'hold', pending_id: pending.pending_id }));
    return {
      tenant,
      by: pending.by_profile,
      idempotencyKey: commitKey(pending.pending_id),
      inputHash,
      now: this.#context.clock.now(),
    };
  }

  #remember(pendingId: string, escalation: Escalation): void {
    this.#ended.set(pendingId, escalation);
    const oldest = this.#ended.keys().next();
    if (this.#ended.size > REMEMBERED && oldest.done !== true) this.#ended.delete(oldest.value);
  }

  async #endDue(tenant: string, pendingId: string): Promise<void> {
    try {
      await this.recordNow(tenant, pendingId);
    } catch (error) {
      if (this.#closed) return;
      const code = error instanceof DeskError ? error.code : 'INTERNAL';
      this.#context.log(`A held decision was not recorded: ${code}.`);
    } finally {
      this.#context.changed();
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof DeskError && error.code === 'UNAUTHORIZED' && error.details.locked === true;
}

/** The commit's own idempotency key: the hold's is used up by the hold itself, and this one is the same each time. */
function commitKey(pendingId: string): string {
  const hex = sha256Hex(jcs({ commit_of: pendingId }));
  const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(hex) ?? [];
  return parts.join('-');
}
