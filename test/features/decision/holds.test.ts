import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localClient } from '../../../electron/desk/local-client.ts';
import { openDesk } from '../../../electron/desk/open-desk.ts';
import { type DecidedDesk, HASH, openDecidedDesk, TENANT } from '../../hosts/decided-desk.ts';
import { HandClock } from '../../hosts/hand-clock.ts';
import { PACKET, testServices } from '../../hosts/test-desk.ts';

const SECOND = 1000;

describe('a decision in its undo hold', () => {
  let desk: DecidedDesk;

  beforeEach(async () => {
    desk = await openDecidedDesk();
  });
  afterEach(() => desk.close());

  const show = async (id: string) => (await desk.client.escalation.get({ tenant: TENANT, id })).escalation;
  const acting = () => ({ by: desk.by, idempotency_key: randomUUID(), tenant: TENANT });
  async function held(id: string) {
    const { pending } = await desk.client.decision.hold(await desk.rejecting(id));
    if (pending === null) throw new Error('recorded without a hold');
    return pending;
  }

  it('is stored, seen by others, and recorded only when its time has come', async () => {
    const id = await desk.record();
    const pending = await held(id);
    expect(pending).toMatchObject({ by: 'Ada Lovelace', outcome: 'rejected', left_ms: 10 * SECOND, id });
    desk.clock.pass(9 * SECOND);
    expect((await show(id)).decision).toBeNull();
    expect(await desk.client.decision.pending({ tenant: TENANT })).toMatchObject([{ left_ms: SECOND }]);
    expect((await desk.client.queue.list({ tenant: TENANT })).rows[0]?.pending).toMatchObject({ by: 'Ada Lovelace' });
    desk.clock.pass(SECOND);
    await vi.waitFor(async () =>
      expect((await show(id)).decision).toMatchObject({ outcome: 'rejected', reason: 'No.' }),
    );
    expect(await desk.client.decision.pending({ tenant: TENANT })).toEqual([]);
  });

  it('does not end with the wall clock, which may jump', async () => {
    const id = await desk.record();
    await held(id);
    desk.clock.jump(3600 * SECOND);
    desk.clock.pass(SECOND);
    expect((await desk.client.decision.pending({ tenant: TENANT }))[0]?.left_ms).toBe(9 * SECOND);
    expect((await show(id)).decision).toBeNull();
  });

  it('taken back, it leaves its form as a draft and nothing else', async () => {
    const id = await desk.record();
    const { pending_id } = await held(id);
    const draft = await desk.client.decision.cancel({ ...acting(), pending_id });
    expect(draft).toMatchObject({ outcome: 'rejected', reason: 'No.', saved_because: 'undone' });
    desk.clock.pass(60 * SECOND);
    expect((await show(id)).decision).toBeNull();
    expect(await desk.client.decision.draft({ tenant: TENANT, id, by: desk.by })).toEqual(draft);
    await expect(desk.client.decision.record_now({ ...acting(), pending_id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('recorded now, it is recorded once, whoever asks again and whatever time passes', async () => {
    const id = await desk.record();
    const { pending_id } = await held(id);
    const first = await desk.client.decision.record_now({ ...acting(), pending_id });
    const second = await desk.client.decision.record_now({ ...acting(), pending_id });
    expect(second).toEqual(first);
    desk.clock.pass(60 * SECOND);
    const events = (await show(id)).events.filter(({ type }) => type === 'decision.recorded');
    expect(events).toHaveLength(1);
    await expect(desk.client.decision.cancel({ ...acting(), pending_id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('sent twice under one key it is one hold', async () => {
    const id = await desk.record();
    const input = await desk.rejecting(id);
    const { pending } = await desk.client.decision.hold(input);
    desk.clock.pass(4 * SECOND);
    const again = await desk.client.decision.hold(input);
    expect(again.pending).toMatchObject({ pending_id: pending?.pending_id, left_ms: 6 * SECOND });
    desk.clock.pass(6 * SECOND);
    await vi.waitFor(async () => expect((await show(id)).decision).not.toBeNull());
  });

  it('what changed meanwhile is not decided: the form is kept as a draft (I9)', async () => {
    const id = await desk.record();
    await held(id);
    const packet = desk.desk.staging.stageSource(PACKET, { name: 'p', temporary: false });
    await desk.client.escalation.attach({ ...acting(), id, files: [packet] });
    desk.clock.pass(10 * SECOND);
    await vi.waitFor(async () => {
      const draft = await desk.client.decision.draft({ tenant: TENANT, id, by: desk.by });
      expect(draft).toMatchObject({ reason: 'No.', saved_because: 'conflict' });
    });
    expect((await show(id)).decision).toBeNull();
    expect(await desk.client.decision.pending({ tenant: TENANT })).toEqual([]);
  });

  it('another decision of the same escalation waits outside', async () => {
    const id = await desk.record();
    const other = await desk.client.profile.make({ idempotency_key: randomUUID(), name: 'Grace Hopper' });
    await held(id);
    const late = { ...(await desk.rejecting(id)), by: other.profile_id };
    await expect(desk.client.decision.hold(late)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(desk.client.decision.decide(late)).rejects.toMatchObject({ code: 'CONFLICT' });
    const [pending] = await desk.client.decision.pending({ tenant: TENANT });
    const end = { ...acting(), by: other.profile_id, pending_id: pending?.pending_id ?? '' };
    await expect(desk.client.decision.cancel(end)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(desk.client.decision.record_now(end)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await desk.client.decision.pending({ tenant: TENANT })).toHaveLength(1);
  });

  it('when the desk closes it becomes a draft, never a decision', async () => {
    const id = await desk.record();
    await held(id);
    await desk.desk.close();
    const services = testServices(desk.home, { clock: new HandClock() });
    const next = await openDesk(services, desk.store);
    const client = localClient(next).main;
    expect((await client.escalation.get({ tenant: TENANT, id })).escalation.decision).toBeNull();
    expect(await client.decision.draft({ tenant: TENANT, id, by: desk.by })).toMatchObject({
      saved_because: 'hold-lost',
    });
    expect(await client.decision.pending({ tenant: TENANT })).toEqual([]);
    await next.close();
  });

  it('close to a deadline there is no hold: it is recorded at once', async () => {
    const id = await desk.record();
    const settings = await desk.client.settings.get({ tenant: TENANT });
    await desk.client.settings.set({ ...acting(), settings: { ...settings, sla_minutes: 1 } });
    const late = await desk.record();
    desk.clock.pass(54 * SECOND);
    const { pending, escalation } = await desk.client.decision.hold(await desk.rejecting(late));
    expect(pending).toBeNull();
    expect(escalation?.decision).toMatchObject({ outcome: 'rejected' });
    expect((await show(id)).decision).toBeNull();
  });

  it('an approval is held with its packet, and recorded with its bytes', async () => {
    const id = await desk.record();
    const { view_sha256 } = await show(id);
    const form = {
      outcome: 'approved' as const,
      reason: 'Yes.',
      resolution: { kind: 'hash' as const, vep_hash: HASH },
    };
    const { pending } = await desk.client.decision.hold({ ...acting(), id, view_sha256, form });
    expect(pending?.outcome).toBe('approved');
    desk.clock.pass(10 * SECOND);
    await vi.waitFor(async () =>
      expect((await show(id)).record).toMatchObject({ status: 'RESOLVED', resolution_vep_hash: HASH }),
    );
  });
});
