import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../electron/audit/archive/byte-source.ts';
import { verifyBundle } from '../../../electron/audit/verify/verify-bundle.ts';
import { jcs } from '../../../electron/evidence/json/jcs.ts';
import { importBundle } from '../../../electron/features/transfer/import/bundle/import-bundle.ts';
import type { ReaderWork } from '../../../electron/features/transfer/import/reader-inbox.ts';
import type { ExportQuery, ImportResult } from '../../../shared/contract/transfer.ts';
import type { Escalation, EscalationInFull } from '../../../shared/domain/escalation.ts';
import { changedManifest, contentOf, type Files, refitted, repack, replaced, signed } from '../../audit/repack.ts';
import { stranger } from '../../audit/synthetic-bundle.ts';
import { unpack } from '../../audit/unpack.ts';
import { DEMO_LEDGER, PACKET } from '../../hosts/test-desk.ts';
import { type LogDesk, openLogDesk, TENANT } from '../log/log-desk.ts';

const DEMO = 'clinic-research';
const ODD = ['E 1', '', 'a\u0000b', '\u202eabc', 'esc:record:x'];

let desk: LogDesk;
let fresh: LogDesk;
beforeEach(async () => {
  [desk, fresh] = await Promise.all([openLogDesk(), openLogDesk()]);
});
afterEach(async () => {
  await desk.close();
  await fresh.close();
});

interface Order {
  readonly tenants?: string[];
  readonly dry_run?: boolean;
}

async function importing(into: LogDesk, paths: string | string[], order: Order = {}) {
  const { job_id } = await into.client.transfer.import({
    by: into.by,
    idempotency_key: randomUUID(),
    sources: [paths].flat().map((path) => into.stage(path)),
    ...order,
  });
  const job = await into.ended(job_id);
  for (const { job_id: id } of await into.client.job.list({ kind: 'verify' })) await into.ended(id);
  return job;
}
async function imported(into: LogDesk, paths: string | string[], order: Order = {}): Promise<ImportResult> {
  const { import_result: result, error } = await importing(into, paths, order);
  if (result === null || error !== null) throw new Error(`${error?.code}: ${error?.message}`);
  return result;
}

async function bundled(of: LogDesk, name: string, query: Partial<ExportQuery> & { tenant: string }, previous?: string) {
  const { job_id } = await of.client.transfer.export({
    by: of.by,
    idempotency_key: randomUUID(),
    query: { format: 'bundle', status: 'all', ...query },
    target: of.target(name),
    ...(previous === undefined ? {} : { previous: of.stage(of.file(previous)) }),
  });
  const { manifest, error } = await of.ended(job_id);
  if (manifest === null) throw new Error(error?.message);
  return of.file(name);
}

async function all(of: LogDesk, tenant: string): Promise<Escalation[]> {
  const { store, clock } = of.desk.main;
  const found: Escalation[] = [];
  if (!(await store.tenants()).includes(tenant)) return found;
  for await (const batch of store.exportBatches({ tenant, status: 'all', now: clock.now() }))
    found.push(...batch.map(({ escalation }) => escalation));
  return found;
}

/** All but what is a store's own: the keys that it judges by are, too. */
function carried({ version: _version, claim: _claim, delivery: _delivery, ...rest }: Escalation) {
  return { ...rest, evidence: rest.evidence.map((piece) => ({ ...piece, verdict: null })) };
}

