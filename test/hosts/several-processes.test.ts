import { randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DeskClient, localClient } from '../../electron/desk/local-client.ts';
import { openDesk } from '../../electron/desk/open-desk.ts';
import { portServer } from '../../electron/desk/serve-port.ts';
import { systemClock, systemIds } from '../../electron/desk/system-clock.ts';
import type { Notice } from '../../shared/contract/desk.ts';
import { type DecidedDesk, HASH, openDecidedDesk, TENANT } from './decided-desk.ts';
import { realCli } from './real-cli.ts';
import { testServices } from './test-desk.ts';

/** A notice is due within this of the commit (docs/architecture.md, "Processes"). */
const NOTICE_WITHIN_MS = 1000;

describe('several programs on one store', () => {
  let desk: DecidedDesk;

  beforeAll(async () => {
    desk = await openDecidedDesk({ clock: systemClock, ids: systemIds, host: 'browser' });
  });
  afterAll(() => desk.close());

  const cli = (...argv: string[]) => realCli(desk.home, ...argv, '--store', desk.store, '--tenant', TENANT, '--json');
  const show = async (id: string) => (await desk.client.escalation.get({ tenant: TENANT, id })).escalation;

  /** A window of the desk: its own port, and all notices that reached it, with the time they came. */
  function openWindow() {
    const { port1, port2 } = new MessageChannel();
    portServer(desk.desk)(port1);
    port1.start();
    const client: DeskClient = createORPCClient(new RPCLink({ port: port2 }));
    port2.start();
    const heard: { notice: Notice; at: number }[] = [];
    const leave = new AbortController();
    const listening = (async () => {
      for await (const notice of await client.main.desk.notices({}, { signal: leave.signal })) {
        heard.push({ notice, at: performance.now() });
      }
    })().catch(() => undefined);
    return {
      client: client.main,
      heard,
      stands: () => vi.waitFor(() => expect(heard.length).toBeGreaterThan(0)),
      async close() {
        leave.abort();
        port2.close();
        await listening;
      },
    };
  }

  it('a window that is open while `desk resolve` runs sees it within a second, and so does the other window', async () => {
    const id = await desk.record();
    const [one, two] = [openWindow(), openWindow()];
    await Promise.all([one.stands(), two.stands()]);
    const { exit, out, err } = await cli('resolve', id, '--vep-hash', HASH, '--reason', 'On the command line.');
    const ended = performance.now();
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    for (const window of [one, two]) {
      const about = await vi.waitFor(
        () => {
          const found = window.heard.find(
            ({ notice }) => notice.escalations?.some((named) => named.id === id) === true,
          );
          if (found === undefined) throw new Error('not heard yet');
          return found;
        },
        { timeout: NOTICE_WITHIN_MS, interval: 10 },
      );
      expect(about.at - ended).toBeLessThan(NOTICE_WITHIN_MS);
      expect(about.notice.topics).toEqual(expect.arrayContaining(['queue', 'escalation']));
      const seen = await window.client.escalation.get({ tenant: TENANT, id });
      expect(seen.escalation.decision).toEqual(JSON.parse(out).decision);
    }
    await one.close();
    await two.close();
  });

  it('what a window decides, the command line sees at once', async () => {
    const id = await desk.record();
    const window = openWindow();
    await window.stands();
    await window.client.decision.decide(await desk.rejecting(id, 'In the window.'));
    const { out } = await cli('show', id);
    expect(JSON.parse(out).decision).toMatchObject({ outcome: 'rejected', reason: 'In the window.' });
    await window.close();
  });

  it('two programs that decide the same thing: one decision, the other a dissent, nothing lost (I8, I10)', async () => {
    const ids = [await desk.record(), await desk.record()];
    const ends = await Promise.all(
      ids.flatMap((id) => [
        cli('resolve', id, '--vep-hash', HASH, '--reason', 'Yes.'),
        cli('reject', id, '--reason', 'No.'),
        desk
          .rejecting(id, 'Window.')
          .then((input) => desk.client.decision.decide(input))
          .then(
            () => ({ exit: 0 }),
            () => ({ exit: 3 }),
          ),
      ]),
    );
    expect(ends.map(({ exit }) => exit).sort()).toEqual([0, 0, 3, 3, 3, 3]);
    for (const id of ids) {
      const { decision, dissents, events } = await show(id);
      expect(decision).not.toBeNull();
      expect(events.filter(({ type }) => type === 'decision.recorded')).toHaveLength(1);
      expect(dissents.length).toBeLessThanOrEqual(2);
    }
    const { active, resolved, expired } = await desk.client.queue.counts({ tenant: TENANT });
    const all = (await desk.client.queue.list({ tenant: TENANT, status: 'all', limit: 1000 })).rows;
    expect(active + resolved + expired).toBe(all.length);
  });

  it('each desk knows how many others are at work on the store', async () => {
    const services = testServices(desk.home, { clock: systemClock, ids: systemIds, host: 'desktop' });
    const second = await openDesk(services, desk.store);
    expect((await localClient(second).main.desk.info({})).store.others).toBe(1);
    await second.close();
    const third = await openDesk(services, desk.store);
    expect((await localClient(third).main.desk.info({})).store.others).toBe(1);
    await third.close();
  });

  it('leaves a hold of another living desk alone', async () => {
    const id = await desk.record();
    await desk.client.decision.hold(await desk.rejecting(id));
    expect(await cli('claim', await desk.record())).toMatchObject({ exit: 0 });
    const [pending] = await desk.client.decision.pending({ tenant: TENANT });
    expect(pending).toMatchObject({ id });
    const pending_id = pending?.pending_id ?? '';
    await desk.client.decision.cancel({ by: desk.by, idempotency_key: randomUUID(), tenant: TENANT, pending_id });
  });
});
