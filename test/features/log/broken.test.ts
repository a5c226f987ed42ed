import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localClient } from '../../../electron/desk/local-client.ts';
import { openDesk } from '../../../electron/desk/open-desk.ts';
import { testServices } from '../../hosts/test-desk.ts';
import { type LogDesk, openLogDesk, refusal, TENANT } from './log-desk.ts';

const TAMPER = `UPDATE event_fields SET value = CAST('"Yes."' AS BLOB) WHERE name = 'reason'`;

describe('a log that was found broken', () => {
  let desk: LogDesk;
  beforeEach(async () => {
    desk = await openLogDesk();
    await desk.decide('E-1');
  });
  afterEach(() => desk.close());

  const head = () => desk.client.log.head({ tenant: TENANT });
  async function verify() {
    const { job_id } = await desk.client.log.verify(desk.acting());
    return (await desk.ended(job_id)).log_result;
  }
  const accept = (reason = 'It was changed by hand.') => desk.client.log.accept({ ...desk.acting(), reason });

  it('stays so over a restart, for every desk on the store', async () => {
    desk.tamper((db) => db.exec(TAMPER));
    expect(await verify()).toMatchObject({ verified: false });
    const other = await openDesk(testServices(desk.home, { clock: desk.clock }), desk.store);
    const { main } = localClient(other);
    const acting = { by: desk.by, idempotency_key: randomUUID(), tenant: TENANT };
    expect(await refusal(main.log.checkpoint(acting))).toMatchObject({
      code: 'INTEGRITY_FAILED',
      message: expect.stringMatching(/kept.*log accept/),
    });
    expect((await main.log.head({ tenant: TENANT })).verified).toMatchObject({ verdict: 'failed', accepted: null });
    await other.close();
  });

  it.each(['log_size - 1', 'log_size + 5', '0', '1000000'])(
    'is found, and named, where its size is said to be %s',
    async (size) => {
      desk.tamper((db) => db.exec(`UPDATE tenants SET log_size = ${size}`));
      const found = await verify();
      expect(found).toMatchObject({ verified: false });
      expect(found?.failures.map(({ code }) => code)).toContain('LOG_SIZE');
    },
  );

  it('is accepted with a reason by an event that tells how much was found, and only once', async () => {
    desk.tamper((db) => db.exec(TAMPER));
    await verify();
    const size = Number((await head()).size);
    expect((await accept()).verified).toMatchObject({ verdict: 'failed', accepted: String(size) });
    const { row, leaf, fields } = await desk.client.log.get({ tenant: TENANT, seq: String(size) });
    expect(row.kind).toBe('log.accepted');
    expect(JSON.parse(leaf).differences).toBeGreaterThan(0);
    expect(fields.map(({ name, state }) => [name, state])).toEqual([
      ['actor', 'holds'],
      ['found', 'holds'],
      ['reason', 'holds'],
    ]);
    expect((await accept()).size).toBe(String(size + 1));
    await desk.decide('E-2');
  });

  it('is not expired in by the desk itself, and nothing is signed daily', async () => {
    const settings = await desk.client.settings.get({ tenant: TENANT });
    await desk.client.settings.set({ ...desk.acting(), settings: { ...settings, auto_expire: true, sla_minutes: 10 } });
    await desk.record('E-3');
    desk.tamper((db) => db.exec(TAMPER));
    await verify();
    desk.clock.pass(2 * 86_400_000);
    await desk.clock.waitsFor(5000);
    const { escalation } = await desk.client.escalation.get({ tenant: TENANT, id: 'E-3' });
    expect(escalation.decision).toBeNull();
    expect(await desk.desk.main.store.checkpoints(TENANT, 9)).toEqual([]);
  });

  it('a verification that is clean clears what was found', async () => {
    desk.tamper((db) => db.exec('UPDATE counts SET active = active + 1'));
    await verify();
    desk.tamper((db) => db.exec('UPDATE counts SET active = active - 1'));
    expect(await refusal(desk.decide('E-4'))).toMatchObject({ code: 'INTEGRITY_FAILED' });
    expect(await verify()).toMatchObject({ verified: true });
    expect((await head()).verified).toMatchObject({ verdict: 'verified', accepted: null });
    await desk.decide('E-5');
  });
});
