import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import { type EscalationState, transition } from '../../shared/domain/state-machine.ts';
import { allLogFailures } from '../contract/store/checked.ts';
import {
  ADA,
  approval,
  BOB,
  CountedIds,
  decisionOn,
  escalation,
  HandClock,
  importRows,
  keyOf,
  MINUTE,
  pageQuery,
  resolvedUpstream,
  uuid,
  writing,
} from '../contract/store/makers.ts';
import { signing } from '../contract/store/signing.ts';
import { faultsOf } from './check-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const IDS = ['a', 'b'];

type Step =
  | { do: 'import'; id: string; how: 'active' | 'resolved' | 'rejected' | 'bare'; minute: number }
  | { do: 'decide'; id: string; outcome: 'approved' | 'rejected' | 'withdrawn' | 'expired'; by: string; again: boolean }
  | { do: 'record' | 'correct' | 'claim'; id: string; by: string };

const id = fc.constantFrom(...IDS);
const by = fc.constantFrom(ADA, BOB);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('import' as const),
    id,
    how: fc.constantFrom('active' as const, 'resolved' as const, 'rejected' as const, 'bare' as const),
    minute: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({
    do: fc.constant('decide' as const),
    id,
    outcome: fc.constantFrom('approved' as const, 'rejected' as const, 'withdrawn' as const, 'expired' as const),
    by,
    again: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('record' as const, 'correct' as const, 'claim' as const), id, by }),
);

function rowOf({ id: name, how, minute }: Extract<Step, { do: 'import' }>) {
  const timestamp = `2026-11-15T11:0${minute}:00Z`;
  if (how === 'active') return escalation(name, {}, { timestamp });
  if (how === 'bare') return escalation(name, {}, { status: 'RESOLVED', timestamp });
  return resolvedUpstream(
    name,
    { decision: { outcome: how === 'resolved' ? 'approved' : 'rejected', decidedAt: timestamp } },
    { timestamp },
  );
}

/** The store and the pure function side by side: one state for each id. */
class Both {
  readonly store: LedgerStore;
  readonly clock: HandClock;
  readonly states = new Map<string, EscalationState | null>();

  constructor(store: LedgerStore, clock: HandClock) {
    this.store = store;
    this.clock = clock;
  }

  async take(one: Step): Promise<void> {
    this.clock.pass(20 * MINUTE);
    if (one.do === 'import') return this.#import(one);
    if (one.do === 'decide') return this.#decide(one);
    if (one.do === 'record') return this.#record(one);
    const key = keyOf(escalation(one.id));
    const write = writing(this.clock, one.by);
    if (one.do === 'claim')
      return void (await codeOf(this.store.claim(write, { key, untilMs: this.clock.now() + MINUTE })));
    const done = this.#model(one.id, { do: 'correct' });
    expect(await codeOf(this.store.correct(write, { key, reason: 'So it was.' }))).toBe(done.refusal);
  }

  async #import(one: Extract<Step, { do: 'import' }>): Promise<void> {
    const row = rowOf(one);
    const { status, timestamp, resolution_event_id: eventId = null, resolution_vep_hash: vepHash = null } = row.record;
    const ruling =
      status === 'ESCALATED'
        ? null
        : {
            outcome: row.decision?.outcome ?? ('unknown' as const),
            source: 'upstream' as const,
            at: timestamp,
            eventId,
            vepHash,
          };
    const { effect } = this.#model(one.id, { do: 'import', status, timestamp, ruling });
    const [outcome] = await importRows(this.store, writing(this.clock), [row]);
    expect(outcome?.result).toBe(effect === 'recorded' ? 'imported' : effect);
  }

  async #record(one: Step): Promise<void> {
    const row = escalation(one.id);
    const { refusal } = this.#model(one.id, {
      do: 'record',
      status: 'ESCALATED',
      timestamp: row.record.timestamp,
      ruling: null,
    });
    expect(await codeOf(this.store.record(writing(this.clock), row))).toBe(refusal);
  }

  async #decide(one: Extract<Step, { do: 'decide' }>): Promise<void> {
    const key = keyOf(escalation(one.id));
    const parts = one.outcome === 'approved' ? approval : { outcome: one.outcome };
    const decision = await decisionOn(this.store, key, this.clock, parts);
    const { eventId = null, vepHash = null } = decision.resolution ?? {};
    const at = new Date(this.clock.now()).toISOString();
    const { refusal } = this.#model(one.id, {
      do: 'decide',
      ruling: { outcome: one.outcome, source: 'desk', at, eventId, vepHash },
    });
    const write = writing(this.clock, one.by);
    expect(await codeOf(this.store.decide(write, decision))).toBe(refusal);
    // A replay of the same call answers the same and adds nothing.
    if (one.again) expect(await codeOf(this.store.decide(write, decision))).toBe(refusal);
  }

  #model(name: string, command: Parameters<typeof transition>[1]) {
    const done = transition(this.states.get(name) ?? null, command);
    this.states.set(name, done.state);
    return done;
  }

  /** I10: list, record and counts say what the pure function says. */
  async agree(): Promise<void> {
    const statuses: string[] = [];
    for (const name of IDS) {
      const state = this.states.get(name) ?? null;
      const stored = (await this.store.read({ tenant: 'acme', id: name, event: uuid(1) }, this.clock.now()))
        ?.escalation;
      expect(stored?.record.status).toBe(state?.status);
      expect(stored?.record.timestamp).toBe(state?.timestamp);
      expect(stored?.decision?.outcome).toBe(state?.ruling?.outcome);
      expect(stored?.dissents.map(({ outcome, at }) => [outcome, at]) ?? []).toEqual(
        state?.dissents.map(({ outcome, at }) => [outcome, at]) ?? [],
      );
      if (stored !== undefined) statuses.push(stored.record.status);
    }
    if (statuses.length === 0) return;
    const { counts, rows } = await this.store.page(pageQuery(this.clock, { status: 'all' }));
    expect(rows.map(({ status }) => status).toSorted()).toEqual(statuses.toSorted());
    const count = (status: string) => statuses.filter((one) => one === status).length;
    expect(counts).toMatchObject({
      active: count('ESCALATED'),
      resolved: count('RESOLVED'),
      expired: count('EXPIRED'),
    });
  }
}

/** The code that a call was refused with; null when it was not. */
async function codeOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof DeskError) return error.code;
    throw error;
  }
}

describe('the store beside the pure function', () => {
  test('I3, I4, I8, I10: any story of records, imports, decisions, corrections and replays ends alike in both', async () => {
    let stories = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        stories += 1;
        const [path, clock] = [folder.path(`${stories}.ledger`), new HandClock()];
        const both = new Both(signing(await openSqliteStore({ path, clock, ids: new CountedIds() })), clock);
        try {
          // The tenant is there from the start, so that each refusal is about the escalation.
          await importRows(both.store, writing(clock), []);
          for (const one of steps) {
            await both.take(one);
            await both.agree();
          }
          expect(await allLogFailures(both.store)).toEqual([]);
        } finally {
          await both.store.close();
        }
        expect(faultsOf(path)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
