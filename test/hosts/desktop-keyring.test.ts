import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeysOverview, OwnKey } from '../../shared/contract/keys.ts';
import { type Desktop, startDesktop } from '../desktop-double/start.ts';
import { temporaryHome } from './test-desk.ts';

const TENANT = 'acme';

/** A desktop host with a reviewer and a tenant. */
async function start(home: string, backend: string) {
  const desktop = await startDesktop(home, { DOUBLE_KEYRING: backend });
  await desktop.ask('connect', 'page');
  const make = { idempotency_key: randomUUID(), name: 'Ada Lovelace' };
  const { profile_id: by } = await desktop.ask<{ profile_id: string }>('call', 'main.profile.make', make);
  const acting = () => ({ by, idempotency_key: randomUUID(), tenant: TENANT });
  const record = { ...acting(), id: 'first', event_id: randomUUID() };
  await desktop.ask('call', 'main.escalation.record', record);
  const list = () => desktop.ask<KeysOverview>('call', 'main.keys.list', { tenant: TENANT, by });
  return { desktop, acting, list };
}

describe('S15: the desktop host’s keyring, on a double of Electron', () => {
  const home = temporaryHome();
  let desktop: Desktop;
  let host: Awaited<ReturnType<typeof start>>;
  let key: OwnKey;

  beforeAll(async () => {
    host = await start(home.path, 'gnome_libsecret');
    ({ desktop } = host);
    key = await desktop.ask<OwnKey>('call', 'main.keys.make', { ...host.acting(), name: 'Ada' });
  });
  afterAll(async () => {
    await desktop.stop();
    home.remove();
  });

  const crash = async () => {
    await desktop.ask('crash', 'desk-process.js');
    await desktop.ask('connect', 'page');
  };
  const unlock = () => desktop.ask('call', 'main.keys.unlock', { ...host.acting(), key_id: key.key_id });

  it('protects a key that is made without a passphrase', async () => {
    expect(key).toMatchObject({ protection: 'keyring', state: 'unlocked' });
    expect(await host.list()).toMatchObject({ protection: 'keyring' });
  });

  it('opens the key again in a desk that was started anew', async () => {
    await crash();
    expect(await host.list()).toMatchObject({ own: [{ key_id: key.key_id, state: 'unlocked' }] });
  });

  it('is asked for nothing when the desk starts', async () => {
    const given = await desktop.ask<string[]>('keyring', { reachable: false });
    await crash();
    expect(await desktop.ask('call', 'main.desk.info', {})).toMatchObject({ tenants: [TENANT] });
    expect(await desktop.ask<string[]>('keyring', { reachable: true })).toEqual(given);
  });

  it.each([{ password: 'second' }, { reachable: false }])('loses the key and nothing else (%o)', async (change) => {
    await desktop.ask('keyring', change);
    await crash();
    expect(await host.list()).toMatchObject({ own: [{ status: 'in-use', state: 'lost' }] });
    await expect(unlock()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const got = await desktop.ask('call', 'main.escalation.get', { tenant: TENANT, id: 'first' });
    expect(got).toMatchObject({ escalation: { record: { escalation_id: 'first' } } });
    await desktop.ask('keyring', { password: 'first', reachable: true });
    expect(await unlock()).toMatchObject({ state: 'unlocked' });
  });

  it('seals the key anew when the system asks for it', async () => {
    const before = await desktop.ask<string[]>('keyring', { rotated: true });
    await crash();
    expect(await host.list()).toMatchObject({ own: [{ state: 'unlocked' }] });
    const after = await desktop.ask<string[]>('keyring', { rotated: false });
    expect(after.length).toBe(before.length + 1);
    await crash();
    expect(await host.list()).toMatchObject({ own: [{ state: 'unlocked' }] });
  });
});

describe.runIf(process.platform === 'linux')('S15: a desktop host without a keyring that encrypts', () => {
  it.each(['basic_text', 'unknown'])('keeps keys under a passphrase (%s)', async (backend) => {
    const home = temporaryHome();
    const { desktop, acting, list } = await start(home.path, backend);
    expect(await list()).toMatchObject({ protection: 'passphrase' });
    const make = (more: object) => desktop.ask('call', 'main.keys.make', { ...acting(), name: 'Ada', ...more });
    await expect(make({})).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await make({ passphrase: 'correct horse' })).toMatchObject({ protection: 'passphrase', state: 'unlocked' });
    expect(await desktop.ask('keyring')).toEqual([]);
    await desktop.stop();
    home.remove();
  });
});