/** A tenant with what a desk can have: evidence, decisions of each kind, a dissent, ids that are odd, used again, or alike. */
async function grow(of: LogDesk): Promise<void> {
  await imported(of, DEMO_LEDGER, { tenants: [DEMO] });
  await of.client.keys.make({ ...of.acting(), tenant: DEMO, name: 'Ada' });
  const waiting = (await all(of, DEMO)).filter(({ record }) => record.status === 'ESCALATED');
  const [one, two, three, four, five] = waiting.map(({ record }) => record.escalation_id);
  const resolution = { kind: 'hash', vep_hash: 'ab'.repeat(32) } as const;
  await decide(of, one, { outcome: 'approved', reason: 'Checked.', resolution, overrides: await failed(of, one) });
  await decide(of, two, { outcome: 'rejected', reason: '=NOT(1), "said" Anna Smith', seal: {} });
  await decide(of, three, { outcome: 'withdrawn', reason: 'Asked twice.' });
  await of.client.escalation.attach({
    ...of.acting(),
    tenant: DEMO,
    id: four ?? '',
    files: [of.stage(PACKET)],
    role: 'escalation',
  });
  const event_id = randomUUID();
  for (const id of ODD) await of.client.escalation.record({ ...of.acting(), tenant: DEMO, id, event_id });
  await decide(of, ODD[0], { outcome: 'rejected', reason: 'No.' });
  await of.client.escalation.record({ ...of.acting(), tenant: DEMO, id: ODD[0] ?? '', event_id: randomUUID() });
  await overtake(of, five);
}

/** The same escalation is decided upstream, otherwise and too late: a dissent. */
async function overtake(of: LogDesk, id = ''): Promise<void> {
  const { record } = await show(of, id);
  await decide(of, id, { outcome: 'rejected', reason: 'Too much.' });
  const upstream = {
    ...record,
    continuation_token: undefined,
    status: 'RESOLVED',
    resolution_event_id: randomUUID(),
    resolution_vep_hash: 'cd'.repeat(32),
  };
  writeFileSync(of.file('late.json'), JSON.stringify([upstream]));
  expect(await imported(of, of.file('late.json'), { tenants: [DEMO] })).toMatchObject({ conflicts: 1 });
}

type Form = Parameters<LogDesk['client']['decision']['decide']>[0]['form'];
async function decide(of: LogDesk, id = '', form: Form, tenant = DEMO): Promise<void> {
  const { view_sha256 } = await show(of, id, tenant);
  await of.client.decision.decide({ ...of.acting(), tenant, id, view_sha256, form });
}
async function show(of: LogDesk, id: string, tenant = DEMO): Promise<EscalationInFull> {
  return (await of.client.escalation.get({ tenant, id })).escalation;
}
async function failed(of: LogDesk, id = ''): Promise<string[]> {
  const { reports } = await of.client.escalation.get({ tenant: DEMO, id });
  const checks = reports.flatMap((report) => report?.checks ?? []);
  return [...new Set(checks.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name))];
}

async function eventsOf(of: LogDesk, tenant: string): Promise<number> {
  return Number((await of.client.log.list({ tenant, limit: 1 })).size);
}

async function verifyLog(of: LogDesk, tenant: string) {
  const { job_id } = await of.client.log.verify({ ...of.acting(), tenant });
  const { log_result: result } = await of.ended(job_id);
  if (result === null) throw new Error('the log was not verified');
  return result;
}

