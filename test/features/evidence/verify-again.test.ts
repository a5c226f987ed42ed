import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeatureContext } from '../../../electron/features/context.ts';
import { judgeNow, judgeToRead } from '../../../electron/features/evidence/judge.ts';
import { startVerify } from '../../../electron/features/evidence/verify-job.ts';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { DEMO, type JudgedDesk, openJudgedDesk, PATIENTLY, TENANT, verdicts } from './judged-desk.ts';

const TURN_MS = 5000;
const DAY_MS = 24 * 60 * 60_000;

describe('verifying a tenant’s evidence again', () => {
  let desk: JudgedDesk;
  beforeEach(async () => {
    desk = await openJudgedDesk();
  });
  afterEach(() => desk.close());

  const again = (all: boolean, key: string = randomUUID()) =>
    desk.client.evidence.verify_again({ ...desk.acting(), idempotency_key: key, all });
  /** How many escalations of the tenant have a packet, a capsule or a token. */
  const verifiable = async () => {
    const { rows } = await desk.client.queue.list_in_full({ tenant: TENANT, status: 'all', limit: 1000 });
    return rows.filter(({ evidence }) => evidence.some(({ kind }) => kind !== 'source-row')).length;
  };
  const result = async (jobId: string) => {
    await desk.atRest();
    return (await desk.client.job.get({ job_id: jobId })).verify_result;
  };

  it('finds nothing to do where all is judged with the present keys; with `all` it judges all and finds the same', async () => {
    const { job_id: none } = await again(false);
    expect(await result(none)).toMatchObject({ judged: 0, changed: [], changed_total: 0 });
    const { job_id: whole } = await again(true);
    const found = await result(whole);
    expect(found?.judged).toBe(await verifiable());
    expect(found?.changed).toEqual([]);
  });

  it('sent twice it is one job; with another input the key is refused', async () => {
    const key = randomUUID();
    const first = await again(true, key);
    expect(first.job_id).toBe(key);
    await desk.atRest();
    expect(await again(true, key)).toEqual(first);
    await expect(again(false, key)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await desk.client.job.list({ kind: 'verify' })).filter(({ job_id }) => job_id === key)).toHaveLength(1);
  });

  it('is one job a tenant at a time: a second start makes the first go round again', async () => {
    const { main } = desk.desk;
    const first = await startVerify(main, TENANT);
    const second = await startVerify(main, TENANT, { jobId: randomUUID(), inputHash: '', all: true });
    const elsewhere = await startVerify(main, 'northwind-ops');
    expect(second).toEqual(first);
    expect(elsewhere).not.toEqual(first);
    expect(await result(first.job_id)).toMatchObject({ judged: await verifiable() });
  });

  it('for an unknown tenant it is NOT_FOUND', async () => {
    const call = desk.client.evidence.verify_again({ ...desk.acting('nobody'), all: true });
    await expect(call).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('cancelled, it ends after the step at hand and keeps what it has judged', async () => {
    const { main } = desk.desk;
    const { job_id } = await startVerify(main, TENANT, { jobId: randomUUID(), inputHash: '', all: true });
    jobsOf(main).cancel(job_id);
    await desk.atRest();
    const stopped = await desk.client.job.get({ job_id });
    expect(stopped).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED' } });
    expect(stopped.verify_result?.judged).toBeLessThan(await verifiable());
    const { job_id: next } = await again(true);
    expect(await result(next)).toMatchObject({ judged: await verifiable() });
  });

  it('a key that is revoked verifies nothing any more, and the job says what changed', async () => {
    const { trust } = await desk.client.keys.list({ tenant: TENANT });
    const gate = trust.find(({ entry }) => entry.name === 'gate');
    const signed = DEMO.find(
      ({ tenant, packet_checks: checks }) =>
        tenant === TENANT && checks?.root === 'verified' && checks.signature === 'verified',
    );
    const target = { tenant: TENANT, id: signed?.escalation_id ?? '' };
    const packet = async () => {
      const { reports } = await desk.client.escalation.get(target);
      return reports.find(({ sha256 }) => sha256 === signed?.packet_sha256);
    };
    expect((await packet())?.key).toMatchObject({ name: 'gate', purpose: 'gate', pinned_at: gate?.pinned_at });
    await desk.client.keys.revoke({ ...desk.acting(), entry_id: gate?.entry_id ?? '', reason: 'Stolen.' });
    const job = await desk.atRest();
    expect(verdicts(await packet())).toMatchObject({ signature: 'failed' });
    expect((await packet())?.key).toBeNull();
    expect(job?.verify_result?.changed).toContainEqual(
      expect.objectContaining({ id: target.id, before: 'unchecked', after: 'failed', detail: 'signature' }),
    );
  });

  it('lifetimes that ended are judged at a turn of the timers, unasked', async () => {
    const { rows } = await desk.client.queue.list_in_full({ tenant: TENANT, status: 'all', limit: 1000 });
    const living = rows.filter(({ evidence }) =>
      evidence.some(({ kind, verdict }) => kind === 'token' && verdict === 'verified'),
    );
    expect(living.length).toBeGreaterThan(0);
    desk.clock.jump(3650 * DAY_MS);
    expect(await desk.desk.main.store.countToJudge(TENANT, desk.clock.now())).toBeGreaterThan(0);
    desk.clock.pass(TURN_MS);
    await vi.waitFor(
      async () => expect(await desk.desk.main.store.countToJudge(TENANT, desk.clock.now())).toBe(0),
      PATIENTLY,
    );
    const page = await desk.client.queue.list({ tenant: TENANT, status: 'all', limit: 1000 });
    const now = page.rows.find(({ id }) => id === living[0]?.record.escalation_id);
    expect(now?.evidence).toMatchObject({ verdict: 'failed', detail: 'token.lifecycle' });
  });

  it('a store that takes no writes is read all the same, and nothing is verified that is not current (I6)', async () => {
    const { main } = desk.desk;
    const id =
      DEMO.find(({ tenant, token }) => tenant === TENANT && token?.lifecycle === 'verified')?.escalation_id ?? '';
    const [found] = await main.store.find(TENANT, id);
    const key = found?.key ?? { tenant: TENANT, id, event: '' };
    const refusing = new Proxy(main.store, {
      get: (store, name) =>
        name === 'saveJudgements'
          ? () => Promise.reject(new DeskError('STORE_READ_ONLY', 'The disk is full.'))
          : Reflect.get(store, name).bind(store),
    });
    const readOnly: FeatureContext = { ...main, store: refusing };
    desk.clock.jump(3650 * DAY_MS);
    await judgeToRead(readOnly, TENANT, [key]);
    await expect(judgeNow(readOnly, key)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    const stored = await main.store.read(key, desk.clock.now());
    expect(stored?.judgement.current).toBe(false);
    expect(stored?.escalation.evidence.every(({ verdict }) => verdict !== 'verified')).toBe(true);
  });
});
