import { expect, test } from 'vitest';
import type { ExportRange } from '../../../electron/store/ledger-store.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import {
  batchesOf,
  escalation,
  flattened,
  importRows,
  minutes,
  request,
  resolvedUpstream,
  uuid,
  writing,
} from './makers.ts';

export function exporting(open: OpenStore): void {
  const fresh = freshly(open);
  const withMany = async () => {
    const made = await fresh();
    const rows = Array.from({ length: 450 }, (_, n) => {
      const parts = { listPosition: 449 - n, request: request({ target: n % 2 === 0 ? 'even' : 'odd' }) };
      const record = { timestamp: minutes(n) };
      return n % 10 === 0 ? resolvedUpstream(`esc-${n}`, parts, record) : escalation(`esc-${n}`, parts, record);
    });
    // One import in two batches: its positions order them over both.
    await importRows(made.store, writing(made.clock), rows.slice(0, 300), { jobId: uuid(70) });
    await importRows(made.store, writing(made.clock), rows.slice(300), { jobId: uuid(70) });
    const range = (parts: Partial<ExportRange>): ExportRange => ({
      tenant: 'acme',
      status: 'all',
      now: made.clock.now(),
      ...parts,
    });
    const ids = async (parts: Partial<ExportRange>) =>
      (await batchesOf(made.store.exportBatches(range(parts))))
        .flat()
        .map(({ escalation: { record } }) => record.escalation_id);
    return { ...made, range, ids };
  };

  test('all come in the order of the source, batch by batch', async () => {
    const { store, ids, range } = await withMany();
    const expected = Array.from({ length: 450 }, (_, n) => `esc-${449 - n}`);
    expect(await ids({})).toEqual(expected);
    expect((await batchesOf(store.exportBatches(range({})))).length).toBeGreaterThan(1);
    expect(await flattened(store.activeIds('acme'))).toEqual(expected.filter((id) => Number(id.slice(4)) % 10 !== 0));
  });

  test('status, span and search narrow it, and the count says the same', async () => {
    const { store, ids, range } = await withMany();
    const cases: Partial<ExportRange>[] = [
      {},
      { status: 'active' },
      { status: 'resolved' },
      { status: 'expired' },
      { from: minutes(10), to: minutes(20) },
      { status: 'resolved', from: minutes(100) },
      { search: 'even' },
      { search: 'even', status: 'active', to: minutes(9) },
      { search: '???' },
    ];
    for (const parts of cases) {
      expect([parts, await store.countRange(range(parts))]).toEqual([
        parts,
        { records: (await ids(parts)).length, exact: true },
      ]);
    }
    expect(await ids({ from: minutes(10), to: minutes(12) })).toEqual(['esc-11', 'esc-10']);
    expect(await ids({ tenant: 'nobody' })).toEqual([]);
  });

  test('what a later import brings comes after, and what it names again keeps its place', async () => {
    const { store, clock } = await fresh();
    const rows = ['a', 'b', 'c'].map((id, listPosition) => escalation(id, { listPosition }));
    await importRows(store, writing(clock), rows.toReversed(), { jobId: uuid(71) });
    await store.record(writing(clock), escalation('by hand'));
    await importRows(
      store,
      writing(clock),
      [escalation('z', { listPosition: 0 }), escalation('a', { listPosition: 9 })],
      { jobId: uuid(72) },
    );
    expect(await flattened(store.activeIds('acme'))).toEqual(['a', 'b', 'c', 'by hand', 'z']);
  });

  test('a record of a desk\u2019s own export comes back with all that it says', async () => {
    const { store, clock } = await fresh();
    const dissents = [
      {
        outcome: 'approved' as const,
        source: 'desk' as const,
        at: minutes(3),
        reviewer: 'Bob',
        reason_code: 'OTHER',
        reason: 'Fine.',
      },
    ];
    const row = resolvedUpstream('esc-1', {
      decision: {
        outcome: 'rejected',
        decidedAt: minutes(2),
        source: 'desk',
        reviewer: 'Ada',
        reasonCode: 'OTHER',
        reason: 'No.',
        sealed: false,
        signed: false,
        overrides: ['nonce'],
        acceptedUnchecked: ['signature'],
      },
      dissents,
      pastOnArrival: true,
      deadlines: [{ at: minutes(60), source: 'agent' }],
    });
    await importRows(store, writing(clock), [row]);
    const [exported] = (
      await batchesOf(store.exportBatches({ tenant: 'acme', status: 'all', now: clock.now() }))
    ).flat();
    expect(exported?.escalation).toMatchObject({
      decision: {
        outcome: 'rejected',
        source: 'desk',
        decided_at: minutes(2),
        reviewer: 'Ada',
        reason_code: 'OTHER',
        reason: 'No.',
        sealed: false,
        signed: false,
        overrides: ['nonce'],
        accepted_unchecked: ['signature'],
      },
      dissents,
      deadline: { past_on_arrival: true },
    });
  });
}