describe('a bundle that is imported', () => {
  test('brings everything of its records back, evidence byte for byte, decisions as signed as they were', async () => {
    await grow(desk);
    const result = await imported(fresh, await bundled(desk, 'all.bundle', { tenant: DEMO }));
    const [ours, theirs] = [await all(desk, DEMO), await all(fresh, DEMO)];
    expect(result).toMatchObject({ read: ours.length, imported: ours.length, refused: 0, tenants: [DEMO] });
    expect(result.rows).toEqual({ record: ours.length });
    expect(theirs.map(carried)).toEqual(ours.map(carried));
    expect(ours.filter(({ decision }) => decision?.signed === true)).toHaveLength(5);
    expect(ours.filter(({ decision }) => decision?.sealed === true)).toHaveLength(1);
    expect(ours.filter(({ dissents }) => dissents.length > 0)).toHaveLength(1);
    for (const { sha256 } of ours.flatMap(({ evidence }) => evidence)) {
      const [a, b] = [desk, fresh].map((of) => of.desk.main.store.evidenceBytes(DEMO, sha256));
      expect(await b).toEqual(await a);
    }
    const packets = ours.flatMap(({ evidence }) => evidence).filter(({ kind }) => kind === 'vep' || kind === 'capsule');
    expect(result.evidence).toBe(packets.length);
  }, 60_000);

  test('imported again changes nothing, and is told of in one event of the log, which verifies', async () => {
    await grow(desk);
    const path = await bundled(desk, 'all.bundle', { tenant: DEMO });
    const first = await imported(fresh, path);
    const [kept, before] = [await all(fresh, DEMO), await eventsOf(fresh, DEMO)];
    const again = await imported(fresh, path);
    expect(again).toMatchObject({ imported: 0, unchanged: first.imported, conflicts: 0, evidence: 0 });
    expect(await all(fresh, DEMO)).toEqual(kept);
    expect(await eventsOf(fresh, DEMO)).toBe(before + 1);
    const { rows } = await fresh.client.log.list({ tenant: DEMO, kinds: ['import.finished'], limit: 10 });
    expect(rows).toHaveLength(2);
    const { failures } = await verifyLog(fresh, DEMO);
    expect(failures).toEqual([]);
    expect(await imported(desk, path)).toMatchObject({ imported: 0, unchanged: first.imported, conflicts: 0 });
  }, 60_000);

  test('I8: overwrites no decision: one that was taken otherwise here stands, the other is kept beside it', async () => {
    await imported(desk, DEMO_LEDGER, { tenants: [DEMO] });
    await imported(fresh, DEMO_LEDGER, { tenants: [DEMO] });
    const [first, second] = (await all(desk, DEMO)).filter(({ record }) => record.status === 'ESCALATED').map(idOf);
    await decide(desk, first, { outcome: 'rejected', reason: 'No.' });
    await decide(desk, second, { outcome: 'rejected', reason: 'No.' });
    await decide(fresh, first, { outcome: 'withdrawn', reason: 'Not needed.' });
    const path = await bundled(desk, 'all.bundle', { tenant: DEMO });
    const result = await imported(fresh, path);
    expect(result).toMatchObject({ conflicts: 1, updated: 1, imported: 0, refused: 0 });
    expect(result.findings).toContainEqual(
      expect.objectContaining({ code: 'CONFLICT', severity: 'refused', escalation_id: first }),
    );
    const { decision, dissents } = await show(fresh, first ?? '');
    expect(decision).toMatchObject({ outcome: 'withdrawn', source: 'desk' });
    expect(dissents).toMatchObject([{ outcome: 'rejected', source: 'desk', reason: 'No.', reviewer: 'Ada Lovelace' }]);
    expect((await show(fresh, second ?? '')).decision).toMatchObject({ outcome: 'rejected', signed: true });
    expect(await imported(fresh, path)).toMatchObject({ conflicts: 1, updated: 0 });
    expect((await show(fresh, first ?? '')).dissents).toHaveLength(1);
  }, 60_000);

  test('only looked at, counts the same and stores nothing', async () => {
    await grow(desk);
    const path = await bundled(desk, 'all.bundle', { tenant: DEMO });
    const looked = await imported(fresh, path, { dry_run: true });
    expect(await fresh.desk.main.store.tenants()).toEqual([]);
    const { dry_run: _dry, ...counted } = await imported(fresh, path);
    expect(looked).toMatchObject({ ...counted, dry_run: true, findings: expect.any(Array) });
  }, 60_000);

  test('stopped after a batch, reads no further, and says what it counted until then', async () => {
    const record = (n: number) => ({ ...RECORD, escalation_id: `E-${n}` });
    writeFileSync(desk.file('many.json'), JSON.stringify(Array.from({ length: 1500 }, (_, n) => record(n))));
    await imported(desk, desk.file('many.json'), { tenants: [TENANT] });
    const path = await bundled(desk, 'many.bundle', { tenant: TENANT });
    const stop = new AbortController();
    const work: ReaderWork[] = [];
    const file = { type: 'bundle', source: 'many.bundle', path, alone: true, named: true } as const;
    const order = { file, sources: [{ path }], tenants: [], signal: stop.signal, progress: () => undefined };
    await importBundle(fresh.desk.main, order, async (one) => {
      work.push(one);
      if (one.type === 'batch') stop.abort();
    });
    expect(work.map(({ type }) => type)).toEqual(['findings', 'batch', 'end']);
    expect(work[1]).toMatchObject({ tenant: TENANT, records: { length: 1000 } });
    const other = { ...order, sources: [{ path: fresh.file('elsewhere') }], signal: new AbortController().signal };
    await expect(importBundle(fresh.desk.main, other, async () => undefined)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await imported(fresh, path)).toMatchObject({ imported: 1500, rows: { record: 1500 } });
  }, 60_000);

  test('cancelled, keeps what is in; importing again goes on', async () => {
    await imported(desk, DEMO_LEDGER, { tenants: [DEMO] });
    const path = await bundled(desk, 'all.bundle', { tenant: DEMO });
    const { job_id } = await fresh.client.transfer.import({
      by: fresh.by,
      idempotency_key: randomUUID(),
      sources: [fresh.stage(path)],
    });
    await fresh.client.job.cancel({ by: fresh.by, idempotency_key: randomUUID(), job_id });
    const job = await fresh.ended(job_id);
    expect(job).toMatchObject({ state: 'cancelled', import_result: { refused: 0, findings: [] } });
    const { imported: kept = 0 } = job.import_result ?? {};
    expect(await all(fresh, DEMO)).toHaveLength(kept);
    expect(await imported(fresh, path)).toMatchObject({ imported: 40 - kept, unchanged: kept });
  }, 60_000);
});

