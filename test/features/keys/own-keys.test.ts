import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyRingOf } from '../../../electron/features/keys/key-ring.ts';
import { ensurePinned } from '../../../electron/features/keys/trust-store.ts';
import { TENANT } from '../../hosts/decided-desk.ts';
import { type KeysDesk, OTHER_TENANT, openKeysDesk, PASSPHRASE } from './keys-desk.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('a reviewer’s own keys, under a passphrase', () => {
  let desk: KeysDesk;

  beforeEach(async () => {
    desk = await openKeysDesk();
  });
  afterEach(() => desk.close());

  const own = async () => (await desk.client.keys.list({ tenant: TENANT, by: desk.by })).own;
  const ofKey = (key_id: string) => ({ ...desk.acting(), key_id });

  it('are made, pinned as a reviewer’s, and left unlocked', async () => {
    const key = await desk.make(PASSPHRASE);
    expect(key).toMatchObject({
      profile_id: desk.by,
      name: 'Ada',
      purpose: 'reviewer',
      status: 'in-use',
      protection: 'passphrase',
      state: 'unlocked',
      unlocked_until: '2026-11-15T15:43:14.000Z',
      backed_up_at: null,
    });
    const { trust, protection } = await desk.client.keys.list({ tenant: TENANT, by: desk.by });
    expect(protection).toBe('passphrase');
    expect(trust).toMatchObject([
      { status: 'pinned', fingerprint: key.fingerprint, entry: { purpose: 'reviewer', public_hex: key.public_hex } },
    ]);
    const packet = desk.seal(await desk.signer());
    expect(await desk.signatureOf(packet)).toMatchObject({ verdict: 'verified' });
  });

  it('verify what they sign at once, though a packet knows whole seconds only', async () => {
    desk.clock.pass(700);
    await desk.make(PASSPHRASE);
    const packet = desk.seal(await desk.signer());
    expect(await desk.signatureOf(packet)).toMatchObject({ verdict: 'verified' });
  });

  it('need a passphrase of at least 8 characters here', async () => {
    await expect(desk.make()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(desk.make('7 chars')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await own()).toEqual([]);
  });

  it('are made once, however often the call is sent', async () => {
    const call = { ...desk.acting(), name: 'Ada', passphrase: PASSPHRASE };
    const key = await desk.client.keys.make(call);
    expect(await desk.client.keys.make(call)).toEqual(key);
    expect(await own()).toHaveLength(1);
    const signer = await desk.signer();
    expect(await desk.signatureOf(desk.seal(signer))).toMatchObject({ verdict: 'verified' });
    await expect(desk.client.keys.make({ ...call, name: 'Eve' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('lock by themselves when their time is over, and a signer with them', async () => {
    const { key_id } = await desk.make(PASSPHRASE);
    const signer = await desk.signer();
    desk.clock.pass(15 * MINUTE_MS - 1);
    expect(signer.sign(Buffer.from('now'))).toHaveLength(64);
    desk.clock.pass(1);
    expect(() => signer.sign(Buffer.from('too late'))).toThrow(expect.objectContaining({ code: 'UNAUTHORIZED' }));
    await expect(desk.signer()).rejects.toMatchObject({ code: 'UNAUTHORIZED', details: { locked: true, key_id } });
    expect(await own()).toMatchObject([{ state: 'locked', unlocked_until: null }]);
  });

  it('are timed by the clock that never jumps', async () => {
    await desk.make(PASSPHRASE);
    desk.clock.jump(DAY_MS);
    expect(await own()).toMatchObject([{ state: 'unlocked' }]);
    desk.clock.jump(-2 * DAY_MS);
    desk.clock.pass(15 * MINUTE_MS);
    expect(await own()).toMatchObject([{ state: 'locked' }]);
  });

  it('open with their passphrase alone, for as long as was asked', async () => {
    const { key_id } = await desk.make(PASSPHRASE);
    expect(await desk.client.keys.lock(ofKey(key_id))).toMatchObject({ state: 'locked' });
    await expect(desk.signer()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    for (const passphrase of ['correct horse batterz', undefined]) {
      const call = desk.client.keys.unlock({ ...ofKey(key_id), ...(passphrase === undefined ? {} : { passphrase }) });
      await expect(call).rejects.toMatchObject({ code: 'UNAUTHORIZED', data: { details: { locked: true, key_id } } });
    }
    const open = await desk.client.keys.unlock({ ...ofKey(key_id), passphrase: PASSPHRASE, minutes: 60 });
    expect(open).toMatchObject({ state: 'unlocked', unlocked_until: '2026-11-15T16:28:14.000Z' });
    desk.clock.pass(59 * MINUTE_MS);
    expect((await desk.signer()).keyId).toBe(key_id);
  });

  it('are locked again when the desk is opened anew', async () => {
    const { key_id } = await desk.make(PASSPHRASE);
    keyRingOf(desk.desk.main).close();
    await expect(desk.signer()).rejects.toMatchObject({ code: 'UNAUTHORIZED', details: { locked: true, key_id } });
  });

  it('keep verified what a rotated one signed before, in every tenant, and sign no more', async () => {
    const old = await desk.make(PASSPHRASE);
    await ensurePinned(desk.desk.main, OTHER_TENANT, desk.by, old.key_id);
    const signer = await desk.signer();
    const before = desk.seal(signer);
    desk.clock.pass(MINUTE_MS);
    const late = { ...signer, sign: signer.sign };
    const sealedLate = () => desk.seal(late);
    const call = { ...ofKey(old.key_id), passphrase: PASSPHRASE };
    const fresh = await desk.client.keys.rotate(call);
    expect(fresh).toMatchObject({ name: 'Ada', status: 'in-use', state: 'unlocked' });
    expect(fresh.key_id).not.toBe(old.key_id);
    expect(await desk.client.keys.rotate(call)).toMatchObject({ key_id: fresh.key_id });
    expect(sealedLate).toThrow(expect.objectContaining({ code: 'UNAUTHORIZED' }));
    desk.clock.pass(MINUTE_MS);
    for (const tenant of [TENANT, OTHER_TENANT]) {
      expect(await desk.signatureOf(before, tenant), tenant).toMatchObject({ verdict: 'verified' });
      const { trust } = await desk.client.keys.list({ tenant, by: desk.by });
      const ofOld = trust.filter(({ fingerprint }) => fingerprint === old.fingerprint);
      expect(ofOld, tenant).toMatchObject([{ status: 'retired', entry: { valid_until: '2026-11-15T15:29:14.000Z' } }]);
    }
    expect((await desk.signer()).keyId).toBe(fresh.key_id);
    await expect(desk.signer(old.key_id)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await own()).toMatchObject([{ status: 'rotated', state: 'locked' }, { status: 'in-use' }]);
  });

  it('fail in every tenant what a revoked one ever signed', async () => {
    const key = await desk.make(PASSPHRASE);
    await ensurePinned(desk.desk.main, OTHER_TENANT, desk.by, key.key_id);
    const packet = desk.seal(await desk.signer());
    const revoked = await desk.client.keys.revoke_own({ ...ofKey(key.key_id), reason: 'The laptop was stolen.' });
    expect(revoked).toMatchObject({ status: 'revoked', state: 'locked', reason: 'The laptop was stolen.' });
    for (const tenant of [TENANT, OTHER_TENANT]) {
      expect(await desk.signatureOf(packet, tenant), tenant).toEqual({ verdict: 'failed', code: 'KEY_REVOKED' });
    }
    await expect(desk.signer()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const unlock = desk.client.keys.unlock({ ...ofKey(key.key_id), passphrase: PASSPHRASE });
    await expect(unlock).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await desk.desk.main.store.ownKeys()).toMatchObject([{ status: 'revoked', sealed: null }]);
  });

  it('may be several; the newest signs unless one is named', async () => {
    const first = await desk.make(PASSPHRASE);
    const second = await desk.make('another passphrase');
    expect((await desk.signer()).keyId).toBe(second.key_id);
    expect((await desk.signer(first.key_id)).keyId).toBe(first.key_id);
    await expect(desk.signer(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are used and changed by their person alone', async () => {
    const { key_id } = await desk.make(PASSPHRASE);
    const eve = await desk.client.profile.make({ idempotency_key: randomUUID(), name: 'Eve' });
    const { keys } = desk.client;
    const call = () => ({ by: eve.profile_id, idempotency_key: randomUUID(), tenant: TENANT, key_id });
    const target = desk.stageTarget('recovery.json').staged;
    const forbidden = { code: 'FORBIDDEN' };
    await expect(keys.unlock({ ...call(), passphrase: PASSPHRASE })).rejects.toMatchObject(forbidden);
    await expect(keys.lock(call())).rejects.toMatchObject(forbidden);
    await expect(keys.rotate({ ...call(), passphrase: PASSPHRASE })).rejects.toMatchObject(forbidden);
    await expect(keys.revoke_own({ ...call(), reason: 'Mine.' })).rejects.toMatchObject(forbidden);
    const save = keys.save_recovery({ ...call(), passphrase: PASSPHRASE, target });
    await expect(save).rejects.toMatchObject(forbidden);
    await expect(keyRingOf(desk.desk.main).signerFor(eve.profile_id, key_id)).rejects.toMatchObject(forbidden);
    await expect(keyRingOf(desk.desk.main).signerFor(eve.profile_id)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await keys.list({ tenant: TENANT, by: eve.profile_id })).own).toEqual([]);
    expect(await own()).toMatchObject([{ status: 'in-use', state: 'unlocked' }]);
  });

  it('are pinned where they are first used, unless their trust has ended there', async () => {
    const key = await desk.make(PASSPHRASE);
    const { main } = desk.desk;
    await ensurePinned(main, OTHER_TENANT, desk.by, key.key_id);
    await ensurePinned(main, OTHER_TENANT, desk.by, key.key_id);
    const { trust } = await desk.client.keys.list({ tenant: OTHER_TENANT });
    expect(trust).toMatchObject([{ status: 'pinned', source: 'made here', fingerprint: key.fingerprint }]);
    const entry_id = trust[0]?.entry_id ?? '';
    await desk.client.keys.retire({ ...desk.acting(OTHER_TENANT), entry_id });
    const again = ensurePinned(main, OTHER_TENANT, desk.by, key.key_id);
    await expect(again).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await ensurePinned(main, TENANT, desk.by, key.key_id);
    await expect(ensurePinned(main, TENANT, desk.by, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the desk’s own key', () => {
  let desk: KeysDesk;

  beforeEach(async () => {
    desk = await openKeysDesk();
  });
  afterEach(() => desk.close());

  const seat = (tenant = TENANT) => ({ tenant, by: desk.by });

  it('is made on first need, one for all tenants, and pinned as the desk’s', async () => {
    const ring = keyRingOf(desk.desk.main);
    const fingerprint = await ring.deskFingerprint(seat());
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await ring.deskFingerprint(seat(OTHER_TENANT))).toBe(fingerprint);
    for (const tenant of [TENANT, OTHER_TENANT]) {
      const { trust, own } = await desk.client.keys.list({ tenant, by: desk.by });
      expect(trust).toMatchObject([{ status: 'pinned', fingerprint, entry: { purpose: 'desk' } }]);
      expect(own).toMatchObject([{ profile_id: null, purpose: 'desk', protection: 'file', state: 'unlocked' }]);
    }
    const signer = await ring.deskSigner(seat());
    expect(signer.sign(Buffer.from('a head'))).toHaveLength(64);
  });

  it('is opened by a file that only this account can read', async () => {
    await keyRingOf(desk.desk.main).deskFingerprint(seat());
    const path = join(desk.home, 'desk.secret');
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is another where its trust has ended or its secret is gone, and never stops the desk', async () => {
    const ring = keyRingOf(desk.desk.main);
    const first = await ring.deskFingerprint(seat());
    const { trust } = await desk.client.keys.list({ tenant: TENANT });
    const entry_id = trust[0]?.entry_id ?? '';
    await desk.client.keys.revoke({ ...desk.acting(), entry_id, reason: 'The machine was given away.' });
    const second = await ring.deskFingerprint(seat());
    expect(second).not.toBe(first);
    rmSync(join(desk.home, 'desk.secret'));
    ring.close();
    const signer = await ring.deskSigner(seat());
    expect(signer.sign(Buffer.from('a head'))).toHaveLength(64);
    expect(await ring.deskFingerprint(seat())).not.toBe(second);
  });

  it('is nobody’s to sign with or to change', async () => {
    await keyRingOf(desk.desk.main).deskFingerprint(seat());
    const { own } = await desk.client.keys.list({ tenant: TENANT, by: desk.by });
    const key_id = own[0]?.key_id ?? '';
    await expect(desk.signer(key_id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const revoke = desk.client.keys.revoke_own({ ...desk.acting(), key_id, reason: 'Mine.' });
    await expect(revoke).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
