import type { QueueRow } from '../../../shared/contract/queue.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { EscalationInFull, EscalationKey } from '../../../shared/domain/escalation.ts';
import type { NewDecision, StoredEscalation, StorePage, Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { pieceReports } from '../evidence/reports.ts';
import { soundnessOf } from '../log/soundness.ts';
import { sha256Hex } from '../writing.ts';
import { signStatement } from './statement.ts';
import { deskDecisionSigner } from './statement-signer.ts';

/** Beyond this many at once a person is asked: nothing is recorded, they stay overdue. */
const MOST_AT_ONCE = 20;
/** How many passed deadlines are looked at in one turn. */
const PAGE = 200;
/** Turns overlap by more than the leeway of a token, so that none falls between two. */
const OVERLAP_MS = 60_000;
/** A token counts as live this long after its exp, as upstream has it (lifetimes have a leeway of 30 s). */
const TOKEN_LEEWAY_MS = 30_000;
const EXPIRED = {
  outcome: 'expired',
  reason: 'The deadline passed without a decision; this tenant records that by itself.',
  reasonCode: 'DEADLINE_PASSED',
  reviewer: 'VEX Review Desk',
  resolution: null,
  seal: null,
  sealed: null,
  overrides: [],
  acceptedUnchecked: [],
  statement: null,
  seen: null,
} as const;

/**
 * Records as EXPIRED what ran out while the desk held it, in tenants that asked for it (`auto_expire`). Never what was
 * past when it arrived, never while an import runs, never what somebody has claimed or is deciding, never in a log that is
 * not the one remembered or was found broken. Whoever calls holds the lease for timers and has seen that the clock did not jump.
 */
export class AutoExpire {
  readonly #context: FeatureContext;
  /** Of each tenant: when it was looked at last, and where the walk through all that is past goes on. */
  readonly #places = new Map<string, { seen: number; cursor: string | null }>();

  constructor(context: FeatureContext) {
    this.#context = context;
  }

  /** One turn over all tenants; answers how many were recorded. */
  async turn(): Promise<number> {
    const { store } = this.#context;
    if ((await store.jobs('import')).some(({ state }) => state === 'running')) return 0;
    let recorded = 0;
    for (const tenant of await store.tenants()) {
      const isOn = (await store.settings(tenant)).auto_expire;
      if (isOn && (await soundnessOf(this.#context, tenant)) === 'sound') recorded += await this.#tenant(tenant);
    }
    return recorded;
  }

  async #tenant(tenant: string): Promise<number> {
    const now = this.#context.clock.now();
    const ran: StoredEscalation[] = [];
    for (const { id, event } of await this.#candidates(tenant, now)) {
      const stored = await this.#context.store.read({ tenant, id, event }, now);
      if (stored !== null && stored.claimedBy === null && ranOutHere(stored.escalation, now)) ran.push(stored);
    }
    if (ran.length > MOST_AT_ONCE) {
      this.#context.log(`${ran.length} escalations ran out at once: a person is asked, nothing was recorded.`);
      return 0;
    }
    let recorded = 0;
    for (const stored of ran) recorded += (await this.#record(stored, now)) ? 1 : 0;
    return recorded;
  }

  /** What passed its deadline since the last turn, and the next page of all that is past: so each is looked at again. */
  async #candidates(tenant: string, now: number): Promise<QueueRow[]> {
    const place = this.#places.get(tenant) ?? { seen: now, cursor: null };
    const fresh = await this.#page(tenant, now, { from_instant: instantText(place.seen - OVERLAP_MS) });
    const page = await this.#page(tenant, now, place.cursor === null ? {} : { cursor: place.cursor });
    this.#places.set(tenant, { seen: now, cursor: page.nextCursor });
    const rows = [...fresh.rows, ...page.rows];
    const open = rows.filter(({ deadline, pending }) => deadline?.past_on_arrival === false && pending === null);
    return [...new Map(open.map((row) => [`${row.event} ${row.id}`, row])).values()];
  }

  #page(tenant: string, now: number, from: { from_instant?: string; cursor?: string }): Promise<StorePage> {
    return this.#context.store.page({
      tenant,
      status: 'active',
      view: 'past',
      sort: 'deadline',
      limit: PAGE,
      direction: 'after',
      now,
      dueWithinMs: 0,
      searchBudgetMs: 0,
      ...from,
    });
  }

  async #record(stored: StoredEscalation, now: number): Promise<boolean> {
    const { ids, owner } = this.#context;
    const { tenant, record } = stored.escalation;
    const key = { tenant, id: record.escalation_id, event: record.escalation_event_id };
    const inputHash = sha256Hex(new TextEncoder().encode(`auto-expire ${key.event} ${instantText(now)}`));
    try {
      await this.#decide({ tenant, by: owner, idempotencyKey: ids.uuid(), inputHash, now }, key, stored);
      return true;
    } catch (error) {
      // Somebody was quicker, or is deciding it now: theirs stands.
      if (error instanceof DeskError && (error.code === 'CONFLICT' || error.code === 'ALREADY_DECIDED')) return false;
      throw error;
    }
  }

  /** The desk decides, and signs with its own key. */
  async #decide(write: Write, key: EscalationKey, stored: StoredEscalation): Promise<void> {
    const decision: NewDecision = { ...EXPIRED, key, viewSha256: stored.escalation.view_sha256 };
    const signer = await deskDecisionSigner(this.#context, write);
    const settings = await this.#context.store.settings(write.tenant);
    const examined = { stored, reports: pieceReports(stored), settings };
    const statement = await signStatement(this.#context, write, decision, examined, signer);
    await this.#context.store.decide(write, { ...decision, statement });
  }
}

/** Whether it waits, and one of its deadlines passed after it came here; a token's only with its leeway. */
function ranOutHere({ decision, deadline, events }: EscalationInFull, now: number): boolean {
  const came = Date.parse(events.find(({ type }) => type === 'escalation.recorded')?.at ?? '');
  if (decision !== null || deadline === null || Number.isNaN(came)) return false;
  return deadline.all.some(({ at, source }) => {
    const end = Date.parse(at) + (source === 'token' ? TOKEN_LEEWAY_MS : 0);
    return came < end && end <= now;
  });
}