describe('whose records a bundle has', () => {
  test('it says itself; those of a tenant that was not asked for are counted and not kept', async () => {
    await desk.record('E-1');
    const path = await bundled(desk, 'all.bundle', { tenant: TENANT });
    const result = await imported(fresh, path, { tenants: ['other'] });
    expect(result).toMatchObject({ read: 0, refused: 0, rows: { OTHER_TENANT: 1 }, tenants: [], findings: [] });
    expect(await fresh.desk.main.store.tenants()).toEqual([]);
    expect(await imported(fresh, path, { tenants: ['other', TENANT] })).toMatchObject({ imported: 1 });
  });

  test('is whose the packets beside it may be, too', async () => {
    await imported(desk, DEMO_LEDGER, { tenants: [DEMO] });
    const [owner] = (await all(desk, DEMO)).filter(({ evidence }) => evidence.some(({ kind }) => kind === 'vep'));
    const piece = owner?.evidence.find(({ kind }) => kind === 'vep');
    const packet = desk.file('a.vep');
    writeFileSync(packet, (await desk.desk.main.store.evidenceBytes(DEMO, piece?.sha256 ?? '')) ?? '');
    const hashes = await bundled(desk, 'hashes.bundle', { tenant: DEMO, evidence: 'hashes' });
    expect(await imported(fresh, [packet, PACKET, hashes])).toMatchObject({ evidence: 1, unattached: 1, refused: 0 });
    expect((await show(fresh, owner === undefined ? '' : idOf(owner))).evidence).toMatchObject([
      { sha256: piece?.sha256 },
    ]);
    expect((await importing(fresh, PACKET)).error?.code).toBe('INVALID_INPUT');
  }, 60_000);

  test('has to be named where it does not say so for sure: INVALID_INPUT', async () => {
    const formula = '=SUM(1)';
    for (const tenant of [TENANT, formula])
      await desk.client.escalation.record({ ...desk.acting(), tenant, id: 'E-1', event_id: randomUUID() });
    const empty = await bundled(desk, 'empty.bundle', { tenant: TENANT, status: 'expired' });
    const unsure = await bundled(desk, 'unsure.bundle', { tenant: formula });
    for (const path of [empty, unsure]) {
      expect(await importing(fresh, path)).toMatchObject({ state: 'failed', error: { code: 'INVALID_INPUT' } });
      expect((await importing(fresh, path, { tenants: ['a', 'b'] })).error?.code).toBe('INVALID_INPUT');
    }
    expect(await fresh.desk.main.store.tenants()).toEqual([]);
    expect(await imported(fresh, empty, { tenants: [TENANT] })).toMatchObject({ read: 0 });
    expect(await imported(fresh, unsure, { tenants: [formula] })).toMatchObject({ imported: 1 });
  });
});

