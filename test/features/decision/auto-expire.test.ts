import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DecidedDesk, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';
import { DEMO_LEDGER } from '../../hosts/test-desk.ts';

const MINUTE = 60_000;
const TURN = 5000;

describe('expiry by the clock', () => {
  let desk: DecidedDesk;

  beforeEach(async () => {
    desk = await openDecidedDesk({ host: 'browser' });
    await desk.record('first');
    await set(TENANT, { auto_expire: true, sla_minutes: 10 });
  });
  afterEach(() => desk.close());

  async function set(tenant: string, change: { auto_expire?: boolean; sla_minutes?: number }) {
    const settings = { ...(await desk.client.settings.get({ tenant })), ...change };
    await desk.client.settings.set({ by: desk.by, idempotency_key: randomUUID(), tenant, settings });
  }
  const decisionOf = async (id: string) =>
    (await desk.client.escalation.get({ tenant: TENANT, id })).escalation.decision;
  /** Lets time pass, and the turn of the timers that is due in it come to its end. */
  async function turns(ms: number) {
    desk.clock.pass(ms);
    await desk.clock.waitsFor(TURN);
  }

  it('is off at first, and then records what ran out while it was held', async () => {
    await set(TENANT, { auto_expire: false });
    await desk.record('held');
    await turns(11 * MINUTE);
    expect(await decisionOf('held')).toBeNull();
    await set(TENANT, { auto_expire: true });
    await turns(TURN);
    expect(await decisionOf('held')).toMatchObject({ outcome: 'expired', reason_code: 'DEADLINE_PASSED' });
  });

  it('never before the deadline', async () => {
    await desk.record('held');
    await turns(9 * MINUTE);
    expect(await decisionOf('held')).toBeNull();
    await turns(2 * MINUTE);
    expect(await decisionOf('held')).not.toBeNull();
  });

  it('leaves alone what was past when it came, what is claimed, and what is being decided', async () => {
    await desk.record('claimed');
    await desk.record('free');
    await turns(9 * MINUTE);
    await desk.client.escalation.claim({ by: desk.by, idempotency_key: randomUUID(), tenant: TENANT, id: 'claimed' });
    await turns(2 * MINUTE);
    expect(await decisionOf('claimed')).toBeNull();
    expect(await decisionOf('free')).not.toBeNull();
  });

  it('finds what runs out behind any number that was past on arrival, and what a claim kept back', async () => {
    const file = join(desk.home, 'old.jsonl');
    const old = (n: number) => ({
      escalation_id: `old-${n}`,
      status: 'ESCALATED',
      escalation_event_id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      timestamp: '2026-10-01T00:00:00Z',
    });
    writeFileSync(file, Array.from({ length: 450 }, (_, n) => `${JSON.stringify(old(n))}\n`).join(''));
    const sources = [desk.desk.staging.stageSource(file, { name: 'old.jsonl', temporary: false })];
    await desk.client.transfer.import({ by: desk.by, idempotency_key: randomUUID(), sources, tenants: [TENANT] });
    await vi.waitFor(
      async () => expect(await desk.client.job.list({ kind: 'import' })).toMatchObject([{ state: 'done' }]),
      {
        timeout: 60_000,
      },
    );
    await desk.record('held');
    await desk.record('kept back');
    const claim = { by: desk.by, tenant: TENANT, id: 'kept back' };
    await turns(9 * MINUTE);
    await desk.client.escalation.claim({ ...claim, idempotency_key: randomUUID() });
    await turns(2 * MINUTE);
    expect(await decisionOf('held')).not.toBeNull();
    expect(await decisionOf('kept back')).toBeNull();
    await turns(5 * MINUTE);
    await desk.client.escalation.release({ ...claim, idempotency_key: randomUUID() });
    for (let turn = 0; turn < 4; turn += 1) await turns(TURN);
    expect(await decisionOf('kept back')).not.toBeNull();
    expect(await decisionOf('old-0')).toBeNull();
  });

  it('does nothing more once the wall clock has jumped', async () => {
    await desk.record('held');
    desk.clock.jump(11 * MINUTE);
    await turns(TURN);
    expect(await decisionOf('held')).toBeNull();
  });

  it('asks a person before more than 20 at once', async () => {
    for (let n = 0; n < 21; n += 1) await desk.record(`many-${n}`);
    await turns(11 * MINUTE);
    expect(await decisionOf('many-0')).toBeNull();
    expect(desk.lines.some((line) => line.includes('a person is asked'))).toBe(true);
  });

  it('nothing that an import brought past its deadline is recorded', async () => {
    const sources = [desk.desk.staging.stageSource(DEMO_LEDGER, { name: 'vex.db', temporary: false })];
    desk.clock.jump(365 * 24 * 60 * MINUTE);
    await desk.client.transfer.import({ by: desk.by, idempotency_key: randomUUID(), sources });
    await vi.waitFor(
      async () => expect(await desk.client.job.list({ kind: 'import' })).toMatchObject([{ state: 'done' }]),
      {
        timeout: 60_000,
      },
    );
    // What came is verified meanwhile: how much of it fails is still being counted.
    const counts = async () => ({ ...(await desk.client.queue.counts({ tenant: 'acme-payments' })), failed: null });
    const before = await counts();
    await set('acme-payments', { auto_expire: true });
    await turns(TURN);
    expect(await counts()).toEqual(before);
  });
});
