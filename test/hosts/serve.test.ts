import { randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeskClient } from '../../electron/desk/local-client.ts';
import { signIn } from '../contract/desk/connect.ts';
import { decidingOn, TENANT } from './decided-desk.ts';
import { realCli, startCli } from './real-cli.ts';
import { temporaryHome } from './test-desk.ts';

describe('desk serve, in a process of its own', () => {
  let home: ReturnType<typeof temporaryHome>;
  let serving: ReturnType<typeof startCli>;
  let line: { url: string; port: number; pid: number };

  beforeEach(async () => {
    home = temporaryHome();
    serving = startCli(home.path, ['serve', '--no-open', '--json', '--store', home.store]);
    line = await vi.waitFor(() => JSON.parse(serving.out()), { timeout: 60_000 });
  });
  afterEach(async () => {
    serving.child.kill('SIGKILL');
    await serving.ended;
    home.remove();
  });

  async function client(): Promise<DeskClient['main']> {
    const page = await signIn({ freshLink: () => line.url });
    const desk: DeskClient = createORPCClient(new RPCLink({ url: `${page.origin}/rpc`, headers: page.headers }));
    return desk.main;
  }

  it('prints one line when it listens, whose link carries the one-use code in its fragment (S29)', () => {
    expect(Object.keys(line)).toEqual(['url', 'port', 'pid']);
    expect(line.pid).toBe(serving.child.pid);
    expect(line.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${line.port}/#code=[A-Za-z0-9_-]{43}$`));
  });

  it('ends cleanly on Ctrl-C: exit 0, nothing on standard error, the store closed', async () => {
    serving.child.kill('SIGINT');
    expect(await serving.ended).toMatchObject({ exit: 0, err: '' });
    const { exit, out } = await realCli(home.path, 'doctor', '--store', home.store, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out).checks.map(({ name }: { name: string }) => name)).toEqual([
      'store',
      'integrity',
      'disk',
      'clock',
      'keys',
    ]);
  });

  it('killed while a decision waits in its hold: what was acknowledged is there, the hold is a draft (I1)', async () => {
    const desk = await client();
    const { profile_id: by } = await desk.profile.make({ idempotency_key: randomUUID(), name: 'Ada Lovelace' });
    const { record, rejecting } = decidingOn(desk, by);
    const [decided, held] = [await record(), await record()];
    await desk.decision.decide(await rejecting(decided, 'Recorded.'));
    expect((await desk.decision.hold(await rejecting(held, 'Held.'))).pending).not.toBeNull();
    serving.child.kill('SIGKILL');
    await serving.ended;
    const shown = await realCli(home.path, 'show', decided, '--store', home.store, '--json');
    expect(JSON.parse(shown.out).decision).toMatchObject({ outcome: 'rejected', reason: 'Recorded.' });
    const waiting = await realCli(home.path, 'show', held, '--store', home.store, '--json');
    expect(JSON.parse(waiting.out).decision).toBeNull();
    serving = startCli(home.path, ['serve', '--no-open', '--json', '--store', home.store]);
    line = await vi.waitFor(() => JSON.parse(serving.out()), { timeout: 60_000 });
    const next = await client();
    expect(await next.decision.pending({ tenant: TENANT })).toEqual([]);
    expect(await next.decision.draft({ tenant: TENANT, id: held, by })).toMatchObject({
      reason: 'Held.',
      saved_because: 'hold-lost',
    });
  });
});
