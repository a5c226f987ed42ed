import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyRingOf } from '../../../electron/features/keys/key-ring.ts';
import { TENANT } from '../../hosts/decided-desk.ts';
import { HandKeyring, type KeysDesk, openKeysDesk, PASSPHRASE } from './keys-desk.ts';

describe('S15: keys under the system’s keyring', () => {
  const keyring = new HandKeyring();
  let desk: KeysDesk;

  beforeEach(async () => {
    keyring.password = 'first';
    keyring.reseal = false;
    desk = await openKeysDesk({ keyring });
  });
  afterEach(() => desk.close());

  const own = async () => (await desk.client.keys.list({ tenant: TENANT, by: desk.by })).own;
  const ofKey = (key_id: string) => ({ ...desk.acting(), key_id });
  /** As when the desk is started again. */
  const forget = () => keyRingOf(desk.desk.main).close();

  it('open by themselves, and lock only when their person says so', async () => {
    const key = await desk.make();
    expect(key).toMatchObject({ protection: 'keyring', state: 'unlocked', unlocked_until: null });
    forget();
    desk.clock.pass(60 * 60_000);
    expect((await desk.signer()).keyId).toBe(key.key_id);
    expect(await desk.client.keys.lock(ofKey(key.key_id))).toMatchObject({ state: 'locked' });
    await expect(desk.signer()).rejects.toMatchObject({ code: 'UNAUTHORIZED', details: { locked: true } });
    expect(await own()).toMatchObject([{ state: 'locked' }]);
    expect(await desk.client.keys.unlock(ofKey(key.key_id))).toMatchObject({ state: 'unlocked' });
    expect((await desk.signer()).keyId).toBe(key.key_id);
  });

  it('may be kept under a passphrase all the same', async () => {
    expect(await desk.make(PASSPHRASE)).toMatchObject({ protection: 'passphrase' });
    forget();
    await expect(desk.signer()).rejects.toMatchObject({ details: { locked: true } });
  });

  it('are lost with another keyring, and nothing else is: the key comes back from its recovery file', async () => {
    const key = await desk.make();
    const target = desk.stageTarget('recovery.json');
    const call = { ...ofKey(key.key_id), passphrase: PASSPHRASE, target: target.staged };
    expect(await desk.client.keys.save_recovery(call)).toMatchObject({ backed_up_at: '2026-11-15T15:28:14.000Z' });
    const sealed = desk.seal(await desk.signer());
    forget();
    keyring.password = 'second';
    expect(await own()).toMatchObject([{ key_id: key.key_id, status: 'in-use', state: 'lost' }]);
    await expect(desk.signer()).rejects.toMatchObject({ code: 'UNAUTHORIZED', details: { lost: true } });
    const unlock = desk.client.keys.unlock(ofKey(key.key_id));
    await expect(unlock).rejects.toMatchObject({ code: 'UNAUTHORIZED', data: { details: { lost: true } } });
    // Everything else of the desk goes on.
    expect(await desk.signatureOf(sealed)).toMatchObject({ verdict: 'verified' });
    await desk.client.decision.hold(await desk.rejecting('first'));
    const staged = desk.stageFile('found.json', target.read());
    const recovered = await desk.client.keys.recover({ ...desk.acting(), staged, passphrase: PASSPHRASE });
    expect(recovered).toMatchObject({ key_id: key.key_id, protection: 'keyring', state: 'unlocked' });
    forget();
    expect(await desk.signatureOf(desk.seal(await desk.signer()))).toMatchObject({ verdict: 'verified' });
  });

  it('come back when the keyring does', async () => {
    await desk.make();
    forget();
    keyring.password = 'second';
    expect(await own()).toMatchObject([{ state: 'lost' }]);
    keyring.password = 'first';
    expect(await own()).toMatchObject([{ state: 'unlocked' }]);
  });

  it('are revoked and made anew where nothing brings them back', async () => {
    const key = await desk.make();
    forget();
    keyring.password = 'second';
    const call = { ...ofKey(key.key_id), reason: 'The keyring is gone.' };
    expect(await desk.client.keys.revoke_own(call)).toMatchObject({ status: 'revoked' });
    const fresh = await desk.make();
    expect((await desk.signer()).keyId).toBe(fresh.key_id);
  });

  it('are lost on a host without one, and rotated to a passphrase there', async () => {
    const key = await desk.make();
    forget();
    Object.assign(desk.desk.main, { keyring: null });
    expect(await own()).toMatchObject([{ state: 'lost' }]);
    await expect(desk.signer()).rejects.toMatchObject({ details: { lost: true } });
    const rotated = await desk.client.keys.rotate({ ...ofKey(key.key_id), passphrase: PASSPHRASE });
    expect(rotated).toMatchObject({ protection: 'passphrase', state: 'unlocked' });
  });

  it('are sealed anew when the keyring asks for it', async () => {
    const key = await desk.make();
    const before = (await desk.desk.main.store.ownKeys())[0]?.sealed;
    forget();
    keyring.reseal = true;
    await desk.signer();
    const after = (await desk.desk.main.store.ownKeys())[0]?.sealed;
    expect(after).not.toEqual(before);
    forget();
    keyring.reseal = false;
    expect((await desk.signer()).keyId).toBe(key.key_id);
  });
});
