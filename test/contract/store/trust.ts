import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { jcs } from '../../../electron/evidence/json/jcs.ts';
import type { NewPin } from '../../../electron/store/ledger-store.ts';
import type { PcrBaseline, TrustEntry } from '../../../shared/domain/trust.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import { gateKey } from './judge-makers.ts';
import { ADA, BOB, escalation, importRows, MINUTE, minutes, uuid, writing } from './makers.ts';

const BASELINE: PcrBaseline = { name: 'hsm', purpose: 'pcrs', aid: 'aa'.repeat(32), pcrs: { '0': 'ab', '7': 'cd' } };

export function trust(open: OpenStore): void {
  const fresh = freshly(open);
  const withTenants = async (): Promise<Fresh> => {
    const made = await fresh();
    for (const tenant of ['acme', 'beta']) await importRows(made.store, writing(made.clock, ADA, tenant), []);
    return made;
  };
  const typed = (entry: TrustEntry): NewPin => ({ source: 'typed', entry, confirmed: 'typed' });
  const pin = ({ store, clock }: Fresh, ...entries: TrustEntry[]) => store.pinTrust(writing(clock), entries.map(typed));
  const entriesOf = async ({ store }: Fresh) => (await store.trust('acme')).entries;
  const epochOf = async ({ store }: Fresh) => (await store.trust('acme')).epoch;
  const onlyId = async (made: Fresh) => (await entriesOf(made))[0]?.entry_id ?? expect.fail('no entry');
  const brief = async (made: Fresh) =>
    (await entriesOf(made)).map(({ entry, status }) => [entry.name, status, entry.valid_until ?? null]);

  test('what is offered judges nothing: no new epoch, and the same twice is one', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    const before = await epochOf(made);
    for (const source of ['gate.json', 'again.json'])
      await store.offerTrust(writing(clock), { source, entries: [gateKey(1), BASELINE, gateKey(1)] });
    expect(await epochOf(made)).toBe(before);
    expect(await entriesOf(made)).toMatchObject([
      {
        status: 'offered',
        entry: gateKey(1),
        source: 'gate.json',
        offered_at: minutes(0),
        pinned_at: null,
        pinned_by: null,
        ended_at: null,
        reason: null,
      },
      { status: 'offered', entry: BASELINE },
    ]);
  });

  test('a fingerprint is that of the public bytes, or of the baseline’s aid and values', async () => {
    const made = await withTenants();
    await pin(made, gateKey(1), BASELINE);
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const values = { aid: 'aa'.repeat(32), pcrs: { '0': 'ab', '7': 'cd' } };
    expect((await entriesOf(made)).map(({ fingerprint }) => fingerprint)).toEqual([
      sha256(Buffer.from(`${'00'.repeat(31)}01`, 'hex')),
      sha256(jcs(values)),
    ]);
  });

  test('pinning turns what was offered, once, and begins a new epoch each time that it changes something', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await store.offerTrust(writing(clock), { source: 'gate.json', entries: [gateKey(1)] });
    const offered = await onlyId(made);
    const epochs = [await epochOf(made)];
    clock.pass(MINUTE);
    await pin(made, gateKey(1), gateKey(2));
    epochs.push(await epochOf(made));
    clock.pass(MINUTE);
    await pin(made, gateKey(1), gateKey(2));
    epochs.push(await epochOf(made));
    await store.offerTrust(writing(clock), { source: 'again', entries: [gateKey(1)] });
    expect(epochs.map((epoch) => epoch - (epochs[0] ?? 0))).toEqual([0, 1, 1]);
    expect(await entriesOf(made)).toMatchObject([
      { entry_id: offered, status: 'pinned', source: 'gate.json', offered_at: minutes(0), pinned_at: minutes(1) },
      { status: 'pinned', source: 'typed', offered_at: minutes(1), pinned_at: minutes(1), pinned_by: 'Ada' },
    ]);
  });

  test('another validity, purpose or name of the same key is another entry, as are other values of a baseline', async () => {
    const made = await withTenants();
    const entries: TrustEntry[] = [
      gateKey(1),
      gateKey(1, { valid_from: minutes(0) }),
      gateKey(1, { purpose: 'issuer' }),
      gateKey(1, { name: 'other' }),
      BASELINE,
      { ...BASELINE, pcrs: { '0': 'ff' } },
    ];
    for (const entry of entries) await pin(made, entry);
    expect((await entriesOf(made)).map(({ entry }) => entry)).toEqual(entries);
    expect(new Set((await entriesOf(made)).map(({ entry_id }) => entry_id)).size).toBe(entries.length);
  });

  test('one write is done once: a copy of the call pins nothing more', async () => {
    const made = await withTenants();
    const write = writing(made.clock);
    for (const _time of [1, 2]) await made.store.pinTrust(write, [typed(gateKey(1))]);
    const epoch = await epochOf(made);
    await made.store.endTrust(writing(made.clock), {
      entryId: await onlyId(made),
      status: 'retired',
      validUntil: minutes(0),
    });
    await made.store.pinTrust(write, [typed(gateKey(1))]);
    expect([await epochOf(made), (await entriesOf(made)).length]).toEqual([epoch + 1, 1]);
  });

  test('retiring ends the validity at the earlier of its own end and the given', async () => {
    for (const [own, given, ends] of [
      [undefined, minutes(5), minutes(5)],
      [minutes(9), minutes(5), minutes(5)],
      [minutes(2), minutes(5), minutes(2)],
      // The same instant in another fraction; text order would say otherwise.
      ['2026-11-15T12:05:00Z', '2026-11-15T12:05:00.500Z', '2026-11-15T12:05:00Z'],
    ] as const) {
      const made = await withTenants();
      await pin(made, gateKey(1, own === undefined ? {} : { valid_until: own }));
      const epoch = await epochOf(made);
      const entryId = await onlyId(made);
      await made.store.endTrust(writing(made.clock), { entryId, status: 'retired', validUntil: given });
      expect(await entriesOf(made)).toMatchObject([
        { status: 'retired', ended_at: minutes(0), entry: { valid_until: ends } },
      ]);
      expect(await epochOf(made)).toBe(epoch + 1);
      await made.store.endTrust(writing(made.clock), { entryId, status: 'retired', validUntil: minutes(7) });
      expect(await epochOf(made)).toBe(epoch + 1);
    }
  });

  test('what was retired is known when it comes back as it is, and may be pinned anew', async () => {
    const made = await withTenants();
    await pin(made, gateKey(1));
    const end = { entryId: await onlyId(made), status: 'retired', validUntil: minutes(5) } as const;
    await made.store.endTrust(writing(made.clock), end);
    await pin(made, gateKey(1, { valid_until: minutes(5) }));
    expect(await brief(made)).toEqual([['gate-1', 'retired', minutes(5)]]);
    await pin(made, gateKey(1));
    expect(await brief(made)).toEqual([
      ['gate-1', 'retired', minutes(5)],
      ['gate-1', 'pinned', null],
    ]);
  });

  test('replacing retires the one and pins the other in one step, or does neither', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await pin(made, gateKey(1));
    const epoch = await epochOf(made);
    const old = await onlyId(made);
    await expect(store.pinTrust(writing(clock), [typed(gateKey(2))], uuid(99))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await brief(made)).toEqual([['gate-1', 'pinned', null]]);
    await store.pinTrust(writing(clock), [typed(gateKey(2))], old);
    expect(await brief(made)).toEqual([
      ['gate-1', 'retired', minutes(0)],
      ['gate-2', 'pinned', null],
    ]);
    expect(await epochOf(made)).toBe(epoch + 1);
  });

  test('I6: a revoked key is trusted under none of its entries, and is not pinned again', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await pin(made, gateKey(1), gateKey(1, { name: 'again', valid_until: minutes(9) }), gateKey(2), BASELINE);
    const [first, , , baseline] = await entriesOf(made);
    const epoch = await epochOf(made);
    await store.endTrust(writing(clock), {
      entryId: first?.entry_id ?? '',
      status: 'revoked',
      reason: 'It was stolen.',
    });
    expect(await entriesOf(made)).toMatchObject([
      { status: 'revoked', reason: 'It was stolen.', ended_at: minutes(0) },
      { status: 'revoked', reason: 'It was stolen.', ended_at: minutes(0) },
      { status: 'pinned' },
      { status: 'pinned' },
    ]);
    await store.endTrust(writing(clock), { entryId: baseline?.entry_id ?? '', status: 'revoked', reason: 'Too old.' });
    expect(await epochOf(made)).toBe(epoch + 2);
    for (const entry of [gateKey(1), gateKey(1, { purpose: 'issuer', name: 'new' }), BASELINE])
      await expect(store.pinTrust(writing(clock), [typed(gateKey(3)), typed(entry)])).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    expect(await entriesOf(made)).toHaveLength(4);
    await pin({ ...made, store }, gateKey(4));
    expect(await epochOf(made)).toBe(epoch + 3);
  });

  test('a retired key can still be revoked; what is offered, revoked or unknown cannot be ended', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await pin(made, gateKey(1));
    await store.offerTrust(writing(clock), { source: 'gate.json', entries: [gateKey(2)] });
    const [one, two] = (await entriesOf(made)).map(({ entry_id }) => entry_id);
    await store.endTrust(writing(clock), { entryId: one ?? '', status: 'retired', validUntil: minutes(0) });
    await store.endTrust(writing(clock), { entryId: one ?? '', status: 'revoked', reason: 'Stolen.' });
    for (const entryId of [one ?? '', two ?? '', uuid(99)])
      for (const end of [
        { entryId, status: 'retired', validUntil: minutes(0) },
        { entryId, status: 'revoked', reason: 'No.' },
      ] as const)
        await expect(store.endTrust(writing(clock), end)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('only what is offered can be dropped', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await pin(made, gateKey(1));
    await store.offerTrust(writing(clock), { source: 'gate.json', entries: [gateKey(2)] });
    const [pinned, offered] = (await entriesOf(made)).map(({ entry_id }) => entry_id);
    await store.dropOffer(writing(clock), offered ?? '');
    for (const entryId of [pinned ?? '', offered ?? '', uuid(99)])
      await expect(store.dropOffer(writing(clock), entryId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await brief(made)).toEqual([['gate-1', 'pinned', null]]);
  });

  test('I5: a trust store is its tenant’s own', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await pin(made, gateKey(1));
    const entryId = await onlyId(made);
    const before = await store.trust('beta');
    expect(before.entries).toEqual([]);
    const foreign = () => writing(clock, BOB, 'beta');
    const end = { entryId, status: 'revoked', reason: 'No.' } as const;
    await expect(store.endTrust(foreign(), end)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.pinTrust(foreign(), [typed(gateKey(2))], entryId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store.endTrust(writing(clock), end);
    await store.pinTrust(foreign(), [typed(gateKey(1))]);
    expect((await store.trust('beta')).entries).toMatchObject([{ status: 'pinned', pinned_by: 'Bob' }]);
    expect(await store.trust('nobody')).toEqual({ epoch: 0, entries: [] });
  });

  test('keys come before escalations: what pins or offers one makes its tenant, what ends one does not', async () => {
    const { store, clock } = await withTenants();
    await store.pinTrust(writing(clock, ADA, 'early'), [typed(gateKey(1))]);
    await store.offerTrust(writing(clock, ADA, 'offered'), { source: 'x.json', entries: [gateKey(2)] });
    expect(await store.tenants()).toEqual(expect.arrayContaining(['early', 'offered']));
    expect((await store.trust('early')).entries).toMatchObject([{ status: 'pinned' }]);
    const end = { entryId: uuid(9), status: 'revoked', reason: 'No.' } as const;
    await expect(store.endTrust(writing(clock, ADA, 'nobody'), end)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.pinTrust(writing(clock, ADA, 'nobody'), [], uuid(9))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await store.tenants()).not.toContain('nobody');
  });

  test('other processes are told of the keys, and of all that they judge', async () => {
    const made = await withTenants();
    const { store, clock } = made;
    await importRows(store, writing(clock), [escalation('esc-1')]);
    const { cursor } = await store.changesSince(null);
    await store.offerTrust(writing(clock), { source: 'gate.json', entries: [gateKey(1)] });
    const offered = await store.changesSince(cursor);
    expect(offered.changes).toEqual([{ tenant: 'acme', topic: 'keys' }]);
    await pin(made, gateKey(1));
    expect((await store.changesSince(offered.cursor)).changes).toEqual([
      { tenant: 'acme', topic: 'queue' },
      { tenant: 'acme', topic: 'escalation' },
      { tenant: 'acme', topic: 'keys' },
    ]);
  });
}
