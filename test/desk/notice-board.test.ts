import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NoticeBoard, noticesOf } from '../../electron/desk/notice-board.ts';
import { SteadyClock } from '../../electron/desk/steady-clock.ts';
import { version } from '../../electron/desk/version.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { HandClock } from '../hosts/hand-clock.ts';

const EVENT = '00000000-0000-4000-8000-000000000001';

describe('the notice board', () => {
  it('tells every window, each at its own pace, and never waits for one', async () => {
    const board = new NoticeBoard();
    const [quick, slow] = [board.listen(undefined), board.listen(undefined)];
    expect((await quick.next()).value).toEqual({ topics: [] });
    expect((await slow.next()).value).toEqual({ topics: [] });
    board.publish({ topics: ['queue'] });
    expect((await quick.next()).value).toEqual({ topics: ['queue'] });
    for (let n = 0; n < 1000; n += 1) board.publish({ topics: ['job'] });
    const heard = [];
    board.close();
    for await (const notice of slow) heard.push(notice);
    expect(heard.length).toBeLessThanOrEqual(256);
  });

  it('a window that fell behind is told to read everything again', async () => {
    const board = new NoticeBoard();
    const slow = board.listen(undefined);
    await slow.next();
    for (let n = 0; n < 257; n += 1) board.publish({ topics: ['job'] });
    const { value } = await slow.next();
    expect(value).toMatchObject({ topics: expect.arrayContaining(['queue', 'escalation', 'job', 'settings', 'hold']) });
  });

  it('a window that has left is forgotten', async () => {
    const board = new NoticeBoard();
    const leave = new AbortController();
    const listening = board.listen(leave.signal);
    await listening.next();
    const next = listening.next();
    leave.abort();
    expect((await next).done).toBe(true);
    expect((await board.listen(AbortSignal.abort()).next()).done).toBe(true);
  });

  it('makes one notice a tenant of the store’s changes, naming at most 100 escalations', () => {
    const change = (tenant: string | null, id: string) => ({
      tenant,
      topic: 'queue' as const,
      key: { id, event: EVENT },
    });
    expect(
      noticesOf([change('a', '1'), change('b', '2'), change('a', '1'), { tenant: null, topic: 'profile' }], false),
    ).toEqual([
      { topics: ['queue'], tenant: 'a', escalations: [{ id: '1', event: EVENT }] },
      { topics: ['queue'], tenant: 'b', escalations: [{ id: '2', event: EVENT }] },
      { topics: ['profile'] },
    ]);
    const many = noticesOf(
      Array.from({ length: 101 }, (_, n) => change('a', String(n))),
      false,
    );
    expect(many).toEqual([{ topics: ['queue'], tenant: 'a' }]);
    expect(noticesOf([], true)[0]?.topics).toContain('escalation');
  });
});

describe('the clock’s steadiness', () => {
  it('holds while both clocks run alike, and is lost for good with a jump', () => {
    const clock = new HandClock();
    const steady = new SteadyClock(clock);
    clock.pass(3_600_000);
    expect(steady.isSteady()).toBe(true);
    clock.jump(4000);
    expect(steady.isSteady()).toBe(true);
    clock.jump(-6000);
    expect(steady.isSteady()).toBe(false);
    clock.pass(1000);
    expect(steady.isSteady()).toBe(false);
  });
});

it('the version is the package’s', () => {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  expect(version).toBe(manifest.version);
});
