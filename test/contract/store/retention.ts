import { describe, expect, test } from 'vitest';
import type { LedgerStore, RetentionRules, RetentionTally } from '../../../electron/store/ledger-store.ts';
import { logFailures } from './checked.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { judge } from './judge-makers.ts';
import {
  ADA,
  approval,
  decisionOn,
  escalation,
  evidence,
  type HandClock,
  importRows,
  keyOf,
  MINUTE,
  pageQuery,
  resolvedUpstream,
  uuid,
  writing,
} from './makers.ts';

const DAY = 24 * 60 * MINUTE;
const JOB = uuid(0x10b);
const NOTHING: RetentionTally = { escalations: 0, pieces: 0, bytes: 0, events: 0, values: 0, held: 0 };

/** Rules that keep so many days, as they stand now. */
function rules(clock: HandClock, evidenceDays: number | null, fieldsDays: number | null = null): RetentionRules {
  const rule = (days: number | null) => (days === null ? null : { days, beforeMs: clock.now() - days * DAY });
  return { evidence: rule(evidenceDays), fields: rule(fieldsDays) };
}

async function due(store: LedgerStore, wanted: RetentionRules, tenant = 'acme'): Promise<RetentionTally> {
  let last = NOTHING;
  for await (const tally of store.retentionDue(tenant, wanted)) last = tally;
  return last;
}

/** Removes all that is due, step by step; answers what each step removed. */
async function removeAll(
  store: LedgerStore,
  clock: HandClock,
  wanted: RetentionRules,
  tenant = 'acme',
): Promise<RetentionTally[]> {
  const steps: RetentionTally[] = [];
  let after: string | null = null;
  do {
    const step = await store.removeDue(writing(clock, ADA, tenant), { jobId: JOB, rules: wanted, after });
    steps.push(step.removed);
    after = step.next;
  } while (after !== null);
  return steps;
}

function sum(steps: readonly RetentionTally[], of: keyof RetentionTally): number {
  return steps.reduce((all, step) => all + step[of], 0);
}