describe('a bundle that does not have everything', () => {
  test('says what was left out; a decision of which a part is not there is no signed one', async () => {
    await desk.decide('E-1');
    const path = await bundled(desk, 'redacted.bundle', { tenant: TENANT, redact: ['reason', 'reviewer'] });
    const { findings } = await imported(fresh, path);
    const { decision } = await show(fresh, 'E-1', TENANT);
    expect(decision).toMatchObject({ outcome: 'rejected', source: 'desk', reason_code: 'OTHER', signed: false });
    expect(decision).not.toHaveProperty('reason');
    expect(decision).not.toHaveProperty('reviewer');
    const said = findings.filter(({ code }) => code === 'BUNDLE_IN_PART').map(({ message }) => message);
    expect(said).toEqual([expect.stringContaining('reason redacted in 1')]);
    expect(findings.map(({ code }) => code)).toContain('STATEMENT_ABSENT');
    expect(findings.every(({ severity }) => severity === 'info')).toBe(true);
  });

  test('of evidence’s bytes brings the records without them, and says so', async () => {
    await imported(desk, DEMO_LEDGER, { tenants: [DEMO] });
    const { findings, ...counts } = await imported(
      fresh,
      await bundled(desk, 'hashes.bundle', { tenant: DEMO, evidence: 'hashes' }),
    );
    expect(counts).toMatchObject({ imported: 40, evidence: 0, refused: 0 });
    const [ours, theirs] = [await all(desk, DEMO), await all(fresh, DEMO)];
    expect(theirs.map(({ record }) => record)).toEqual(ours.map(({ record }) => record));
    expect(theirs.map(({ decision }) => decision?.outcome)).toEqual(ours.map(({ decision }) => decision?.outcome));
    expect(theirs.flatMap(({ evidence }) => evidence)).toEqual([]);
    const pieces = new Set(ours.flatMap(({ evidence }) => evidence).map(({ sha256 }) => sha256)).size;
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'BUNDLE_IN_PART', message: expect.stringContaining(`${pieces} pieces`) }),
    );
    // What it lacked comes with a bundle that has it.
    const whole = await imported(fresh, await bundled(desk, 'all.bundle', { tenant: DEMO }));
    expect(whole).toMatchObject({ imported: 0, conflicts: 0, refused: 0 });
    expect((await all(fresh, DEMO)).map(({ request }) => request)).toEqual(ours.map(({ request }) => request));
  }, 60_000);

  test('since a rule removed it brings what is left: the outcome stays, who and why went', async () => {
    await imported(desk, DEMO_LEDGER, { tenants: [DEMO] });
    const [id] = (await all(desk, DEMO)).filter(({ record }) => record.status === 'ESCALATED').map(idOf);
    await decide(desk, id, { outcome: 'rejected', reason: 'No.' });
    const settings = await desk.client.settings.get({ tenant: DEMO });
    const rules = { evidence_days: 30, fields_days: 60 };
    await desk.client.settings.set({ ...desk.acting(), tenant: DEMO, settings: { ...settings, ...rules } });
    desk.clock.pass(100 * 24 * 60 * 60_000);
    await desk.ended((await desk.client.retention.apply({ ...desk.acting(), tenant: DEMO, rules })).job_id);
    const { findings, ...counts } = await imported(fresh, await bundled(desk, 'all.bundle', { tenant: DEMO }));
    expect(counts).toMatchObject({ imported: 40, refused: 0 });
    const { decision, evidence } = await show(fresh, id ?? '');
    expect(decision).toMatchObject({ outcome: 'rejected', source: 'desk', reason_code: 'OTHER', signed: false });
    expect(decision).not.toHaveProperty('reviewer');
    expect(evidence.map(({ kind }) => kind)).toEqual(['source-row', 'source-row']);
    const said = findings.filter(({ code }) => code === 'BUNDLE_IN_PART').map(({ message }) => message);
    expect(said).toEqual([
      expect.stringContaining('by their hashes alone'),
      expect.stringContaining('reason removed in'),
    ]);
  }, 60_000);

  test('of ids is refused: there is nothing to keep its records under', async () => {
    await desk.decide('E-1');
    const redact = ['escalation_id' as const];
    const path = await bundled(desk, 'nameless.bundle', { tenant: TENANT, evidence: 'hashes', redact });
    expect(await importing(fresh, path)).toMatchObject({
      error: { code: 'INVALID_INPUT' },
      import_result: { read: 0 },
    });
    expect(await fresh.desk.main.store.tenants()).toEqual([]);
  });

  test('of the log’s beginning adds to what the one before it brought, and takes nothing away', async () => {
    await imported(desk, DEMO_LEDGER, { tenants: [DEMO] });
    const first = await bundled(desk, 'first.bundle', { tenant: DEMO });
    const [id] = (await all(desk, DEMO)).filter(({ record }) => record.status === 'ESCALATED').map(idOf);
    await decide(desk, id, { outcome: 'rejected', reason: 'No.' });
    const next = await bundled(desk, 'next.bundle', { tenant: DEMO }, 'first.bundle');
    await imported(fresh, first);
    const { findings, ...counts } = await imported(fresh, next);
    expect(counts).toMatchObject({ updated: 1, unchanged: 39, conflicts: 0, refused: 0 });
    expect((await all(fresh, DEMO)).map(carried)).toEqual((await all(desk, DEMO)).map(carried));
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'BUNDLE_IN_PART', message: expect.stringContaining('Of 40 records') }),
    );
  }, 60_000);
});

