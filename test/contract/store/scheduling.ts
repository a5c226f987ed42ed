import { expect, test } from 'vitest';
import type { ScheduleState, StoredSchedule } from '../../../electron/store/ledger-store.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { ADA, escalation, importRows, minutes, uuid, writing } from './makers.ts';

const STATE: ScheduleState = { coveredUntil: '2026-11-15', running: null, last: null, failedAtMs: null, files: [] };

export function scheduled(n: number, tenant = 'acme'): StoredSchedule {
  return {
    scheduleId: uuid(n),
    tenant,
    query: { tenant, format: 'csv', status: 'all' },
    covers: 'period',
    turn: { every: 'day', weekday: 1, at: '06:00', zone: 'UTC' },
    keep: 7,
    folder: '/exports',
    by: ADA,
    madeAt: minutes(0),
    state: STATE,
  };
}

export function scheduling(open: OpenStore): void {
  const fresh = freshly(open);

  test('scheduled exports come back as they were kept, oldest first, each tenant’s own (I5)', async () => {
    const { store, clock } = await fresh();
    for (const tenant of ['acme', 'other']) await importRows(store, writing(clock, ADA, tenant), [escalation('x')]);
    const [second, first] = [scheduled(1), scheduled(2)];
    for (const one of [first, second]) await store.saveSchedule(writing(clock), one, true);
    const theirs = scheduled(3, 'other');
    await store.saveSchedule(writing(clock, ADA, 'other'), theirs, true);
    expect(await store.schedules('acme')).toEqual([first, second]);
    expect(await store.schedules(null)).toEqual([first, second, theirs]);
    await expect(store.schedules('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.removeSchedule(writing(clock), theirs.scheduleId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.saveSchedule(writing(clock), scheduled(3), false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.saveSchedule(writing(clock), { ...first, keep: null }, false);
    await store.removeSchedule(writing(clock), second.scheduleId);
    expect(await store.schedules('acme')).toEqual([{ ...first, keep: null }]);
    const rows = await store.logRows({ tenant: 'acme', kinds: ['schedule.set', 'schedule.removed'], limit: 9 });
    const told = rows.map(({ leaf }) => JSON.parse(Buffer.from(leaf).toString()) as { kind: string; schedule: string });
    expect(told.reverse().map(({ kind, schedule }) => [kind, schedule])).toEqual([
      ['schedule.set', first.scheduleId],
      ['schedule.set', second.scheduleId],
      ['schedule.set', first.scheduleId],
      ['schedule.removed', second.scheduleId],
    ]);
  });

  test('how far one has come is kept only by who was first, and what is gone keeps nothing', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), [escalation('x')]);
    await store.saveSchedule(writing(clock), scheduled(1), true);
    const running = (n: number): ScheduleState => ({
      ...STATE,
      running: { jobId: uuid(n), until: '2026-11-16', madeUp: 0 },
    });
    const read = async () => (await store.schedules('acme'))[0]?.state ?? expect.fail('gone');
    const [mine, theirs] = [await read(), await read()];
    expect(await store.moveSchedule(uuid(1), mine, running(7))).toBe(true);
    expect(await store.moveSchedule(uuid(1), theirs, running(8))).toBe(false);
    expect(await read()).toEqual(running(7));
    expect(await store.moveSchedule(uuid(1), await read(), STATE)).toBe(true);
    await store.removeSchedule(writing(clock), uuid(1));
    expect(await store.moveSchedule(uuid(1), STATE, running(9))).toBe(false);
    expect(await store.schedules('acme')).toEqual([]);
  });
}
