import { randomUUID } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyRingOf } from '../../../electron/features/keys/key-ring.ts';
import { type KeysDesk, OTHER_TENANT, openKeysDesk, PASSPHRASE } from './keys-desk.ts';

const RECOVERY = 'a passphrase of its own';

describe('recovery files', () => {
  let desk: KeysDesk;

  beforeEach(async () => {
    desk = await openKeysDesk();
  });
  afterEach(() => desk.close());

  const ofKey = (key_id: string) => ({ ...desk.acting(), key_id });
  const own = async (at = desk) => (await at.client.keys.list({ tenant: 'acme', by: at.by })).own;

  async function saved(key_id: string, name = 'recovery.json'): Promise<string> {
    const target = desk.stageTarget(name);
    await desk.client.keys.save_recovery({ ...ofKey(key_id), passphrase: RECOVERY, target: target.staged });
    return target.read();
  }

  function recover(text: string, passphrase = RECOVERY, at = desk, by = at.by) {
    const staged = at.stageFile(`found-${randomUUID()}.json`, text);
    const call = { ...at.acting(), by, staged, passphrase, new_passphrase: 'a new passphrase' };
    return at.client.keys.recover(call);
  }

  it.skipIf(process.platform === 'win32')('are for their writer’s eyes alone', async () => {
    const key = await desk.make(PASSPHRASE);
    await saved(key.key_id);
    expect(statSync(join(desk.home, 'recovery.json')).mode & 0o777).toBe(0o600);
  });

  it('bring a key back whose passphrase was forgotten', async () => {
    const key = await desk.make(PASSPHRASE);
    const text = await saved(key.key_id);
    keyRingOf(desk.desk.main).close();
    const recovered = await recover(text);
    expect(recovered).toMatchObject({ key_id: key.key_id, state: 'unlocked', public_hex: key.public_hex });
    const unlock = (passphrase: string) => desk.client.keys.unlock({ ...ofKey(key.key_id), passphrase });
    await expect(unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(unlock(RECOVERY)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(await unlock('a new passphrase')).toMatchObject({ state: 'unlocked' });
    expect(await own()).toHaveLength(1);
  });

  it('bring a key to another desk, with its name and age', async () => {
    const key = await desk.make(PASSPHRASE);
    const text = await saved(key.key_id);
    const packet = desk.seal(await desk.signer());
    const other = await openKeysDesk();
    other.clock.pass(60_000);
    const recovered = await recover(text, RECOVERY, other);
    expect(recovered).toMatchObject({ public_hex: key.public_hex, name: key.name, made_at: key.made_at });
    expect(recovered.backed_up_at).not.toBeNull();
    expect(other.seal(await other.signer())).toHaveLength(packet.length);
    await other.close();
  });

  it('are opened by their own passphrase alone', async () => {
    const key = await desk.make(PASSPHRASE);
    const text = await saved(key.key_id);
    await expect(recover(text, PASSPHRASE)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(recover(text, `${RECOVERY} `)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('are refused where anything in them was changed', async () => {
    const key = await desk.make(PASSPHRASE);
    const text = await saved(key.key_id);
    const integrity = { code: 'INTEGRITY_FAILED' };
    for (const changed of [
      '',
      '{}',
      text.slice(0, -10),
      ` ${text}`,
      `${text}\n`,
      text.replace('"version":1', '"version":2'),
    ]) {
      await expect(recover(changed), changed).rejects.toMatchObject(integrity);
    }
    await expect(recover(text.replace('"Ada"', '"Eve"'))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const stored = (await desk.desk.main.store.ownKeys())[0]?.sealed ?? new Uint8Array(0);
    await expect(recover(Buffer.from(stored).toString('utf8'), PASSPHRASE)).rejects.toMatchObject(integrity);
  });

  it('are written of an unlocked key alone, and never over another file', async () => {
    const key = await desk.make(PASSPHRASE);
    const target = desk.stageTarget('recovery.json');
    writeFileSync(join(desk.home, 'recovery.json'), 'mine');
    const call = { passphrase: RECOVERY, target: target.staged };
    const taken = desk.client.keys.save_recovery({ ...ofKey(key.key_id), ...call });
    await expect(taken).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await desk.client.keys.lock(ofKey(key.key_id));
    const locked = desk.client.keys.save_recovery({ ...ofKey(key.key_id), ...call });
    await expect(locked).rejects.toMatchObject({ code: 'UNAUTHORIZED', data: { details: { locked: true } } });
    expect(target.read()).toBe('mine');
    expect(await own()).toMatchObject([{ backed_up_at: null }]);
  });

  it('never bring back what was revoked or rotated, nor another person’s key', async () => {
    const key = await desk.make(PASSPHRASE);
    const text = await saved(key.key_id);
    const eve = await desk.client.profile.make({ idempotency_key: randomUUID(), name: 'Eve' });
    await expect(recover(text, RECOVERY, desk, eve.profile_id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const fresh = await desk.client.keys.rotate({ ...ofKey(key.key_id), passphrase: PASSPHRASE });
    await expect(recover(text)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const again = await saved(fresh.key_id, 'second.json');
    await desk.client.keys.revoke_own({ ...ofKey(fresh.key_id), reason: 'Stolen.' });
    await expect(recover(again)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('never bring a key to where it was revoked', async () => {
    const key = await desk.make(PASSPHRASE);
    const text = await saved(key.key_id);
    const other = await openKeysDesk();
    const entry = { name: 'Ada', purpose: 'reviewer', public_hex: key.public_hex } as const;
    const entry_id = (await other.pin(entry)).trust[0]?.entry_id ?? '';
    await other.client.keys.revoke({ ...other.acting(), entry_id, reason: 'Stolen.' });
    await expect(recover(text, RECOVERY, other)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await own(other)).toEqual([]);
    await other.close();
  });

  it('act once for a call that is sent twice', async () => {
    const key = await desk.make(PASSPHRASE);
    const text = await saved(key.key_id);
    const staged = desk.stageFile('found.json', text);
    const call = { ...desk.acting(), staged, passphrase: RECOVERY, new_passphrase: 'a new passphrase' };
    const first = await desk.client.keys.recover(call);
    expect(await desk.client.keys.recover(call)).toEqual(first);
    const other = desk.client.keys.recover({ ...call, tenant: OTHER_TENANT, staged: desk.stageFile('x.json', text) });
    expect(await other).toMatchObject({ key_id: key.key_id });
  });
});