describe('a bundle that does not hold', () => {
  beforeEach(() => desk.decide('E-1').then(() => undefined));

  /** The bundle with one of its bytes another. */
  function changed(path: string, text: string, by: string): string {
    const bytes = readFileSync(path);
    const at = bytes.indexOf(text);
    expect(at).toBeGreaterThan(0);
    bytes.write(by, at, 'latin1');
    const other = desk.file(`changed-${randomUUID()}.bundle`);
    writeFileSync(other, bytes);
    return other;
  }
  async function rewritten(path: string, change: (files: Files) => Files): Promise<string> {
    const other = desk.file(`rewritten-${randomUUID()}.bundle`);
    writeFileSync(other, await repack(change([...(await unpack(readFileSync(path)))])));
    return other;
  }
  const withOther = (name: string, from: string, to: string) => (files: Files) =>
    replaced(files, name, Buffer.from(contentOf(files, name).toString('utf8').replace(from, to)));

  test('is refused as a whole, in the verifier’s words, and nothing is stored', async () => {
    const path = await bundled(desk, 'all.bundle', { tenant: TENANT });
    const anew = (change: (files: Files) => Files) =>
      rewritten(path, (files) => signed(refitted(change(files)), stranger));
    const lies: [string, string][] = [
      ['DAMAGED', changed(path, '"status":"EXPIRED"', '"status":"RESOLVE')],
      ['MANIFEST_ENVELOPE', await rewritten(path, (files) => refitted(withOther(LOG, 'OTHER', 'AGAIN')(files)))],
      ['FILE_DIFFERS', await rewritten(path, withOther('records/records.json', 'EXPIRED', 'RESOLVED'))],
      ['FIELD_DIFFERS', await anew(withOther(LOG, '\\"No.\\"', '\\"So.\\"'))],
      ['ROOT_DIFFERS', await anew(withOther(LOG, '\\"outcome\\":\\"rejected\\"', '\\"outcome\\":\\"approved\\"'))],
      ['CHECKPOINT_FORM', await anew(withOther('checkpoint.txt', '\n', '\n\n'))],
    ];
    for (const [code, lie] of lies) {
      const { checks } = await verifyBundle(bytesAsSource(readFileSync(lie)), { trust: NOBODY, previous: null });
      const failed = checks.find((check) => check.verdict === 'failed');
      expect(failed?.code).toBe(code);
      const job = await importing(fresh, lie);
      expect(job.state, code).toBe('failed');
      expect(job.error?.message).toContain(failed?.detail);
      const { findings, ...counts } = job.import_result ?? { findings: [] };
      expect(counts).toMatchObject({ read: 0, imported: 0, evidence: 0 });
      expect(findings).toMatchObject([{ code: 'BUNDLE_REFUSED', severity: 'refused', message: job.error?.message }]);
    }
    expect(await fresh.desk.main.store.tenants()).toEqual([]);
  }, 60_000);

  test('is INTEGRITY_FAILED, and INVALID_INPUT where it is none at all or of another version', async () => {
    const path = await bundled(desk, 'all.bundle', { tenant: TENANT });
    const codeOf = async (file: string) => (await importing(fresh, file)).error?.code;
    expect(await codeOf(await rewritten(path, withOther('AUDIT.md', 'the', 'teh')))).toBe('INTEGRITY_FAILED');
    writeFileSync(desk.file('half.bundle'), readFileSync(path).subarray(0, 2000));
    expect(await codeOf(desk.file('half.bundle'))).toBe('INVALID_INPUT');
    const newer = (files: Files) => changedManifest(files, (manifest) => ({ ...manifest, version: 2 }));
    expect(await codeOf(await rewritten(path, newer))).toBe('INVALID_INPUT');
  });

  test('is refused by its name beside others, which are taken', async () => {
    const path = await bundled(desk, 'all.bundle', { tenant: TENANT });
    const lie = await rewritten(path, withOther('records/records.json', 'EXPIRED', 'RESOLVED'));
    const folder = desk.file('folder');
    mkdirSync(join(folder, 'in'), { recursive: true });
    copyFileSync(path, join(folder, 'in', 'sound'));
    copyFileSync(lie, join(folder, 'lie'));
    copyFileSync(DEMO_LEDGER, join(folder, 'vex.db'));
    const result = await imported(fresh, folder);
    expect(result).toMatchObject({ imported: 121, refused: 0 });
    expect(result.tenants).toHaveLength(4);
    expect(result.findings.filter(({ code }) => code === 'BUNDLE_REFUSED')).toMatchObject([{ source: 'folder/lie' }]);
  }, 60_000);

  test('a signature by a key that nobody pinned here is no obstacle, beside keys that are, too', async () => {
    const path = await bundled(desk, 'all.bundle', { tenant: TENANT });
    await fresh.decide('mine');
    await fresh.client.log.checkpoint(fresh.acting());
    const { imported: taken, findings } = await imported(fresh, path);
    expect(taken).toBe(1);
    const unchecked = findings.filter(({ code }) => code === 'BUNDLE_UNCHECKED').map(({ message }) => message);
    expect(unchecked).toHaveLength(3);
    expect((await show(fresh, 'E-1', TENANT)).decision).toMatchObject({ signed: true });
  });

  test('is refused where its signature claims a key that is pinned here', async () => {
    const path = await bundled(desk, 'all.bundle', { tenant: TENANT });
    for (const key of (await desk.trust()).keys) await fresh.pin(key);
    const sound = await imported(fresh, path, { dry_run: true });
    expect(sound.findings).toEqual([]);
    const forged = await rewritten(path, (files) => {
      const other = changedManifest(files, (manifest) => ({ ...manifest, generator: 'another 1' }));
      const envelope = JSON.parse(contentOf(other, 'manifest.dsse.json').toString()) as Record<string, unknown>;
      const payload = contentOf(other, 'manifest.json').toString('base64');
      return replaced(other, 'manifest.dsse.json', jcs({ ...envelope, payload }));
    });
    expect(await importing(fresh, forged)).toMatchObject({ state: 'failed', error: { code: 'INTEGRITY_FAILED' } });
  });
});

const RECORD = {
  status: 'ESCALATED',
  escalation_event_id: '919108f7-52d1-4320-9bac-f847db4148a8',
  timestamp: '2026-11-01T00:00:00Z',
};
const NOBODY = { keys: [], baselines: [] };
const LOG = 'log/entries-00000.jsonl';

function idOf({ record }: Escalation): string {
  return record.escalation_id;
}
