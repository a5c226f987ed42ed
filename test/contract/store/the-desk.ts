import { expect, test } from 'vitest';
import type { Job } from '../../../shared/contract/job.ts';
import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { logFailures } from './checked.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { ADA, BOB, deskWriting, escalation, importRows, keyOf, minutes, pageQuery, uuid, writing } from './makers.ts';

export function theDesk(open: OpenStore): void {
  const fresh = freshly(open);

  test('profiles: made once, names unique letter case aside, changed by their id', async () => {
    const { store, clock } = await fresh();
    const ada = { profile_id: ADA, name: 'Ada', hold_seconds: 10, after_decision: 'next' } as const;
    expect((await store.profiles()).map(({ name }) => name)).toEqual(['Ada', 'Bob']);
    await expect(
      store.makeProfile(deskWriting(clock), { ...ada, profile_id: uuid(3), name: 'ADA' }),
    ).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await expect(store.updateProfile(deskWriting(clock), { ...ada, name: 'bob' })).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    await expect(
      store.updateProfile(deskWriting(clock), { ...ada, profile_id: uuid(3), name: 'Cyd' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.updateProfile(deskWriting(clock), { ...ada, name: 'ada', hold_seconds: 60 });
    expect((await store.profiles())[0]).toEqual({ ...ada, name: 'ada', hold_seconds: 60 });
    expect(await store.rolesOf(ADA, 'acme')).toEqual(expect.arrayContaining(['reviewer', 'auditor', 'operator']));
    expect(await store.rolesOf(uuid(3), 'acme')).toEqual([]);
  });

  test('settings: kept, an event, and a new limit moves the deadlines of what is active', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1', {}, { timestamp: minutes(0) });
    await importRows(store, writing(clock), [row]);
    const settings = await store.settings('acme');
    expect(settings).toMatchObject({ auto_expire: false, sla_minutes: null, warn_minutes: 240, bad_minutes: 30 });
    await store.saveSettings(writing(clock), { ...settings, sla_minutes: 30 });
    expect((await store.page(pageQuery(clock, { view: 'due' }))).rows[0]?.deadline).toMatchObject({
      at: minutes(30),
      source: 'sla',
    });
    await store.saveSettings(writing(clock), settings);
    expect((await store.read(keyOf(row), clock.now()))?.escalation.deadline).toBeNull();
    expect((await store.page(pageQuery(clock, { view: 'due' }))).rows).toEqual([]);
    await expect(store.settings('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('settings: those of a desk that knew of no waived checks waive none, and their log still holds', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), [escalation('esc-1', {}, { timestamp: minutes(0) })]);
    const { waived_checks: _waived, ...older } = await store.settings('acme');
    await store.saveSettings(writing(clock), { ...older, auto_expire: true } as TenantSettings);
    const settings = await store.settings('acme');
    expect(settings).toEqual({ ...older, auto_expire: true, waived_checks: [] });
    expect(await logFailures(store, 'acme')).toEqual([]);
    await store.saveSettings(writing(clock), { ...settings, waived_checks: ['pcrs', 'token.binding'] });
    expect((await store.settings('acme')).waived_checks).toEqual(['pcrs', 'token.binding']);
    expect(await logFailures(store, 'acme')).toEqual([]);
  });

  test('jobs: the last state counts, newest first; reports page by number and severity', async () => {
    const { store } = await fresh();
    const job: Job = {
      job_id: uuid(80),
      kind: 'import',
      state: 'running',
      title: 'vex.db',
      tenant: null,
      started_at: minutes(0),
      ended_at: null,
      progress: { done: 0, total: null, unit: 'records' },
      error: null,
      import_result: null,
      manifest: null,
      verify_result: null,
      log_result: null,
    };
    const inputHash = 'ab'.repeat(32);
    await store.saveJob({ job, owner: 'desk-1', inputHash });
    await store.saveJob({ job: { ...job, job_id: uuid(81), kind: 'export' }, owner: 'desk-1', inputHash });
    await store.saveJob({ job: { ...job, state: 'done' }, owner: 'desk-2', inputHash });
    expect(await store.job(uuid(80))).toEqual({ job: { ...job, state: 'done' }, owner: 'desk-2', inputHash });
    expect(await store.job(uuid(99))).toBeNull();
    expect((await store.jobs()).map(({ job_id }) => job_id)).toEqual([uuid(81), uuid(80)]);
    expect((await store.jobs('import')).map(({ job_id }) => job_id)).toEqual([uuid(80)]);
    const entry = (n: number) => ({
      source: 'vex.db',
      locator: `row ${n}`,
      severity: n % 2 === 0 ? ('refused' as const) : ('info' as const),
      code: 'NOT_JSON',
      message: 'No.',
      text: `{${n}`,
    });
    await store.addReport(uuid(80), [1, 2, 3].map(entry));
    await store.addReport(uuid(80), [4].map(entry));
    expect(await store.report({ jobId: uuid(80), after: 1, limit: 2 })).toEqual(
      [2, 3].map((n) => ({ ...entry(n), n })),
    );
    expect(
      (await store.report({ jobId: uuid(80), severity: 'refused', after: 2, limit: 9 })).map(({ n }) => n),
    ).toEqual([4]);
  });

  test('changes of a store are told by name, each once, or as too many', async () => {
    const { store, clock } = await fresh();
    const { cursor } = await store.changesSince(null);
    const row = escalation('esc-1');
    await importRows(store, writing(clock), [row]);
    await store.claim(writing(clock), { key: keyOf(row), untilMs: clock.now() + 1 });
    const news = await store.changesSince(cursor);
    expect(news.changes).toEqual([
      { tenant: 'acme', topic: 'queue' },
      { tenant: 'acme', topic: 'escalation', key: { id: 'esc-1', event: uuid(1) } },
      { tenant: 'acme', topic: 'queue' },
    ]);
    expect(await store.changesSince(news.cursor)).toEqual({ changes: [], cursor: news.cursor, overflow: false });
    for (let n = 0; n < 60; n += 1) {
      await store.release(writing(clock), { key: keyOf(row) });
      await store.claim(writing(clock), { key: keyOf(row), untilMs: clock.now() + 1 });
    }
    expect(await store.changesSince(cursor)).toMatchObject({ changes: [], overflow: true });
  });

  test('a lease has one owner until it ends', async () => {
    const { store } = await fresh();
    expect(await store.lease('timers', 'desk-1', 0, 100)).toBe(true);
    expect(await store.lease('timers', 'desk-2', 50, 150)).toBe(false);
    expect(await store.lease('timers', 'desk-1', 50, 150)).toBe(true);
    expect(await store.lease('timers', 'desk-2', 150, 300)).toBe(true);
    expect(await store.lease('outbox', 'desk-1', 150, 300)).toBe(true);
  });

  test('an import that ended is an event of its tenant', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), [escalation('esc-1')]);
    const write = writing(clock, BOB);
    for (const _time of [1, 2])
      await store.recordTransfer(write, { kind: 'import', jobId: uuid(80), counts: { imported: 1 } });
    await store.recordTransfer(writing(clock), {
      kind: 'export',
      jobId: uuid(81),
      counts: { records: 1 },
      sha256: 'ab'.repeat(32),
    });
    await store.claim(writing(clock), { key: keyOf(escalation('esc-1')), untilMs: clock.now() + 1 });
    const events = (await store.read(keyOf(escalation('esc-1')), clock.now()))?.escalation.events ?? [];
    expect(events.map(({ seq, type }) => [seq, type])).toEqual([
      ['0', 'escalation.recorded'],
      ['3', 'claim.taken'],
    ]);
  });
}
