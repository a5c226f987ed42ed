import { expect, test } from 'vitest';
import type { StoredOwnKey } from '../../../electron/store/ledger-store.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import { ADA, BOB, importRows, MINUTE, minutes, uuid, writing } from './makers.ts';

/** The own key that a number stands for. */
function ownKey(n: number, parts: Partial<StoredOwnKey> = {}): StoredOwnKey {
  return {
    key_id: uuid(n),
    profile_id: ADA,
    name: `Ada’s key ${n}`,
    purpose: 'reviewer',
    public_hex: n.toString(16).padStart(64, '0'),
    status: 'in-use',
    protection: 'passphrase',
    made_at: minutes(0),
    ended_at: null,
    reason: null,
    backed_up_at: null,
    sealed: Buffer.from(`sealed ${n}`),
    ...parts,
  };
}

export function ownKeys(open: OpenStore): void {
  const fresh = freshly(open);
  const withTenants = async (): Promise<Fresh> => {
    const made = await fresh();
    for (const tenant of ['acme', 'beta', 'gamma']) await importRows(made.store, writing(made.clock, ADA, tenant), []);
    return made;
  };
  const pinsIn = async ({ store }: Fresh, tenant: string) =>
    (await store.trust(tenant)).entries.map(({ entry, status }) => [entry.name, status, entry.valid_until ?? null]);
  const pinIn = async ({ store, clock }: Fresh, tenant: string, { name, purpose, public_hex }: StoredOwnKey) =>
    store.pinTrust(writing(clock, BOB, tenant), [
      { source: 'typed', entry: { name, purpose, public_hex }, confirmed: 'compared' },
    ]);

  test('a key comes back as it was kept, oldest first, and is pinned in the tenant from the second of its making on', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    const { epoch } = await store.trust('acme');
    clock.pass(MINUTE);
    for (const n of [2, 1]) await store.addOwnKey(writing(clock), ownKey(n));
    expect(await store.ownKeys()).toEqual([ownKey(2), ownKey(1)]);
    const { entries, epoch: after } = await store.trust('acme');
    expect(after).toBe(epoch + 2);
    expect(entries[0]).toMatchObject({
      status: 'pinned',
      entry: {
        name: 'Ada’s key 2',
        purpose: 'reviewer',
        public_hex: ownKey(2).public_hex,
        valid_from: minutes(0).replace('.000Z', 'Z'),
      },
      source: 'made here',
      pinned_at: minutes(1),
      pinned_by: 'Ada',
    });
    expect(await pinsIn(made, 'beta')).toEqual([]);
  });

  test('the same call twice makes one key; the same key twice is ALREADY_EXISTS', async () => {
    const { store, clock } = await withTenants();
    const write = writing(clock);
    for (const _time of [1, 2]) await store.addOwnKey(write, ownKey(1));
    for (const key of [ownKey(1, { public_hex: 'ff'.repeat(32) }), ownKey(2, { public_hex: ownKey(1).public_hex })])
      await expect(store.addOwnKey(writing(clock), key)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await store.ownKeys()).toEqual([ownKey(1)]);
  });

  test('the desk has one key of its own in use', async () => {
    const { store, clock } = await withTenants();
    const desk = (n: number) => ownKey(n, { profile_id: null, purpose: 'desk', protection: 'file' });
    await store.addOwnKey(writing(clock), desk(1));
    await expect(store.addOwnKey(writing(clock), desk(2))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await store.addOwnKey(writing(clock), desk(2), uuid(1));
    await store.addOwnKey(writing(clock), ownKey(3));
    expect((await store.ownKeys()).map(({ status }) => status)).toEqual(['rotated', 'in-use', 'in-use']);
  });

  test('rotating ends the old key and its pin now, and keeps its private part', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await store.addOwnKey(writing(clock), ownKey(1));
    const { epoch } = await store.trust('acme');
    clock.pass(MINUTE);
    await expect(store.addOwnKey(writing(clock), ownKey(2), uuid(9))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.addOwnKey(writing(clock), ownKey(2), uuid(1));
    expect(await store.ownKeys()).toEqual([ownKey(1, { status: 'rotated', ended_at: minutes(1) }), ownKey(2)]);
    expect(await pinsIn(made, 'acme')).toEqual([
      ['Ada’s key 1', 'retired', minutes(1)],
      ['Ada’s key 2', 'pinned', null],
    ]);
    expect((await store.trust('acme')).epoch).toBe(epoch + 1);
    await expect(store.addOwnKey(writing(clock), ownKey(3), uuid(1))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await store.ownKeys()).toHaveLength(2);
  });

  test('how it is protected and that it was backed up can change; who it is cannot', async () => {
    const { store, clock } = await withTenants();
    await store.addOwnKey(writing(clock), ownKey(1));
    const { epoch } = await store.trust('acme');
    await store.updateOwnKey(writing(clock), uuid(1), { backedUpAt: minutes(3) });
    await store.updateOwnKey(writing(clock), uuid(1), { sealed: Buffer.from('other'), protection: 'keyring' });
    expect(await store.ownKeys()).toEqual([
      ownKey(1, { sealed: Buffer.from('other'), protection: 'keyring', backed_up_at: minutes(3) }),
    ]);
    expect((await store.trust('acme')).epoch).toBe(epoch);
    await expect(store.updateOwnKey(writing(clock), uuid(9), {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('I6: revoking forgets the private part and takes all trust from the key, in every tenant at once', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await store.addOwnKey(writing(clock), ownKey(1));
    await store.addOwnKey(writing(clock), ownKey(2));
    await pinIn(made, 'beta', ownKey(1));
    await pinIn(made, 'gamma', ownKey(2));
    const epochs = async () =>
      Promise.all(['acme', 'beta', 'gamma'].map(async (name) => (await store.trust(name)).epoch));
    const before = await epochs();
    clock.pass(MINUTE);
    await store.updateOwnKey(writing(clock), uuid(1), { revoked: { reason: 'Lost.' } });
    const revoked = ownKey(1, { status: 'revoked', ended_at: minutes(1), reason: 'Lost.', sealed: null });
    expect(await store.ownKeys()).toEqual([revoked, ownKey(2)]);
    expect(await pinsIn(made, 'acme')).toEqual([
      ['Ada’s key 1', 'revoked', null],
      ['Ada’s key 2', 'pinned', null],
    ]);
    expect(await pinsIn(made, 'beta')).toEqual([['Ada’s key 1', 'revoked', null]]);
    expect(await pinsIn(made, 'gamma')).toEqual([['Ada’s key 2', 'pinned', null]]);
    expect((await epochs()).map((epoch, n) => epoch - (before[n] ?? 0))).toEqual([1, 1, 0]);
    for (const change of [{ sealed: Buffer.from('back') }, { revoked: { reason: 'Again.' } }])
      await expect(store.updateOwnKey(writing(clock), uuid(1), change)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(pinIn(made, 'beta', ownKey(1))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await store.ownKeys())[0]).toEqual(revoked);
  });

  test('a key whose public part was revoked in the tenant is not taken in', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await pinIn(made, 'acme', ownKey(1));
    const [pinned] = (await store.trust('acme')).entries;
    await store.endTrust(writing(clock), { entryId: pinned?.entry_id ?? '', status: 'revoked', reason: 'Stolen.' });
    await expect(store.addOwnKey(writing(clock), ownKey(1))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await store.ownKeys()).toEqual([]);
  });

  test('other processes are told of the desk’s keys', async () => {
    const { store, clock } = await withTenants();
    await store.addOwnKey(writing(clock), ownKey(1));
    const { cursor } = await store.changesSince(null);
    await store.updateOwnKey(writing(clock), uuid(1), { backedUpAt: minutes(3) });
    expect((await store.changesSince(cursor)).changes).toEqual([{ tenant: null, topic: 'keys' }]);
  });
}