export function retention(open: OpenStore): void {
  const fresh = freshly(open);

  async function decided(id: string, text: string, tenant = 'acme') {
    const made = await fresh();
    await decideIn(made, id, text, tenant);
    return made;
  }

  async function decideIn(
    { store, clock }: { store: LedgerStore; clock: HandClock },
    id: string,
    text: string,
    tenant = 'acme',
  ) {
    const row = escalation(id, { evidence: [evidence(text), evidence(`row ${id}`, { kind: 'source-row' })] });
    await importRows(store, writing(clock, ADA, tenant), [row]);
    const key = keyOf(row, tenant);
    await store.decide(writing(clock, ADA, tenant), await decisionOn(store, key, clock));
    return key;
  }

  describe('evidence', () => {
    test('bytes of what was decided so long ago go, by an event; hash, size and all proofs stay', async () => {
      const { store, clock } = await decided('esc-1', 'packet of long ago');
      const key = keyOf(escalation('esc-1'));
      const before = (await store.read(key, clock.now()))?.escalation;
      const digest = before?.evidence[0]?.sha256 ?? '';
      clock.pass(30 * DAY);
      expect(await due(store, rules(clock, 30))).toEqual(NOTHING);
      clock.pass(1);
      const wanted = rules(clock, 30);
      expect(await due(store, wanted)).toEqual({ ...NOTHING, escalations: 1, pieces: 1, bytes: 18 });
      const { root, size } = await store.logHead('acme');
      expect(sum(await removeAll(store, clock, wanted), 'bytes')).toBe(18);
      const after = (await store.read(key, clock.now()))?.escalation;
      expect(after?.evidence[0]).toEqual({ ...before?.evidence[0], removed_at: new Date(clock.now()).toISOString() });
      expect(after?.evidence[1]).toEqual(before?.evidence[1]);
      expect(after?.events.at(-1)?.type).toBe('evidence.removed');
      expect(after?.version).not.toBe(before?.version);
      expect(await store.evidenceBytes('acme', digest)).toBeNull();
      expect(await store.logRoot('acme', size)).toEqual(root);
      expect(await due(store, wanted)).toEqual(NOTHING);
      expect(sum(await removeAll(store, clock, wanted), 'pieces')).toBe(0);
    });

    test('I3: what is active is never touched, however old, nor what came decided only now', async () => {
      const { store, clock } = await fresh();
      await importRows(store, writing(clock), [escalation('active', { evidence: [evidence('waits')] })]);
      clock.pass(1000 * DAY);
      await importRows(store, writing(clock), [resolvedUpstream('came', { evidence: [evidence('came today')] })]);
      expect(await due(store, rules(clock, 1))).toEqual(NOTHING);
      await removeAll(store, clock, rules(clock, 1));
      clock.pass(DAY + 1);
      expect(await due(store, rules(clock, 1))).toMatchObject({ escalations: 1, pieces: 1, bytes: 10 });
    });

    test('a correction, or evidence that comes later, begins the period anew', async () => {
      const { store, clock } = await decided('esc-1', 'bytes');
      const key = keyOf(escalation('esc-1'));
      clock.pass(20 * DAY);
      await store.correct(writing(clock), { key, reason: 'The amount was another.' });
      clock.pass(20 * DAY);
      expect(await due(store, rules(clock, 30))).toEqual(NOTHING);
      clock.pass(20 * DAY);
      expect(await due(store, rules(clock, 30))).toMatchObject({ escalations: 1 });
    });

    test('bytes that something else has too stay until nothing does', async () => {
      const { store, clock } = await decided('esc-1', 'shared bytes');
      await importRows(store, writing(clock), [escalation('active', { evidence: [evidence('shared bytes')] })]);
      const digest = (await store.read(keyOf(escalation('active')), clock.now()))?.escalation.evidence[0]?.sha256 ?? '';
      clock.pass(2 * DAY);
      expect(await due(store, rules(clock, 1))).toMatchObject({ pieces: 1, bytes: 0 });
      expect(sum(await removeAll(store, clock, rules(clock, 1)), 'bytes')).toBe(0);
      expect(Buffer.from((await store.evidenceBytes('acme', digest)) ?? []).toString()).toBe('shared bytes');
      const active = keyOf(escalation('active'));
      await store.decide(writing(clock), await decisionOn(store, active, clock));
      clock.pass(2 * DAY);
      expect(await due(store, rules(clock, 1))).toMatchObject({ pieces: 1, bytes: 12 });
      await removeAll(store, clock, rules(clock, 1));
      expect(await store.evidenceBytes('acme', digest)).toBeNull();
    });

    test('bytes that two due escalations share are counted once', async () => {
      const made = await decided('esc-1', 'the very same');
      await decideIn(made, 'esc-2', 'the very same');
      made.clock.pass(2 * DAY);
      expect(await due(made.store, rules(made.clock, 1))).toMatchObject({ escalations: 2, pieces: 2, bytes: 13 });
      expect(sum(await removeAll(made.store, made.clock, rules(made.clock, 1)), 'bytes')).toBe(13);
    });

    test('I5: the rule of one tenant removes nothing that another keeps', async () => {
      const made = await decided('esc-1', 'of both', 'acme');
      const { store, clock } = made;
      const key = await decideIn(made, 'esc-1', 'of both', 'beta');
      const digest = (await store.read(key, clock.now()))?.escalation.evidence[0]?.sha256 ?? '';
      clock.pass(2 * DAY);
      await removeAll(store, clock, rules(clock, 1));
      expect(await store.evidenceBytes('acme', digest)).toBeNull();
      expect(Buffer.from((await store.evidenceBytes('beta', digest)) ?? []).toString()).toBe('of both');
      expect((await store.read(key, clock.now()))?.escalation.evidence[0]).not.toHaveProperty('removed_at');
      expect((await store.logHead('beta')).size).toBe(2);
    });

    test('the same bytes that come again, for another escalation, are there for that one alone', async () => {
      const { store, clock } = await decided('esc-1', 'x'.repeat(200_000));
      clock.pass(2 * DAY);
      await removeAll(store, clock, rules(clock, 1));
      const again = escalation('esc-2', { evidence: [evidence('x'.repeat(200_000))] });
      await importRows(store, writing(clock), [
        again,
        escalation('esc-1', { evidence: [evidence('x'.repeat(200_000))] }),
      ]);
      const [first, second] = [
        await store.read(keyOf(escalation('esc-1')), clock.now()),
        await store.read(keyOf(again), clock.now()),
      ];
      expect(first?.escalation.evidence[0]).toHaveProperty('removed_at');
      expect(second?.escalation.evidence[0]).not.toHaveProperty('removed_at');
      expect((await store.evidenceBytes('acme', second?.escalation.evidence[0]?.sha256 ?? ''))?.length).toBe(200_000);
      expect(await logFailures(store, 'acme')).toEqual([]);
    });

    test('an import of what was removed does not bring its bytes back', async () => {
      const { store, clock } = await decided('esc-1', 'must be gone');
      const digest = (await store.read(keyOf(escalation('esc-1')), clock.now()))?.escalation.evidence[0]?.sha256 ?? '';
      clock.pass(2 * DAY);
      await removeAll(store, clock, rules(clock, 1));
      await importRows(store, writing(clock), [escalation('esc-1', { evidence: [evidence('must be gone')] })]);
      expect(await store.evidenceBytes('acme', digest)).toBeNull();
    });

    test('I6: the last judgement stays as it was recorded, with its day, and nothing counts as verified any more', async () => {
      const { store, clock } = await decided('esc-1', 'a packet');
      const key = keyOf(escalation('esc-1'));
      await judge(store, key, clock, 'verified');
      const judged = await store.read(key, clock.now());
      expect(judged?.judgement).toMatchObject({ verdict: 'verified', current: true });
      clock.pass(2 * DAY);
      await removeAll(store, clock, rules(clock, 1));
      const after = await store.read(key, clock.now());
      expect(after?.judgement).toEqual({
        verdict: 'unchecked',
        detail: 'verified on 2026-11-15, removed since',
        current: false,
        judged_at: judged?.judgement.judged_at,
      });
      expect(after?.escalation.evidence[0]?.verdict).toBe('unchecked');
      expect(after?.reports).toEqual([null, null]);
      const views = ['verified', 'failed'] as const;
      for (const view of views)
        expect((await store.page(pageQuery(clock, { status: 'expired', view }))).rows).toEqual([]);
    });

    test('what failed stays failed; neither is ever judged again', async () => {
      const { store, clock } = await decided('esc-1', 'a packet');
      const key = keyOf(escalation('esc-1'));
      await judge(store, key, clock, 'failed');
      clock.pass(2 * DAY);
      await removeAll(store, clock, rules(clock, 1));
      expect((await store.read(key, clock.now()))?.judgement).toMatchObject({ verdict: 'failed' });
      expect(await store.countToJudge('acme', clock.now())).toBe(0);
      for (const all of [true, false])
        expect((await store.toJudge({ tenant: 'acme', now: clock.now(), all, after: null, limit: 10 })).keys).toEqual(
          [],
        );
      expect(await store.judgeSubject(key, clock.now(), true)).toBeNull();
    });

    test('a removal goes on where the step before ended, and sends nothing twice', async () => {
      const made = await fresh();
      const { store, clock } = made;
      for (let n = 0; n < 130; n += 1) await decideIn(made, `esc-${n}`, `packet ${n}`);
      clock.pass(2 * DAY);
      const steps = await removeAll(store, clock, rules(clock, 1));
      expect(steps.map(({ escalations }) => escalations)).toEqual([100, 30, 0]);
      const events = await store.logRows({ tenant: 'acme', kinds: ['evidence.removed'], limit: 500 });
      expect(new Set(events.map(({ escalationId }) => escalationId)).size).toBe(130);
    });
  });

  describe('what is kept beside the log', () => {
    test('values of old events go, whole, by an event that names them; the log still proves', async () => {
      const { store, clock } = await decided('esc-1', 'bytes');
      await importRows(store, writing(clock), [escalation('active')]);
      clock.pass(10 * DAY + 1);
      const wanted = rules(clock, null, 10);
      const before = await store.logHead('acme');
      expect(await due(store, wanted)).toMatchObject({ events: 2, pieces: 0, escalations: 0 });
      const steps = await removeAll(store, clock, wanted);
      expect(sum(steps, 'events')).toBe(2);
      expect(await store.logRoot('acme', before.size)).toEqual(before.root);
      const [recorded, decision, active] = [0, 1, 2].map((seq) => store.logEvent('acme', seq));
      for (const event of [await recorded, await decision]) {
        expect(event?.fields.length).toBeGreaterThan(1);
        expect(event?.fields.every(({ salt, value }) => salt === null && value === null)).toBe(true);
      }
      expect((await active)?.fields.every(({ value }) => value !== null)).toBe(true);
      const told = JSON.parse(Buffer.from((await store.logEvent('acme', 3))?.leaf ?? []).toString()) as object;
      expect(told).toMatchObject({
        kind: 'fields.removed',
        events: [{ from: '0', to: '1' }],
        values: sum(steps, 'values'),
      });
      const { escalation: shown } = (await store.read(keyOf(escalation('esc-1')), clock.now())) ?? expect.fail('gone');
      expect(shown.events.map(({ actor }) => actor)).toEqual(['removed', 'removed']);
      expect(await logFailures(store, 'acme')).toEqual([]);
    });

    test('what tells of a removal is itself kept as long as the rule says', async () => {
      const { store, clock } = await decided('esc-1', 'bytes');
      clock.pass(10 * DAY + 1);
      await removeAll(store, clock, rules(clock, 10, 10));
      expect(await due(store, rules(clock, 10, 10))).toEqual(NOTHING);
      clock.pass(10 * DAY + 1);
      expect(await due(store, rules(clock, 10, 10))).toMatchObject({ events: 2, pieces: 0 });
    });
  });

  describe('legal holds', () => {
    test('one on an escalation keeps it, and all that is beside its events, until it is lifted', async () => {
      const made = await decided('held', 'evidence of a case');
      const { store, clock } = made;
      await decideIn(made, 'free', 'of no case');
      const key = keyOf(escalation('held'));
      await store.setLegalHold(writing(clock), { key, reason: 'Case 17' });
      await store.setLegalHold(writing(clock), { key, reason: 'Case 18' });
      clock.pass(2 * DAY);
      const wanted = rules(clock, 1, 1);
      expect(await due(store, wanted)).toMatchObject({ escalations: 1, held: 1, bytes: 10 });
      await removeAll(store, clock, wanted);
      expect((await store.read(key, clock.now()))?.escalation.evidence[0]).not.toHaveProperty('removed_at');
      expect((await store.logEvent('acme', 0))?.fields.every(({ value }) => value !== null)).toBe(true);
      const [first, second] = await store.legalHolds('acme');
      expect([first?.reason, second?.reason, first?.by, first?.key]).toEqual(['Case 17', 'Case 18', 'Ada', key]);
      await store.liftLegalHold(writing(clock), { holdId: first?.hold_id ?? '', reason: 'Closed' });
      expect(await due(store, wanted)).toMatchObject({ escalations: 0, held: 1 });
      await store.liftLegalHold(writing(clock), { holdId: second?.hold_id ?? '', reason: 'Closed' });
      expect(await store.legalHolds('acme')).toEqual([]);
      expect(await due(store, wanted)).toMatchObject({ escalations: 1, held: 0 });
    });

    test('one on the tenant stops all of it, and none of another (I5)', async () => {
      const made = await decided('esc-1', 'bytes of acme');
      const { store, clock } = made;
      await decideIn(made, 'esc-1', 'bytes of beta', 'beta');
      await store.setLegalHold(writing(clock), { key: null, reason: 'All of it' });
      clock.pass(2 * DAY);
      expect(sum(await removeAll(store, clock, rules(clock, 1, 1)), 'values')).toBe(0);
      expect(sum(await removeAll(store, clock, rules(clock, 1, 1), 'beta'), 'pieces')).toBe(1);
      expect(await store.legalHolds('beta')).toEqual([]);
      const [hold] = await store.legalHolds('acme');
      const foreign = { holdId: hold?.hold_id ?? '', reason: 'Mine' };
      await expect(store.liftLegalHold(writing(clock, ADA, 'beta'), foreign)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await store.liftLegalHold(writing(clock), foreign);
      await expect(store.liftLegalHold(writing(clock), foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(sum(await removeAll(store, clock, rules(clock, 1)), 'pieces')).toBe(1);
    });

    test('one that is set between two steps is kept to', async () => {
      const made = await fresh();
      const { store, clock } = made;
      for (let n = 0; n < 101; n += 1) await decideIn(made, `esc-${n}`, `packet ${n}`);
      clock.pass(2 * DAY);
      const step = { jobId: JOB, rules: rules(clock, 1), after: null };
      const first = await store.removeDue(writing(clock), step);
      await store.setLegalHold(writing(clock), { key: keyOf(escalation('esc-100')), reason: 'In time' });
      const second = await store.removeDue(writing(clock), { ...step, after: first.next });
      expect([first.removed.escalations, second.removed]).toEqual([100, { ...NOTHING, held: 1 }]);
    });

    test('it changes no view of an escalation that waits for its decision', async () => {
      const { store, clock } = await fresh();
      await importRows(store, writing(clock), [escalation('active')]);
      const key = keyOf(escalation('active'));
      const decision = await decisionOn(store, key, clock, approval);
      await store.setLegalHold(writing(clock), { key, reason: 'Before it was decided' });
      expect((await store.decide(writing(clock), decision)).decision?.outcome).toBe('approved');
    });
  });
}
