import { describe, expect, test, vi } from 'vitest';
import { Link } from '../../../renderer/transport/link.ts';
import { nestedClient } from '../../../renderer/transport/nested-client.ts';
import { type DeskClient, HostGone } from '../../../renderer/transport/transport.ts';

describe('the way to the desk', () => {
  test('a call that never settles ends when the way breaks', async () => {
    const link = new Link();
    const call = link.guard(() => new Promise(() => undefined));
    link.become('gone');
    await expect(call).rejects.toBeInstanceOf(HostGone);
  });

  test('S30: nothing is sent while the way is broken, or over for good', async () => {
    const link = new Link();
    const send = vi.fn(async () => 'answer');
    for (const state of ['gone', 'ended'] as const) {
      link.become(state);
      await expect(link.guard(send)).rejects.toBeInstanceOf(HostGone);
    }
    expect(send).not.toHaveBeenCalled();
    link.become('live');
    await expect(link.guard(send)).resolves.toBe('answer');
  });

  test('an error of the desk passes as it is, and nobody is left listening', async () => {
    const link = new Link();
    const failure = new Error('CONFLICT');
    await expect(link.guard(() => Promise.reject(failure))).rejects.toBe(failure);
    const told = vi.fn();
    const stop = link.subscribe(told);
    link.become('gone');
    stop();
    link.become('live');
    expect(told).toHaveBeenCalledTimes(1);
  });
});

test('a client outlives the way it was made with: each call goes to the one of the moment', async () => {
  const clientOf = (name: string) => ({ main: { desk: { info: async () => name } } }) as unknown as DeskClient;
  let current = clientOf('first');
  const { info } = nestedClient(() => current).main.desk;
  expect(await info({})).toBe('first');
  current = clientOf('second');
  expect(await info({})).toBe('second');
  expect(await Promise.resolve(nestedClient(() => current).main)).toBeTypeOf('function');
});
