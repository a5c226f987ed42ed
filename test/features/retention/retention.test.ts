import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { allLogFailures } from '../../contract/store/checked.ts';
import { escalation, evidence, importRows, resolvedUpstream, writing } from '../../contract/store/makers.ts';
import { type DecidedDesk, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';

const DAY = 24 * 60 * 60_000;
const RULES = { evidence_days: 30, fields_days: 60 };
/** Bytes that stand nowhere else. */
const SMALL = 'a small packet of Jane Roe';
const LARGE = 'Jane Roe in a large packet. '.repeat(20_000);
const ACTIVE = 'a packet that still waits';

describe('retention', () => {
  let desk: DecidedDesk;
  beforeEach(async () => {
    desk = await openDecidedDesk();
    const { store } = desk.desk.main;
    await importRows(store, writing(desk.clock, desk.by), [
      resolvedUpstream('small', { evidence: [evidence(SMALL)] }),
      resolvedUpstream('large', { evidence: [evidence(LARGE)] }),
      escalation('active', { evidence: [evidence(ACTIVE)] }),
    ]);
    const settings = await desk.client.settings.get({ tenant: TENANT });
    await desk.client.settings.set({ ...acting(), settings: { ...settings, ...RULES } });
  });
  afterEach(() => desk.close());

  const acting = () => ({ by: desk.by, idempotency_key: randomUUID(), tenant: TENANT });

  async function apply(rules = RULES): Promise<Job> {
    const { job_id } = await desk.client.retention.apply({ ...acting(), rules });
    await jobsOf(desk.desk.main).ended(job_id);
    return desk.client.job.get({ job_id });
  }

  /** Whether the text stands anywhere in the store's file, or in what SQLite keeps beside it. */
  function isOnDisk(text: string): boolean {
    return ['', '-wal']
      .map((end) => `${desk.store}${end}`)
      .some((file) => existsSync(file) && readFileSync(file).includes(text));
  }

  test('a preview removes nothing; what is applied is what was previewed, and the room is given back', async () => {
    desk.clock.pass(31 * DAY);
    const preview = await desk.client.retention.preview({ tenant: TENANT });
    expect(preview).toEqual({
      rules: RULES,
      due: { escalations: 2, pieces: 2, bytes: SMALL.length + LARGE.length, events: 0, values: 0 },
      held: 0,
      tenant_held: false,
    });
    expect([SMALL, LARGE.slice(0, 56), ACTIVE].map(isOnDisk)).toEqual([true, true, true]);
    const before = statSync(desk.store).size + statSync(`${desk.store}-wal`).size;
    const job = await apply();
    expect(job).toMatchObject({
      state: 'done',
      retention_result: { removed: preview.due, room_given_back: true, compacted: true },
    });
    expect(job.progress).toMatchObject({ done: 2, total: 2 });
    expect(statSync(desk.store).size + statSync(`${desk.store}-wal`).size).toBeLessThan(before - LARGE.length);
    expect((await desk.client.retention.preview({ tenant: TENANT })).due.pieces).toBe(0);
  });

  test('removed bytes are in no part of the file any more; what waits, and what the record says, is', async () => {
    desk.clock.pass(31 * DAY);
    await apply();
    expect([SMALL, LARGE.slice(0, 28), ACTIVE].map(isOnDisk)).toEqual([false, false, true]);
  });

  test('values beside the log go with their salts', async () => {
    const { store } = desk.desk.main;
    const salts = (await store.logEvent(TENANT, 0))?.fields.map(({ salt }) => Buffer.from(salt ?? [])) ?? [];
    const inFile = (salt: Buffer) =>
      readFileSync(desk.store).includes(salt) || readFileSync(`${desk.store}-wal`).includes(salt);
    expect(salts.map(inFile)).not.toContain(false);
    desk.clock.pass(61 * DAY);
    expect((await apply()).retention_result?.removed.values).toBeGreaterThan(0);
    expect(salts.map(inFile)).not.toContain(true);
    expect(await allLogFailures(store)).toEqual([]);
  });

  test('an escalation that is opened says when its bytes were removed, and that the SHA-256 stays', async () => {
    desk.clock.pass(31 * DAY);
    const { evidence: before } = (await desk.client.escalation.get({ tenant: TENANT, id: 'small' })).escalation;
    await apply();
    const opened = await desk.client.escalation.get({ tenant: TENANT, id: 'small' });
    const [piece] = opened.escalation.evidence;
    expect(piece).toMatchObject({ sha256: before[0]?.sha256, bytes: SMALL.length, removed_at: expect.any(String) });
    expect(opened.judgement).toMatchObject({ current: false, detail: expect.stringContaining('removed since') });
    const target = { tenant: TENANT, id: 'small', sha256: piece?.sha256 ?? '' };
    for (const call of [desk.client.escalation.evidence(target), desk.client.evidence.anatomy(target)]) {
      await expect(call).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: expect.stringMatching(/removed on .* by a rule of the tenant\. Its SHA-256 stays/),
      });
    }
  });

  test('I7: the log verifies, goes on from its head of before, and exports stand by hashes', async () => {
    await desk.client.log.checkpoint(acting());
    desk.clock.pass(61 * DAY);
    await apply();
    const { job_id } = await desk.client.log.verify(acting());
    await jobsOf(desk.desk.main).ended(job_id);
    expect((await desk.client.job.get({ job_id })).log_result).toMatchObject({ verified: true, failures: [] });
    await desk.client.log.checkpoint(acting());
    for (const format of ['jsonl', 'csv', 'cloudevents', 'vex-json', 'vex-db', 'bundle', 'pdf'] as const) {
      const path = join(desk.home, `out.${format}`);
      const target = desk.desk.staging.stageTarget(path, { name: format, force: false });
      const { tenant: _named, ...by } = acting();
      const started = await desk.client.transfer.export({ ...by, target, query: { tenant: TENANT, format } });
      await jobsOf(desk.desk.main).ended(started.job_id);
      expect(await desk.client.job.get(started)).toMatchObject({ state: 'done', title: expect.any(String) });
    }
    const lines = readFileSync(join(desk.home, 'out.jsonl'), 'utf8').trim().split('\n');
    const pieces = lines.flatMap((line) => (JSON.parse(line) as { evidence: object[] }).evidence);
    expect(pieces.map((piece) => ['base64' in piece, 'removed_at' in piece])).toEqual([
      [false, true],
      [false, true],
      [true, false],
    ]);
  });

  test('rules that changed since they were looked at remove nothing', async () => {
    desk.clock.pass(61 * DAY);
    await expect(apply({ evidence_days: 30, fields_days: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await desk.client.retention.preview({ tenant: TENANT })).due.pieces).toBe(2);
  });

  test('a legal hold on one escalation, then on the tenant, stops it, with who set it and why', async () => {
    desk.clock.pass(31 * DAY);
    const set = await desk.client.retention.hold({ ...acting(), escalation: { id: 'small' }, reason: 'Case 17' });
    expect(set.holds).toMatchObject([{ escalation: { id: 'small' }, by: 'Ada Lovelace', reason: 'Case 17' }]);
    expect((await apply()).retention_result?.removed).toMatchObject({ escalations: 1, bytes: LARGE.length });
    expect(isOnDisk(SMALL)).toBe(true);
    const whole = await desk.client.retention.hold({ ...acting(), reason: 'Everything' });
    await expect(apply()).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const { hold_id } of whole.holds) await desk.client.retention.lift({ ...acting(), hold_id, reason: 'Closed' });
    expect((await desk.client.retention.holds({ tenant: TENANT })).holds).toEqual([]);
    expect((await apply()).retention_result?.removed).toMatchObject({ escalations: 1 });
    expect(isOnDisk(SMALL)).toBe(false);
  });

  test('I5: nobody without the role, and nobody of another tenant', async () => {
    const by = randomUUID();
    const calls = [
      () => desk.client.retention.apply({ ...acting(), by, rules: RULES }),
      () => desk.client.retention.hold({ ...acting(), by, reason: 'x' }),
      () => desk.client.retention.lift({ ...acting(), by, hold_id: randomUUID(), reason: 'x' }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const elsewhere = { ...acting(), tenant: 'nobody' };
    await expect(desk.client.retention.preview({ tenant: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(desk.client.retention.apply({ ...elsewhere, rules: RULES })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('the same key twice is one removal', async () => {
    desk.clock.pass(31 * DAY);
    const call = { ...acting(), rules: RULES };
    const { job_id } = await desk.client.retention.apply(call);
    expect(await desk.client.retention.apply(call)).toEqual({ job_id });
    await jobsOf(desk.desk.main).ended(job_id);
    const { rows } = await desk.client.log.list({ tenant: TENANT, kinds: ['evidence.removed'] });
    expect(rows).toHaveLength(2);
  });
});
