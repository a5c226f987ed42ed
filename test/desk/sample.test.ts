import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskClient, localClient } from '../../electron/desk/local-client.ts';
import { openDesk } from '../../electron/desk/open-desk.ts';
import { SAMPLE_NOW } from '../../electron/desk/sample.ts';
import { openTestDesk, type TestDesk, testServices } from '../hosts/test-desk.ts';

const key = () => ({ idempotency_key: randomUUID() });
const AT_WORK = Date.parse('2027-02-03T10:00:00Z');

describe('the sample ledger', () => {
  let test: TestDesk;
  let client: DeskClient;
  let by: string;

  beforeEach(async () => {
    test = await openTestDesk();
    test.clock.jump(AT_WORK - test.clock.now());
    client = localClient(test.desk);
    by = (await client.main.profile.make({ ...key(), name: 'Ada Lovelace' })).profile_id;
  });
  afterEach(() => test.close());

  const waiting = async (ledger: DeskClient['main']) => {
    const { tenants } = await ledger.desk.info({});
    const rows = [];
    for (const tenant of tenants) rows.push(...(await ledger.queue.list({ tenant, limit: 1000 })).rows);
    return rows;
  };

  it('is not there until it is opened from the desk, and cannot be opened from itself', async () => {
    await expect(client.sample.desk.info({})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(client.sample.desk.open_sample(key())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await client.main.desk.open_sample(key());
    await expect(client.sample.desk.open_sample(key())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(client.sample.desk.close_sample(key())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('opens under a clock five minutes after its newest record, when four agents still wait', async () => {
    const info = await client.main.desk.open_sample(key());
    expect(info).toMatchObject({ sample: true, now: '2026-11-15T15:28:14.000Z' });
    const newest = [];
    for (const tenant of info.tenants) {
      const { rows } = await client.sample.queue.list({ tenant, status: 'all', sort: 'newest', limit: 1 });
      newest.push(Date.parse(rows[0]?.timestamp ?? ''));
    }
    expect(SAMPLE_NOW - 5 * 60_000 - Math.floor(Math.max(...newest) / 1000) * 1000).toBe(0);
    const live = (await waiting(client.sample)).filter(
      ({ deadline }) => deadline?.source === 'agent' && !deadline.overdue,
    );
    expect(live).toHaveLength(4);
    test.clock.pass(3_600_000);
    expect((await client.sample.desk.info({})).now).toBe('2026-11-15T15:28:14.000Z');
  });

  it('is never mixed with the real ledger: other store, other tenants, other jobs (I5)', async () => {
    await client.main.desk.open_sample(key());
    expect((await client.main.desk.info({})).tenants).toEqual([]);
    expect(await client.main.job.list({})).toEqual([]);
    expect((await client.sample.job.list({ kind: 'import' })).length).toBe(1);
    const [row] = await waiting(client.sample);
    const tenant = (await client.sample.desk.info({})).tenants[0] ?? '';
    await expect(client.main.escalation.get({ tenant, id: row?.id ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('brings the keys of its gate and issuer, so that its evidence can be judged; the real ledger does not get them (I6)', async () => {
    const { tenants } = await client.main.desk.open_sample(key());
    for (const tenant of tenants) {
      const { trust } = await client.sample.keys.list({ tenant });
      expect(trust.map(({ entry, status }) => [entry.name, status])).toEqual([
        ['gate', 'pinned'],
        ['gate-old', 'pinned'],
        ['issuer', 'pinned'],
      ]);
    }
    const target = { tenant: 'acme-payments', id: 'esc-pay-0001' };
    const { judgement, reports } = await client.sample.escalation.get(target);
    expect(judgement).toMatchObject({ verdict: 'unchecked', detail: '5 of 6, not pcrs', current: true });
    const signature = reports[0]?.checks.find(({ name }) => name === 'signature');
    expect(signature).toMatchObject({ verdict: 'verified', code: 'SIGNED' });
  });

  it('knows the reviewers, those too who came after it was opened', async () => {
    await client.main.desk.open_sample(key());
    const later = await client.main.profile.make({ ...key(), name: 'Grace Hopper' });
    await client.main.desk.open_sample(key());
    const tenant = (await client.sample.desk.info({})).tenants[0] ?? '';
    const [first, second] = (await client.sample.queue.list({ tenant, limit: 2 })).rows;
    const claimed = await client.sample.escalation.claim({ ...key(), by, tenant, id: first?.id ?? '' });
    expect(claimed.claim?.by).toBe('Ada Lovelace');
    const other = await client.sample.escalation.claim({
      ...key(),
      by: later.profile_id,
      tenant,
      id: second?.id ?? '',
    });
    expect(other.claim?.by).toBe('Grace Hopper');
  });

  it('keeps what was decided in it until it is closed for good; then its store is gone', async () => {
    await client.main.desk.open_sample(key());
    const tenant = (await client.sample.desk.info({})).tenants[0] ?? '';
    const [row] = (await client.sample.queue.list({ tenant, limit: 1 })).rows;
    const target = { tenant, id: row?.id ?? '', event: row?.event ?? '' };
    const { view_sha256 } = (await client.sample.escalation.get(target)).escalation;
    await client.sample.decision.decide({
      ...key(),
      ...target,
      by,
      view_sha256,
      form: { outcome: 'rejected', reason: 'No.' },
    });
    await test.desk.close();

    const next = await openDesk(testServices(test.home, { clock: test.clock }), test.store);
    const again = localClient(next);
    await again.main.desk.open_sample(key());
    expect((await again.sample.escalation.get(target)).escalation.decision).toMatchObject({ outcome: 'rejected' });
    const info = await again.main.desk.close_sample(key());
    expect(info.sample).toBe(false);
    await expect(again.sample.desk.info({})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(existsSync(join(test.home, 'sample'))).toBe(false);
    await next.close();
    expect(readdirSync(test.home).filter((name) => name.includes('sample'))).toEqual([]);
  });
});
