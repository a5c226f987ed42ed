import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../electron/audit/archive/byte-source.ts';
import type { Manifest } from '../../../electron/audit/bundle/manifest.ts';
import { verifyBundle } from '../../../electron/audit/verify/verify-bundle.ts';
import { localClient } from '../../../electron/desk/local-client.ts';
import { openDesk } from '../../../electron/desk/open-desk.ts';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { trustOf } from '../../../electron/features/keys/trust-store.ts';
import type { Schedule } from '../../../shared/contract/schedule.ts';
import { unpack } from '../../audit/unpack.ts';
import { type DecidedDesk, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';
import { testServices } from '../../hosts/test-desk.ts';

const TURN_MS = 5_000;
const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * 60_000;
/** 16:28 in Berlin on 15 November: the first turn is at 6 on the 16th. */
const UNTIL_SIX_MS = Date.parse('2026-11-16T05:00:00Z') - Date.parse('2026-11-15T15:28:14Z');

describe('scheduled exports', () => {
  let desk: DecidedDesk;
  let folder: string;

  beforeEach(async () => {
    desk = await openDecidedDesk();
    folder = join(desk.home, 'exports');
    mkdirSync(folder);
    await desk.record('one');
  });
  afterEach(() => desk.close());

  type Client = DecidedDesk['client'];
  const acting = () => ({ by: desk.by, idempotency_key: randomUUID() });
  const daily = { every: 'day', weekday: 1, at: '06:00', zone: 'Europe/Berlin' } as const;
  const order = (parts: object = {}): Parameters<Client['schedule']['set']>[0] => ({
    ...acting(),
    query: { tenant: TENANT, format: 'csv' },
    covers: 'period',
    turn: daily,
    keep: null,
    folder: { path: folder },
    ...parts,
  });
  async function only(): Promise<Schedule> {
    const [schedule] = await desk.client.schedule.list({ tenant: TENANT });
    return schedule ?? expect.fail('there is none');
  }
  /** Lets time pass, then turns until what began has come to its end. */
  async function pass(ms: number): Promise<Schedule> {
    await turn(ms);
    let schedule = await only();
    while (schedule.running !== null) {
      await jobsOf(desk.desk.main).ended(schedule.running);
      await turn(TURN_MS);
      schedule = await only();
    }
    return schedule;
  }
  async function turn(ms: number): Promise<void> {
    desk.clock.pass(ms);
    await desk.clock.waitsFor(TURN_MS);
  }
  const files = () => readdirSync(folder).sort();

  test('at its time it writes the days before as a file with its manifest, and is an event', async () => {
    const made = await desk.client.schedule.set(order());
    expect(made).toMatchObject({ covered_until: '2026-11-15', next_at: '2026-11-16T05:00:00.000Z', last: null });
    await pass(UNTIL_SIX_MS - 1);
    expect(files()).toEqual([]);
    const schedule = await pass(TURN_MS);
    const name = 'acme_2026-11-15_2026-11-15.csv';
    expect(files()).toEqual([name, `${name}.manifest.dsse.json`, `${name}.manifest.json`]);
    expect(schedule).toMatchObject({ covered_until: '2026-11-16', running: null });
    expect(schedule.last).toMatchObject({ file: name, made_up: 0, error: null });
    const manifest = JSON.parse(readFileSync(join(folder, `${name}.manifest.json`), 'utf8')) as { sha256: string };
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    expect(manifest).toMatchObject({
      sha256,
      records: 1,
      query: { from: '2026-11-14T23:00:00.000Z', to: '2026-11-15T23:00:00.000Z', format: 'csv' },
    });
    const job = await desk.client.job.get({ job_id: schedule.last?.job_id ?? '' });
    expect(job).toMatchObject({ kind: 'export', state: 'done', tenant: TENANT });
    const events = await desk.desk.main.store.logRows({ tenant: TENANT, kinds: ['export.finished'], limit: 5 });
    expect(events.map(({ actor }) => actor)).toEqual(['Ada Lovelace']);
  });

  test.each(['csv', 'jsonl', 'cloudevents', 'bundle'] as const)(
    'as %s, of the whole time until then',
    async (format) => {
      await desk.client.schedule.set(order({ query: { tenant: TENANT, format }, covers: 'all' }));
      const { last } = await pass(UNTIL_SIX_MS);
      expect(last?.error).toBeNull();
      expect(last?.file).toMatch(/^acme_until_2026-11-15\.(csv|jsonl|cloudevents\.jsonl|zip)$/);
      expect(files()).toHaveLength(3);
    },
  );

  /** A bundle in the folder: what it says of itself, and whether it holds with the desk's keys after one kept before. */
  async function bundle(name: string, previous: Uint8Array | null = null) {
    const bytes = readFileSync(join(folder, name));
    const { trust } = await trustOf(desk.desk.main, TENANT);
    const report = await verifyBundle(bytesAsSource(bytes), { trust, previous });
    const files = await unpack(bytes);
    const manifest = JSON.parse(String(files.get('manifest.json'))) as Manifest;
    return { report, manifest, checkpoint: files.get('checkpoint.txt') ?? new Uint8Array() };
  }
  async function decide(id: string): Promise<void> {
    await desk.client.decision.decide(await desk.rejecting(await desk.record(id)));
  }

  test('each bundle goes on from the one before, also where that is gone, and has all of its days', async () => {
    await desk.client.schedule.set(order({ query: { tenant: TENANT, format: 'bundle' }, keep: 1 }));
    await decide('on the 15th');
    await pass(UNTIL_SIX_MS - 3 * 3_600_000);
    // At three in the night: of the 16th, and before the bundle of the 15th is made.
    await decide('on the 16th');
    await pass(3 * 3_600_000);
    const first = await bundle('acme_2026-11-15_2026-11-15.zip');
    expect(first.manifest).toMatchObject({ previous: null, range: { from: '0' }, decisions: { signed: 1 } });
    await pass(DAY_MS - 3 * 3_600_000);
    await decide('on the 17th');
    await pass(3 * 3_600_000);
    const second = await bundle('acme_2026-11-16_2026-11-16.zip', first.checkpoint);
    expect(second.manifest).toMatchObject({
      previous: first.manifest.checkpoint,
      decisions: { signed: 1 },
      records: 1,
    });
    expect(files()).toHaveLength(3);
    await pass(DAY_MS);
    const third = await bundle('acme_2026-11-17_2026-11-17.zip', second.checkpoint);
    expect(third.manifest).toMatchObject({
      previous: second.manifest.checkpoint,
      decisions: { signed: 1 },
      records: 1,
    });
    for (const { report } of [second, third]) {
      expect(report.verdict).toBe('verified');
      expect(report.checks.find(({ name }) => name === 'consistency')?.code).toBe('FOLLOWS');
    }
    // It begins where the log stood before its days: not with the log, and not after the bundle before.
    const [from, last] = [Number(third.manifest.range.from), Number(third.manifest.previous?.size)];
    expect([from > 0, from <= last]).toEqual([true, true]);
    expect(from).toBe(Number(first.manifest.checkpoint.size));
  });

  test('a bundle of all goes on from the one before, and begins with the log', async () => {
    await desk.client.schedule.set(order({ query: { tenant: TENANT, format: 'bundle' }, covers: 'all' }));
    await pass(UNTIL_SIX_MS);
    await pass(DAY_MS);
    const [first, second] = [await bundle('acme_until_2026-11-15.zip'), await bundle('acme_until_2026-11-16.zip')];
    expect(second.manifest).toMatchObject({ previous: first.manifest.checkpoint, range: { from: '0' } });
    expect(second.report.verdict).toBe('verified');
  });

  test('what was missed while no desk ran is made up for once, by one file of all its days, and said', async () => {
    await desk.client.schedule.set(order());
    const { last, covered_until } = await pass(UNTIL_SIX_MS + 3 * DAY_MS);
    expect(last).toMatchObject({ made_up: 3, file: 'acme_2026-11-15_2026-11-18.csv' });
    expect(covered_until).toBe('2026-11-19');
    expect((await desk.client.job.get({ job_id: last?.job_id ?? '' })).title).toContain('making up for 3 missed');
    await pass(DAY_MS - 60_000);
    expect(files()).toHaveLength(3);
    expect((await pass(60_000)).last).toMatchObject({ made_up: 0, file: 'acme_2026-11-19_2026-11-19.csv' });
  });

  test('nothing is ever overwritten: what has the name, or that of a file beside it, stays', async () => {
    const [first, second, third] = ['', '_2', '_3'].map((end) => `acme_2026-11-15_2026-11-15${end}.csv`) as [
      string,
      string,
      string,
    ];
    writeFileSync(join(folder, first), 'mine');
    writeFileSync(join(folder, `${second}.manifest.json`), 'mine too');
    writeFileSync(join(folder, `${third}.manifest.dsse.json`), 'and this');
    await desk.client.schedule.set(order());
    expect((await pass(UNTIL_SIX_MS)).last?.file).toBe('acme_2026-11-15_2026-11-15_4.csv');
    expect(readFileSync(join(folder, first), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, `${second}.manifest.json`), 'utf8')).toBe('mine too');
  });

  test('of its own files the newest are kept; one that was changed since, or another’s, is never removed', async () => {
    await desk.client.schedule.set(order({ keep: 2 }));
    writeFileSync(join(folder, 'acme_2020-01-01_2020-01-01.csv'), 'another’s');
    const [one, two, three, four] = ['15', '16', '17', '18'].map((day) => `acme_2026-11-${day}_2026-11-${day}.csv`);
    await pass(UNTIL_SIX_MS);
    await pass(DAY_MS);
    writeFileSync(join(folder, two ?? ''), 'changed by hand');
    await pass(DAY_MS);
    await pass(DAY_MS);
    const kept = files().filter((name) => name.endsWith('.csv'));
    expect(files().filter((name) => name.startsWith(one ?? ''))).toEqual([]);
    expect(kept).toEqual(['acme_2020-01-01_2020-01-01.csv', two, three, four]);
    expect((await only()).files).toBe(2);
  });

  test('what fails is said, tried again after a while, and then has all of its days', async () => {
    await desk.client.schedule.set(order());
    rmSync(folder, { recursive: true });
    const failed = await pass(UNTIL_SIX_MS);
    expect(failed.last).toMatchObject({ job_id: null, file: null, error: { code: 'INVALID_INPUT' } });
    expect(failed.covered_until).toBe('2026-11-15');
    mkdirSync(folder);
    await pass(QUARTER_MS - 60_000);
    expect(files()).toEqual([]);
    expect((await pass(60_000)).last).toMatchObject({ file: 'acme_2026-11-15_2026-11-15.csv', error: null });
  });

  test('a job that fails leaves nothing, is said, and counts as not done', async () => {
    await desk.client.schedule.set(order());
    const { store } = desk.desk.main;
    const { countRange } = store;
    store.countRange = async () => {
      throw new Error('the disk is gone');
    };
    const failed = await pass(UNTIL_SIX_MS);
    expect(failed.last).toMatchObject({ file: null, error: { code: 'INTERNAL' } });
    expect([failed.covered_until, files()]).toEqual(['2026-11-15', []]);
    store.countRange = countRange;
    expect((await pass(QUARTER_MS)).last).toMatchObject({ error: null });
  });

  test('I1: a desk that ends meanwhile leaves the turn due: the next one exports its days', async () => {
    await desk.client.schedule.set(order());
    const { store } = desk.desk.main;
    const schedule = (await store.schedules(TENANT))[0] ?? expect.fail('gone');
    const running = { jobId: randomUUID(), until: '2026-11-16', madeUp: 0 };
    await store.moveSchedule(schedule.scheduleId, schedule.state, { ...schedule.state, running });
    await turn(UNTIL_SIX_MS);
    expect((await only()).running).toBeNull();
    expect((await pass(TURN_MS)).last?.file).toBe('acme_2026-11-15_2026-11-15.csv');
  });

  test('two desks on one store write each turn’s file once', async () => {
    await desk.client.schedule.set(order());
    const other = await openDesk(testServices(desk.home, { clock: desk.clock }), desk.store);
    desk.clock.pass(UNTIL_SIX_MS);
    while ((await only()).last === null) {
      await turn(TURN_MS);
      const { running } = await only();
      for (const { main } of [desk.desk, other]) if (running !== null) await jobsOf(main).ended(running);
    }
    for (let n = 0; n < 5; n += 1) await turn(TURN_MS);
    expect(files()).toHaveLength(3);
    expect(await desk.client.job.list({ kind: 'export' })).toHaveLength(1);
    await other.close();
  });

  test('only an operator orders, changes or ends one, and only while they are one does it run', async () => {
    const nobody = randomUUID();
    await expect(desk.client.schedule.set(order({ by: nobody }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { schedule_id } = await desk.client.schedule.set(order());
    const ending = { by: nobody, idempotency_key: randomUUID(), tenant: TENANT, schedule_id };
    await expect(desk.client.schedule.remove(ending)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    desk.desk.main.store.rolesOf = async () => ['auditor'];
    expect((await pass(UNTIL_SIX_MS)).last).toMatchObject({ file: null, error: { code: 'FORBIDDEN' } });
    expect(files()).toEqual([]);
  });

  test('the folder must be there, whole, and writable; on the desktop it comes from the dialog alone', async () => {
    writeFileSync(join(desk.home, 'file'), '');
    for (const path of ['exports', join(desk.home, 'none'), join(desk.home, 'file'), `${folder}\0`])
      await expect(desk.client.schedule.set(order({ folder: { path } })), path).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    await expect(desk.client.schedule.set(order({ folder: undefined }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const staged = desk.desk.staging.stageSource(folder, { name: 'exports', temporary: false });
    await expect(desk.client.schedule.set(order({ folder: { staged } }))).resolves.toMatchObject({ folder });
    const desktop = await openDesk(testServices(desk.home, { clock: desk.clock, host: 'desktop' }), desk.store);
    const call = localClient(desktop).main.schedule.set(order());
    await expect(call).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await desktop.close();
  });

  test.skipIf(process.getuid?.() === 0)('a folder that cannot be written to is refused', async () => {
    chmodSync(folder, 0o500);
    await expect(desk.client.schedule.set(order())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('the same call twice orders one; a change keeps what was covered; one that was ended is gone', async () => {
    const input = order();
    const made = await desk.client.schedule.set(input);
    expect(await desk.client.schedule.set(input)).toEqual(made);
    const { schedule_id } = made;
    await pass(UNTIL_SIX_MS);
    const weekly = { ...daily, every: 'week', weekday: 3 } as const;
    const changed = await desk.client.schedule.set(order({ schedule_id, turn: weekly, folder: undefined }));
    expect(changed).toMatchObject({
      schedule_id,
      folder,
      covered_until: '2026-11-16',
      next_at: '2026-11-18T05:00:00.000Z',
      last: { file: 'acme_2026-11-15_2026-11-15.csv' },
    });
    await desk.client.schedule.remove({ ...acting(), tenant: TENANT, schedule_id });
    expect(await desk.client.schedule.list({ tenant: TENANT })).toEqual([]);
    const again = desk.client.schedule.set(order({ schedule_id }));
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('I5: a tenant’s are its own, and there are fifty at most', async () => {
    await desk.client.escalation.record({ ...acting(), tenant: 'other', id: 'x', event_id: randomUUID() });
    const { schedule_id } = await desk.client.schedule.set(order());
    expect(await desk.client.schedule.list({ tenant: 'other' })).toEqual([]);
    const theirs = { ...acting(), tenant: 'other', schedule_id };
    await expect(desk.client.schedule.remove(theirs)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const stolen = order({ schedule_id, query: { tenant: 'other', format: 'csv' } });
    await expect(desk.client.schedule.set(stolen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (let n = 1; n < 50; n += 1) await desk.client.schedule.set(order());
    await expect(desk.client.schedule.set(order())).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test('the sample exports nothing by itself', async () => {
    await desk.client.desk.open_sample({ idempotency_key: randomUUID() });
    const { sample } = localClient(desk.desk);
    const [profile] = await sample.profile.list({});
    const [tenant = ''] = (await sample.desk.info({})).tenants;
    const call = sample.schedule.set({ ...order(), by: profile?.profile_id ?? '', query: { tenant, format: 'csv' } });
    await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
