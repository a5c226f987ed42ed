import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from '../../electron/desk/answering.ts';
import { localClient } from '../../electron/desk/local-client.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import { type DecidedDesk, HASH, openDecidedDesk, TENANT } from '../hosts/decided-desk.ts';

describe('what stands around every call', () => {
  let desk: DecidedDesk;

  beforeEach(async () => {
    desk = await openDecidedDesk();
    await desk.record('here');
  });
  afterEach(() => desk.close());

  const acting = (by = desk.by) => ({ by, idempotency_key: randomUUID(), tenant: TENANT });

  it('S10: an input that is not exactly what the call takes is refused, and its value not repeated', async () => {
    const claim = desk.client.escalation.claim as (input: unknown) => Promise<unknown>;
    const good = { ...acting(), id: 'here' };
    const bad = [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { ...good, extra: 1 },
      { ...good, id: 7 },
      { ...good, id: '\ud800' },
      { ...good, by: 'me' },
      { ...good, tenant: '' },
    ];
    for (const input of bad)
      await expect(claim(input), JSON.stringify(input)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const secret = await claim({ ...good, by: 'secret value' }).catch((error: unknown) => error);
    expect(JSON.stringify(secret) + String(secret)).not.toContain('secret value');
    expect((await claim(good)) as object).toMatchObject({ claim: { by: 'Ada Lovelace' } });
  });

  it('somebody without the role is turned away, before anything is done', async () => {
    const nobody = randomUUID();
    const { view_sha256 } = (await desk.client.escalation.get({ tenant: TENANT, id: 'here' })).escalation;
    const calls = [
      () => desk.client.escalation.claim({ ...acting(nobody), id: 'here' }),
      () =>
        desk.client.decision.decide({
          ...acting(nobody),
          id: 'here',
          view_sha256,
          form: { outcome: 'rejected', reason: 'No.' },
        }),
      () => desk.client.escalation.record({ ...acting(nobody), id: 'new', event_id: randomUUID() }),
      () =>
        desk.client.transfer.import({
          by: nobody,
          idempotency_key: randomUUID(),
          sources: [randomUUID()],
          tenants: [TENANT],
        }),
      () =>
        desk.client.transfer.export({
          by: nobody,
          idempotency_key: randomUUID(),
          target: randomUUID(),
          query: { tenant: TENANT, format: 'csv' },
        }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { escalation } = await desk.client.escalation.get({ tenant: TENANT, id: 'here' });
    expect(escalation).toMatchObject({ claim: null, decision: null, version: '1' });
  });

  it('a fault of our own says nothing of itself: its words go to the log alone', () => {
    const lines: string[] = [];
    const told = answerOf(new TypeError('/home/ada/secret.db'), 'main.queue.list', (line) => lines.push(line));
    expect(told).toMatchObject({ code: 'INTERNAL', data: { details: {} } });
    expect(told.message).not.toContain('secret');
    expect(lines.join()).toContain('/home/ada/secret.db');
  });

  it('an error of the desk keeps its code, its words and its details', () => {
    const told = answerOf(new DeskError('STORE_BUSY', 'Try again.', { by: 'another' }), 'x', () => {
      throw new Error('nothing to log');
    });
    expect(told).toMatchObject({ code: 'STORE_BUSY', message: 'Try again.', data: { details: { by: 'another' } } });
  });

  it('a call that takes more than 40 ms is logged by its name', async () => {
    const store = desk.desk.main.store;
    const { tenants } = store;
    store.tenants = async () => {
      desk.clock.pass(41);
      return tenants();
    };
    await desk.client.desk.info({});
    expect(desk.lines).toContain('slow call main.desk.info: 41 ms');
  });

  it('an answer that is not what the contract says never leaves', async () => {
    desk.desk.main.store.tenants = async () => [7 as unknown as string];
    await expect(desk.client.desk.info({})).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('a stream of notices stands at once, tells of changes, and ends with its caller', async () => {
    const leave = new AbortController();
    const stream = await localClient(desk.desk).main.desk.notices({}, { signal: leave.signal });
    expect(await stream.next()).toMatchObject({ value: { topics: [] } });
    await desk.client.decision.decide(await desk.rejecting('here'));
    // The desk makes its key for the first statement, which is told, too.
    let next = await stream.next();
    while (next.done !== true && !next.value.topics.includes('queue')) next = await stream.next();
    const { value } = next;
    expect(value).toMatchObject({ tenant: TENANT, topics: expect.arrayContaining(['queue', 'escalation']) });
    expect(value).toMatchObject({ escalations: [{ id: 'here' }] });
    leave.abort();
    await expect(stream.next().then(({ done }) => done)).resolves.toBe(true);
  });

  it('a resend after a lost answer decides nothing twice', async () => {
    const { view_sha256 } = (await desk.client.escalation.get({ tenant: TENANT, id: 'here' })).escalation;
    const form = {
      outcome: 'approved' as const,
      reason: 'Yes.',
      resolution: { kind: 'hash' as const, vep_hash: HASH },
    };
    const input = { ...acting(), id: 'here', view_sha256, form };
    const first = await desk.client.decision.decide(input);
    expect(await desk.client.decision.decide(input)).toEqual(first);
    const { escalation } = await desk.client.escalation.get({ tenant: TENANT, id: 'here' });
    expect(escalation).toMatchObject({ dissents: [] });
    await expect(desk.client.decision.decide({ ...input, form: { ...form, reason: 'Other.' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('a decision for a view that is no longer current is CONFLICT (I9, S68)', async () => {
    const input = await desk.rejecting('here');
    const flipped = { ...input, view_sha256: input.view_sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
    await expect(desk.client.decision.decide(flipped)).rejects.toMatchObject({ code: 'CONFLICT' });
    await desk.client.escalation.claim({ ...acting(), id: 'here' });
    await expect(desk.client.decision.decide(input)).resolves.toMatchObject({ decision: { outcome: 'rejected' } });
  });
});
