import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTrustFile } from '../../../electron/evidence/trust/trust-file.ts';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { fingerprintWords } from '../../../shared/domain/fingerprint.ts';
import { TENANT } from '../../hosts/decided-desk.ts';
import { PACKET } from '../../hosts/test-desk.ts';
import { foreignKey, type KeysDesk, OTHER_TENANT, openKeysDesk } from './keys-desk.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const BASELINE = { name: 'prod', purpose: 'pcrs', aid: 'agent-7', pcrs: { '0': 'a1b2' } } as const;

describe('the trust store of a tenant', () => {
  let desk: KeysDesk;

  beforeEach(async () => {
    desk = await openKeysDesk();
  });
  afterEach(() => desk.close());

  const list = (tenant = TENANT) => desk.client.keys.list({ tenant, by: desk.by });
  const statuses = async (tenant = TENANT) =>
    (await list(tenant)).trust.map(({ entry, status }) => [entry.name, status]);

  it('I6: what is offered judges nothing until a person confirms it', async () => {
    const reviewer = foreignKey('Grace', 'reviewer');
    const packet = desk.seal(reviewer.signer);
    const offered = await desk.client.keys.offer({ ...desk.acting(), source: 'a packet', entries: [reviewer.entry] });
    expect(offered.trust).toMatchObject([{ status: 'offered', source: 'a packet', pinned_at: null, pinned_by: null }]);
    expect(await desk.signatureOf(packet)).toEqual({ verdict: 'unchecked', code: 'NO_KEY' });
    const pinned = await desk.pin(reviewer.entry);
    expect(pinned.trust).toMatchObject([{ status: 'pinned', fingerprint: reviewer.fingerprint }]);
    expect(await desk.signatureOf(packet)).toMatchObject({ verdict: 'verified' });
  });

  it('pins what was typed only where it is the fingerprint, in hex or in words', async () => {
    const [gate, other] = [foreignKey('gate'), foreignKey('other')];
    const hash = Buffer.from(gate.fingerprint, 'hex');
    const wrong = [other.fingerprint, gate.fingerprint.slice(0, 31), '', 'abandon', gate.entry.public_hex];
    for (const fingerprint of wrong) {
      await expect(desk.pin(gate.entry, { how: 'typed', fingerprint }), fingerprint).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
    expect(await statuses()).toEqual([]);
    await desk.pin(gate.entry, { how: 'typed', fingerprint: fingerprintWords(hash).join(' ') });
    await desk.pin(other.entry, { how: 'typed', fingerprint: other.fingerprint.toUpperCase() });
    expect(await statuses()).toEqual([
      ['gate', 'pinned'],
      ['other', 'pinned'],
    ]);
  });

  it('pins all that one call names, or nothing', async () => {
    const [gate, other] = [foreignKey('gate'), foreignKey('other')];
    const entries = [
      { entry: gate.entry, confirmation: { how: 'compared' } as const },
      { entry: other.entry, confirmation: { how: 'typed', fingerprint: gate.fingerprint } as const },
    ];
    const call = desk.client.keys.pin({ ...desk.acting(), source: 'test', entries });
    await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await statuses()).toEqual([]);
  });

  it('pins a baseline by the fingerprint that the list shows', async () => {
    const { trust } = await desk.client.keys.offer({ ...desk.acting(), source: 'a packet', entries: [BASELINE] });
    const fingerprint = trust[0]?.fingerprint ?? '';
    await expect(desk.pin({ ...BASELINE, pcrs: { '0': 'ffff' } }, { how: 'typed', fingerprint })).rejects.toMatchObject(
      { code: 'INVALID_INPUT' },
    );
    expect((await desk.pin(BASELINE, { how: 'typed', fingerprint })).trust).toMatchObject([{ status: 'pinned' }]);
  });

  it('forgets an offer, and only an offer', async () => {
    const gate = foreignKey('gate');
    const { trust } = await desk.client.keys.offer({ ...desk.acting(), source: 'x.json', entries: [gate.entry] });
    const entry_id = trust[0]?.entry_id ?? '';
    expect((await desk.client.keys.drop_offer({ ...desk.acting(), entry_id })).trust).toEqual([]);
    const pinned = (await desk.pin(gate.entry)).trust[0]?.entry_id ?? '';
    for (const id of [pinned, randomUUID()]) {
      const call = desk.client.keys.drop_offer({ ...desk.acting(), entry_id: id });
      await expect(call).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('keeps verified what a retired key signed before, and nothing after', async () => {
    const reviewer = foreignKey('Grace', 'reviewer');
    const entry_id = (await desk.pin(reviewer.entry)).trust[0]?.entry_id ?? '';
    const before = desk.seal(reviewer.signer);
    desk.clock.pass(DAY_MS);
    const retired = await desk.client.keys.retire({ ...desk.acting(), entry_id });
    expect(retired.trust).toMatchObject([{ status: 'retired', entry: { valid_until: '2026-11-16T15:28:14.000Z' } }]);
    desk.clock.pass(DAY_MS);
    const after = desk.seal(reviewer.signer);
    expect(await desk.signatureOf(before)).toMatchObject({ verdict: 'verified' });
    expect(await desk.signatureOf(after)).toEqual({ verdict: 'failed', code: 'KEY_NO_LONGER_VALID' });
  });

  it('verifies nothing of a revoked key, and never pins it again', async () => {
    const reviewer = foreignKey('Grace', 'reviewer');
    const entry_id = (await desk.pin(reviewer.entry)).trust[0]?.entry_id ?? '';
    const packet = desk.seal(reviewer.signer);
    desk.clock.pass(DAY_MS);
    const { trust } = await desk.client.keys.revoke({ ...desk.acting(), entry_id, reason: 'The laptop was stolen.' });
    expect(trust).toMatchObject([{ status: 'revoked', reason: 'The laptop was stolen.' }]);
    expect(await desk.signatureOf(packet)).toEqual({ verdict: 'failed', code: 'KEY_REVOKED' });
    await expect(desk.pin(reviewer.entry)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(desk.pin({ ...reviewer.entry, name: 'Another name' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('replaces a key by one of its purpose, in one step', async () => {
    const [old, fresh, issuer] = [foreignKey('gate'), foreignKey('gate 2'), foreignKey('issuer', 'issuer')];
    const entry_id = (await desk.pin(old.entry)).trust[0]?.entry_id ?? '';
    const call = { entry_id, source: 'test', confirmation: { how: 'compared' } as const };
    const otherPurpose = desk.client.keys.replace({ ...desk.acting(), ...call, entry: issuer.entry });
    await expect(otherPurpose).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await statuses()).toEqual([['gate', 'pinned']]);
    await desk.client.keys.replace({ ...desk.acting(), ...call, entry: fresh.entry });
    expect(await statuses()).toEqual([
      ['gate', 'retired'],
      ['gate 2', 'pinned'],
    ]);
    const unknown = desk.client.keys.replace({
      ...desk.acting(),
      ...call,
      entry_id: randomUUID(),
      entry: issuer.entry,
    });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a time that no calendar has', async () => {
    const entry = { ...foreignKey('gate').entry, valid_until: '2026-02-31T00:00:00Z' };
    await expect(desk.pin(entry)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const offer = desk.client.keys.offer({ ...desk.acting(), source: 'x', entries: [entry] });
    await expect(offer).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await statuses()).toEqual([]);
  });

  it('I5: belongs to its tenant alone', async () => {
    const reviewer = foreignKey('Grace', 'reviewer');
    const entry_id = (await desk.pin(reviewer.entry)).trust[0]?.entry_id ?? '';
    const packet = desk.seal(reviewer.signer);
    expect(await statuses(OTHER_TENANT)).toEqual([]);
    expect(await desk.signatureOf(packet, OTHER_TENANT)).toEqual({ verdict: 'unchecked', code: 'NO_KEY' });
    const there = desk.acting(OTHER_TENANT);
    await expect(desk.client.keys.retire({ ...there, entry_id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const revoke = desk.client.keys.revoke({ ...desk.acting(OTHER_TENANT), entry_id, reason: 'No.' });
    await expect(revoke).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await desk.signatureOf(packet)).toMatchObject({ verdict: 'verified' });
  });

  it('verifies again what a change of keys touches, in a job that lists what is another now', async () => {
    const files = [desk.desk.staging.stageSource(PACKET, { name: 'runtime-plain.vep', temporary: false })];
    await desk.client.escalation.attach({ ...desk.acting(), id: 'first', files });
    const results = async () => {
      const jobs = await desk.client.job.list({ kind: 'verify' });
      for (const { job_id } of jobs) await jobsOf(desk.desk.main).ended(job_id);
      return (await desk.client.job.list({ kind: 'verify' })).map(({ state, verify_result }) => [state, verify_result]);
    };
    await desk.client.escalation.get({ tenant: TENANT, id: 'first' });
    await desk.client.keys.offer({ ...desk.acting(), source: 'x', entries: [foreignKey('offered').entry] });
    const before = (await results()).length;
    const entry_id = (await desk.pin(foreignKey('not the gate').entry)).trust[1]?.entry_id ?? '';
    expect(await results()).toHaveLength(before + 1);
    const changed = [{ id: 'first', before: 'unchecked', after: 'failed' }];
    expect((await results())[0]).toMatchObject(['done', { judged: 1, failed: 1, changed }]);
    await desk.client.keys.revoke({ ...desk.acting(), entry_id, reason: 'Not the gate.' });
    expect(await results()).toHaveLength(before + 2);
    expect(await list()).toMatchObject({ to_verify: 0 });
  });

  it('is changed by nobody without a role there', async () => {
    const gate = foreignKey('gate');
    const nobody = { by: randomUUID(), idempotency_key: randomUUID(), tenant: TENANT };
    const entries = [{ entry: gate.entry, confirmation: { how: 'compared' } as const }];
    const { keys } = desk.client;
    await expect(keys.pin({ ...nobody, source: 'x', entries })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(keys.make({ ...nobody, name: 'Eve' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(keys.list({ tenant: TENANT, by: nobody.by })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('acts once for a key that is sent twice, and tells another input apart', async () => {
    const [gate, other] = [foreignKey('gate'), foreignKey('other')];
    const call = (entry: typeof gate.entry, acting: ReturnType<KeysDesk['acting']>) =>
      desk.client.keys.pin({ ...acting, source: 'x', entries: [{ entry, confirmation: { how: 'compared' } }] });
    const acting = desk.acting();
    const first = await call(gate.entry, acting);
    // How much is left to verify goes down by itself.
    expect((await call(gate.entry, acting)).trust).toEqual(first.trust);
    await expect(call(other.entry, acting)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('trust files', () => {
  let desk: KeysDesk;

  beforeEach(async () => {
    desk = await openKeysDesk();
  });
  afterEach(() => desk.close());

  async function exported(name: string): Promise<string> {
    const target = desk.stageTarget(name);
    const { entries } = await desk.client.keys.export({ ...desk.acting(), target: target.staged });
    const text = target.read();
    expect(JSON.parse(text)).toHaveLength(entries);
    return text;
  }

  it('hold what is pinned and retired, and read again give the same', async () => {
    const [gate, old, offered, revoked] = ['gate', 'old', 'offered', 'revoked'].map((name) => foreignKey(name));
    if (!gate || !old || !offered || !revoked) throw new Error('there are four');
    const bounded = { ...gate.entry, valid_from: '2026-01-01T00:00:00Z' };
    for (const entry of [bounded, old.entry, revoked.entry, BASELINE]) await desk.pin(entry);
    await desk.client.keys.offer({ ...desk.acting(), source: 'x', entries: [offered.entry] });
    const { trust } = await desk.client.keys.list({ tenant: TENANT });
    const idOf = (name: string) => trust.find(({ entry }) => entry.name === name)?.entry_id ?? '';
    await desk.client.keys.retire({ ...desk.acting(), entry_id: idOf('old'), valid_until: '2026-06-01T00:00:00Z' });
    await desk.client.keys.revoke({ ...desk.acting(), entry_id: idOf('revoked'), reason: 'Stolen.' });
    const text = await exported('trust.json');
    const { name, entries } = await desk.client.keys.read_file({
      tenant: TENANT,
      staged: desk.stageFile('again.json', text),
    });
    expect(name).toBe('again.json');
    expect(entries).toEqual([bounded, { ...old.entry, valid_until: '2026-06-01T00:00:00Z' }, BASELINE]);
    const confirmed = entries.map((entry) => ({ entry, confirmation: { how: 'command' } as const }));
    await desk.client.keys.pin({ ...desk.acting(OTHER_TENANT), source: 'again.json', entries: confirmed });
    const there = await desk.client.keys.list({ tenant: OTHER_TENANT });
    expect(there.trust.map(({ entry, status }) => [entry, status])).toEqual(entries.map((entry) => [entry, 'pinned']));
  });

  it('are read without keeping anything, and refused as a whole', async () => {
    const gate = foreignKey('gate').entry;
    const read = (text: string) =>
      desk.client.keys.read_file({ tenant: TENANT, staged: desk.stageFile('trust.json', text) });
    expect((await read(JSON.stringify([gate]))).entries).toEqual([gate]);
    expect((await desk.client.keys.list({ tenant: TENANT })).trust).toEqual([]);
    for (const text of ['', '{}', JSON.stringify([gate, { ...gate, color: 'red' }]), `[${'['.repeat(100)}`]) {
      await expect(read(text), text).rejects.toMatchObject({ code: 'INTEGRITY_FAILED' });
    }
    const gone = desk.client.keys.read_file({ tenant: TENANT, staged: randomUUID() });
    await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('never take another file’s place unless it was allowed, and are written once', async () => {
    const target = desk.stageTarget('trust.json');
    desk.stageFile('trust.json', 'mine');
    const acting = desk.acting();
    const call = desk.client.keys.export({ ...acting, target: target.staged });
    await expect(call).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(target.read()).toBe('mine');
    const allowed = desk.stageTarget('trust.json', true);
    const forced = { ...desk.acting(), target: allowed.staged };
    expect(await desk.client.keys.export(forced)).toEqual({ file: 'trust.json', entries: 0 });
    expect(allowed.read()).toBe('[]\n');
    desk.stageFile('trust.json', 'changed since');
    expect(await desk.client.keys.export(forced)).toEqual({ file: 'trust.json', entries: 0 });
    expect(allowed.read()).toBe('changed since');
    const other = desk.stageTarget('other.json');
    await expect(desk.client.keys.export({ ...forced, target: other.staged })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('round trip whatever is pinned', async () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((name) => name.isWellFormed());
    let n = 0;
    const property = fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 3 }), async (some) => {
      for (const name of some) await desk.pin(foreignKey(name).entry);
      n += 1;
      const read = readTrustFile(Buffer.from(await exported(`trust-${n}.json`)));
      const { trust } = await desk.client.keys.list({ tenant: TENANT });
      const pinned = new Set(trust.map(({ entry }) => JSON.stringify(entry)));
      expect(read.ok && new Set(read.entries.map((entry) => JSON.stringify(entry)))).toEqual(pinned);
    });
    await fc.assert(property, { numRuns: 15 });
  });
});
