import { expect, test } from 'vitest';
import type { ExportRange, LedgerStore } from '../../../electron/store/ledger-store.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { gateKey, judge } from './judge-makers.ts';
import {
  approval,
  decisionOn,
  escalation,
  evidence,
  flattened,
  HASH,
  importRows,
  keyOf,
  MINUTE,
  minutes,
  resolvedUpstream,
  START,
  uuid,
  writing,
} from './makers.ts';

const SPAN = { tenant: 'acme', fromMs: START, toMs: START + 60 * MINUTE };

async function overdue(store: LedgerStore, span: typeof SPAN): Promise<number> {
  let found = 0;
  for await (const step of store.overdue(span)) found += step;
  return found;
}

export function counting(open: OpenStore): void {
  const fresh = freshly(open);

  test('what is decided in a time is told with all that a report counts, in the order of time', async () => {
    const { store, clock } = await fresh();
    const deadlines = [{ at: minutes(4), source: 'token' as const }];
    const row = escalation('asked', { deadlines, evidence: [evidence('packet')] }, { timestamp: minutes(-5) });
    const came = resolvedUpstream('came', { decision: { outcome: 'unknown', decidedAt: minutes(2) } });
    await importRows(store, writing(clock), [row, came, escalation('waits')]);
    await judge(store, keyOf(row), clock, 'failed');
    clock.pass(5 * MINUTE);
    const decision = { ...approval, overrides: ['signature'], acceptedUnchecked: ['pcrs'] };
    await store.decide(writing(clock), await decisionOn(store, keyOf(row), clock, decision));
    expect(await flattened(store.decided({ ...SPAN, now: clock.now() }))).toEqual([
      {
        decidedMs: START + 2 * MINUTE,
        escalatedMs: null,
        deadlineMs: null,
        outcome: 'unknown',
        reviewer: null,
        reasonCode: null,
        overrides: [],
        acceptedUnchecked: [],
        verdict: null,
      },
      {
        decidedMs: START + 5 * MINUTE,
        escalatedMs: START - 5 * MINUTE,
        deadlineMs: START + 4 * MINUTE,
        outcome: 'approved',
        reviewer: 'Ada',
        reasonCode: 'OTHER',
        overrides: ['signature'],
        acceptedUnchecked: ['pcrs'],
        verdict: 'failed',
      },
    ]);
  });

  test('I6: what was verified with other keys counts as unchecked, what failed as failed', async () => {
    const { store, clock } = await fresh();
    const rows = ['verified', 'failed'].map((id, n) =>
      escalation(
        id,
        { evidence: [evidence(id)], decision: { outcome: 'approved', decidedAt: minutes(n) } },
        { status: 'RESOLVED', timestamp: minutes(n), resolution_event_id: uuid(9), resolution_vep_hash: HASH },
      ),
    );
    await importRows(store, writing(clock), rows);
    for (const row of rows)
      await judge(store, keyOf(row), clock, row.record.escalation_id === 'failed' ? 'failed' : 'verified');
    const verdicts = async () =>
      (await flattened(store.decided({ ...SPAN, now: clock.now() }))).map(({ verdict }) => verdict);
    expect(await verdicts()).toEqual(['verified', 'failed']);
    await store.pinTrust(writing(clock), [{ source: 'x', entry: gateKey(1), confirmed: 'typed' }]);
    expect(await verdicts()).toEqual(['unchecked', 'failed']);
  });

  test('I5, I10: a time has its beginning and not its end; many of one moment are each told once; no other tenant’s', async () => {
    const { store, clock } = await fresh();
    const at = (id: string, n: number) =>
      resolvedUpstream(id, { decision: { outcome: 'approved', decidedAt: minutes(n) } });
    const same = Array.from({ length: 1_203 }, (_, n) => at(`same-${n}`, 30));
    const edges = [at('first', 0), at('before', -1), at('last', 59), at('after', 60)];
    for (const part of [same.slice(0, 700), same.slice(700), edges]) await importRows(store, writing(clock), part);
    await importRows(store, writing(clock, undefined, 'other'), [at('theirs', 30)]);
    const rows = await flattened(store.decided({ ...SPAN, now: clock.now() }));
    expect(rows.length).toBe(1_205);
    expect([rows[0]?.decidedMs, rows.at(-1)?.decidedMs]).toEqual([START, START + 59 * MINUTE]);
    expect(await flattened(store.decided({ ...SPAN, tenant: 'other', now: clock.now() }))).toHaveLength(1);
    await expect(flattened(store.decided({ ...SPAN, tenant: 'nobody', now: 0 }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('what waits past its deadline is counted by the deadline, and what is decided is not', async () => {
    const { store, clock } = await fresh();
    const due = (id: string, n: number) => escalation(id, { deadlines: [{ at: minutes(n), source: 'agent' }] });
    await importRows(store, writing(clock), [
      due('a', 0),
      due('b', 30),
      due('c', 60),
      due('d', -1),
      escalation('none'),
    ]);
    expect(await overdue(store, SPAN)).toBe(2);
    await store.decide(writing(clock), await decisionOn(store, keyOf(due('a', 0)), clock));
    expect(await overdue(store, SPAN)).toBe(1);
    expect(await overdue(store, { ...SPAN, toMs: SPAN.fromMs - 1 })).toBe(0);
  });

  test('I6, I10: an export’s contents are told record by record: as many as its count, with what each has and is worth', async () => {
    const { store, clock } = await fresh();
    const rows = [
      escalation('open', { evidence: [evidence('one'), evidence('both')] }),
      escalation('held', { evidence: [evidence('both')] }, { timestamp: minutes(1) }),
      resolvedUpstream('came', { decision: { outcome: 'unknown', decidedAt: minutes(2) } }, { timestamp: minutes(2) }),
    ];
    await importRows(store, writing(clock), rows);
    for (const [n, row] of rows.slice(0, 2).entries())
      await judge(store, keyOf(row), clock, n === 0 ? 'verified' : 'failed');
    const told = (parts: Partial<ExportRange> = {}) =>
      flattened(store.contents({ tenant: 'acme', status: 'all', now: clock.now(), ...parts }));
    const [first, second, third] = await told();
    expect(first).toMatchObject({ outcome: null, verdict: 'verified', events: 1 });
    expect(second).toMatchObject({ outcome: null, verdict: 'failed', events: 1 });
    expect(third).toEqual({ outcome: 'came', verdict: null, events: 1, evidence: [] });
    expect(first?.evidence.map(({ bytes }) => bytes)).toEqual([3, 4]);
    expect(second?.evidence, 'the same bytes, under the same number').toEqual([first?.evidence[1]]);
    expect(await told({ status: 'resolved' })).toEqual([third]);
    expect(await told({ from: minutes(1), to: minutes(2) })).toEqual([second]);
    await store.pinTrust(writing(clock), [{ source: 'x', entry: gateKey(1), confirmed: 'typed' }]);
    expect((await told()).map(({ verdict }) => verdict)).toEqual(['unchecked', 'failed', null]);
    await expect(told({ tenant: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('I5, I10: contents of more than a batch are each told once, and no other tenant’s', async () => {
    const { store, clock } = await fresh();
    const many = Array.from({ length: 450 }, (_, n) => escalation(`esc-${n}`, {}, { timestamp: minutes(n) }));
    await importRows(store, writing(clock), many);
    await importRows(store, writing(clock, undefined, 'other'), [escalation('theirs')]);
    for (const parts of [{}, { status: 'active' as const }, { from: minutes(30), to: minutes(290) }]) {
      const range = { tenant: 'acme', status: 'all' as const, now: clock.now(), ...parts };
      expect((await flattened(store.contents(range))).length).toBe((await store.countRange(range)).records);
    }
  });
}
