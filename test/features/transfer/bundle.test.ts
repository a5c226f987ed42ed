import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytesAsSource } from '../../../electron/audit/archive/byte-source.ts';
import { leftHashes } from '../../../electron/audit/log/compact-range.ts';
import { provenBy } from '../../../electron/audit/verify/report.ts';
import { verifyBundle } from '../../../electron/audit/verify/verify-bundle.ts';
import { localClient } from '../../../electron/desk/local-client.ts';
import { openDesk } from '../../../electron/desk/open-desk.ts';
import { leftOf } from '../../../electron/features/transfer/export/bundle/left-hashes.ts';
import { moment } from '../../../electron/gateways/files/pdf/facts.ts';
import type { ExportQuery } from '../../../shared/contract/transfer.ts';
import { growLog } from '../../audit/memory-tiles.ts';
import { unpack } from '../../audit/unpack.ts';
import { pageTexts } from '../../gateways/pdf-reader.ts';
import { HandClock } from '../../hosts/hand-clock.ts';
import { PACKET, testServices } from '../../hosts/test-desk.ts';
import { type LogDesk, openLogDesk, TENANT } from '../log/log-desk.ts';

type Asked = Partial<ExportQuery> & { previous?: string };

describe('a bundle', () => {
  let desk: LogDesk;
  beforeEach(async () => {
    desk = await openLogDesk();
    await desk.decide('E-1');
    await desk.client.keys.make({ ...desk.acting(), name: 'Ada' });
    const id = await desk.record('E-2');
    const files = [desk.stage(PACKET)];
    await desk.client.escalation.attach({ ...desk.acting(), id, files, role: 'escalation' });
    await desk.client.decision.decide(await desk.rejecting('E-2', 'Anna Smith said no.'));
    await desk.record('E-3');
  });
  afterEach(() => desk.close());

  async function start(name: string, { previous, ...asked }: Asked = {}): Promise<string> {
    const { job_id } = await desk.client.transfer.export({
      by: desk.by,
      idempotency_key: randomUUID(),
      query: { tenant: TENANT, format: 'bundle', status: 'all', ...asked },
      target: desk.target(name),
      ...(previous === undefined ? {} : { previous: desk.stage(desk.file(previous)) }),
    });
    return job_id;
  }
  async function bundle(name: string, asked: Asked = {}) {
    const { manifest, error } = await desk.ended(await start(name, asked));
    if (manifest === null) throw new Error(error?.message);
    const bytes = readFileSync(desk.file(name));
    return { manifest, bytes, files: await unpack(bytes) };
  }
  async function judged(bytes: Uint8Array, previous: Uint8Array | null = null) {
    return verifyBundle(bytesAsSource(bytes), { trust: await desk.trust(), previous });
  }
  const inside = (files: Map<string, Buffer>) => JSON.parse(String(files.get('manifest.json')));

  it('I10: holds what its preview counted: records, what is left out, outcomes, evidence with its bytes', async () => {
    for (const asked of [{}, { status: 'resolved' }, { status: 'active' }, { status: 'expired' }] as const) {
      const query = { tenant: TENANT, format: 'bundle', status: 'all', ...asked } as const;
      let counted = await desk.client.transfer.contents(query);
      while (counted.contents === null) counted = await desk.client.transfer.contents({ ...query, run: counted.run });
      const { records, left_out, outcomes, verdicts, evidence, events } = counted.contents;
      const { manifest, files } = await bundle(`preview-${query.status}.bundle`, asked);
      expect(records).toBe(manifest.records);
      expect(inside(files)).toMatchObject({ records, records_left_out: left_out });
      const pieces = [...files].filter(([name]) => /^evidence\/[0-9a-f]{64}/.test(name));
      expect(evidence).toEqual({
        pieces: pieces.length,
        bytes: pieces.reduce((sum, [, { length }]) => sum + length, 0),
      });
      expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(records);
      expect(Object.values(verdicts).reduce((sum, n) => sum + n, 0)).toBe(records);
      if (query.status !== 'all') expect(inside(files).entries.whole).toBe(events);
    }
    await expect(
      desk.client.transfer.contents({ tenant: 'nobody', format: 'csv', status: 'all' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('verifies with the pinned keys, is complete, and its manifest names the head that was signed for it', async () => {
    const { manifest, bytes, files } = await bundle('all.bundle');
    const report = await judged(bytes);
    expect(report.checks.filter(({ verdict }) => verdict !== 'verified')).toEqual([]);
    expect(provenBy(report)).toMatch(/complete\. The desk signed it/);
    expect(inside(files)).toMatchObject({
      decisions: { signed: 2, unsigned: 0 },
      records: 3,
      records_left_out: 0,
      entries: { hashed: 0 },
      evidence: { hashes: 0, removed: 0 },
    });
    expect(manifest).toMatchObject({ records: 3, bytes: bytes.length, checkpoint: { size: inside(files).range.to } });
    expect(manifest.checkpoint?.note).toBe(String(files.get('checkpoint.txt')));
    expect(JSON.parse(readFileSync(desk.file('all.bundle.manifest.json'), 'utf8'))).toEqual(manifest);
  });

  it('is followed by its own event, which the next one has', async () => {
    const { manifest } = await bundle('first.bundle');
    const { rows, size } = await desk.client.log.list({ tenant: TENANT, kinds: ['export.finished'], limit: 10 });
    expect(rows[0]?.seq).toBe(manifest.checkpoint?.size);
    expect(Number(size)).toBe(Number(manifest.checkpoint?.size) + 1);
    expect((await judged((await bundle('second.bundle')).bytes)).verdict).toBe('verified');
  });

  it('with a previous checkpoint begins there, and proves that the log goes on from it', async () => {
    await bundle('first.bundle');
    const { note, size } = await desk.client.log.checkpoint(desk.acting());
    writeFileSync(desk.file('kept.txt'), note);
    await desk.decide('E-4');
    const next = await bundle('next.bundle', { previous: 'kept.txt' });
    expect(inside(next.files).range.from).toBe(size);
    const report = await judged(next.bytes, Buffer.from(note));
    expect(report.verdict).toBe('verified');
    expect(report.checks.find(({ name }) => name === 'consistency')?.code).toBe('FOLLOWS');
    writeFileSync(desk.file('other.txt'), note.replace('log/', 'log/0'));
    const job = await desk.ended(await start('never.bundle', { previous: 'other.txt' }));
    expect(job.error?.code).toBe('INVALID_INPUT');
    expect(existsSync(desk.file('never.bundle'))).toBe(false);
  });

  it('of no new event since the previous checkpoint is empty, and verifies', async () => {
    const { note } = await desk.client.log.checkpoint(desk.acting());
    writeFileSync(desk.file('kept.txt'), note);
    const { bytes, files } = await bundle('empty.bundle', { previous: 'kept.txt' });
    expect(inside(files).entries).toEqual({ whole: 0, hashed: 0 });
    expect((await judged(bytes, Buffer.from(note))).verdict).toBe('verified');
  });

  it('of a search has what the query names whole, the rest as hashes, and says how many', async () => {
    const { bytes, files } = await bundle('some.bundle', { search: 'E-2' });
    const report = await judged(bytes);
    expect(report.verdict).toBe('verified');
    expect(report.checks.find(({ name }) => name === 'inclusion')?.code).toBe('COMPLETE_BUT_HASHED');
    expect(inside(files)).toMatchObject({ records: 1, records_left_out: 2, decisions: { signed: 1 } });
    expect(bytes.includes('E-1')).toBe(false);
  });

  it('of a time has all the decisions of it', async () => {
    const from = new Date(desk.clock.now() + 1000).toISOString();
    desk.clock.pass(2000);
    await desk.decide('E-4');
    const { bytes, files } = await bundle('today.bundle', { from });
    expect(inside(files)).toMatchObject({ period: { from, to: null }, records: 1, decisions: { signed: 1 } });
    expect((await judged(bytes)).verdict).toBe('verified');
  });

  it('leaves out what is redacted, in whatever it would stand, while every proof holds', async () => {
    const { bytes, files } = await bundle('redacted.bundle', { redact: ['reason', 'reviewer'] });
    const report = await judged(bytes);
    expect(report.verdict).toBe('verified');
    const left = { reason: 2, reviewer: 2, actor: expect.any(Number), content: expect.any(Number) };
    // `content` digests what is left out with the rest, unsalted: it could be guessed from.
    expect(inside(files).withheld.redacted).toMatchObject(left);
    for (const [name, content] of files) {
      expect(content.includes('Anna Smith'), name).toBe(false);
      expect(content.includes('Lovelace'), name).toBe(false);
    }
    expect(report.checks.find(({ name }) => name === 'opening')?.detail).toContain('reason redacted in 2');
  });

  it('has the evidence’s hashes alone where that is asked for', async () => {
    const { bytes, files } = await bundle('hashes.bundle', { evidence: 'hashes', redact: ['escalation_id'] });
    expect((await judged(bytes)).verdict).toBe('verified');
    expect([...files.keys()].filter((name) => name.endsWith('.vep'))).toEqual([]);
    expect(inside(files).evidence).toEqual({ files: 0, hashes: 1, removed: 0 });
    expect(bytes.includes('E-2')).toBe(false);
  });

  it('has the same bytes wherever the same store is exported', async () => {
    await desk.client.log.checkpoint(desk.acting());
    const copy = desk.file('copy.db');
    await desk.desk.close();
    copyFileSync(desk.store, copy);
    const bytes = [];
    for (const store of [desk.store, copy]) {
      const services = testServices(desk.home, { clock: desk.clock, keyring: desk.desk.services.keyring });
      const again = await openDesk(services, store);
      const client = localClient(again).main;
      const path = `${store}.bundle`;
      const target = again.staging.stageTarget(path, { name: basename(path), force: false });
      const query = { tenant: TENANT, format: 'bundle' as const, status: 'all' as const };
      const { job_id } = await client.transfer.export({ by: desk.by, idempotency_key: randomUUID(), query, target });
      await vi.waitFor(async () => expect((await client.job.get({ job_id })).error).toBeNull());
      await vi.waitFor(async () => expect((await client.job.get({ job_id })).state).toBe('done'));
      bytes.push(readFileSync(path));
      await again.close();
      desk.clock.pass(10_000);
    }
    expect(bytes[0]?.equals(bytes[1] ?? new Uint8Array())).toBe(true);
  });

  it('cancelled, leaves nothing behind', async () => {
    const job = await start('never.bundle');
    await desk.client.job.cancel({ by: desk.by, idempotency_key: randomUUID(), job_id: job });
    expect((await desk.ended(job)).state).toBe('cancelled');
    expect(readdirSync(desk.home).filter((name) => name.includes('never.bundle'))).toEqual([]);
  });

  it.each([
    ['a previous checkpoint for another format', { format: 'csv', previous: 'desk.db' }],
    ['a choice of evidence for another format', { format: 'jsonl', evidence: 'hashes' }],
    ['fields left out of another format', { format: 'csv', redact: ['reason'] }],
    ['ids left out of a bundle whose evidence names them', { redact: ['escalation_id'] }],
  ] as const)('refuses %s: nothing is passed over in silence', async (_name, asked) => {
    await expect(start('x', asked as Asked)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('finds the hashes left of any range', async () => {
    for (let n = 0; n < 9; n += 1) await desk.record();
    const { store } = desk.desk.main;
    const { size } = await store.logHead(TENANT);
    const hashes: Uint8Array[] = [];
    for await (const batch of store.logRange(TENANT, 0, size))
      hashes.push(...batch.map(({ leafSha256 }) => leafSha256));
    const tiles = growLog(hashes);
    for (let from = 0; from <= size; from += 1) {
      expect((await leftOf(store, TENANT, from)).map(String)).toEqual(leftHashes(tiles.read, from).map(String));
    }
  });
});

describe('other exports for people and programs', () => {
  let desk: LogDesk;
  let clock: HandClock;
  beforeEach(async () => {
    clock = new HandClock();
    desk = await openLogDesk({ clock });
    await desk.decide('E-1');
    await desk.record('E-2');
  });
  afterEach(() => desk.close());

  async function exported(name: string, format: ExportQuery['format'], asked: Partial<ExportQuery> = {}) {
    const query = { tenant: TENANT, format, status: 'all' as const, ...asked };
    const call = { by: desk.by, idempotency_key: randomUUID(), query, target: desk.target(name) };
    const { manifest, error } = await desk.ended((await desk.client.transfer.export(call)).job_id);
    if (manifest === null) throw new Error(error?.message);
    return { manifest, bytes: readFileSync(join(desk.home, name)) };
  }

  it('a report is a PDF of what is decided, under a signed head', async () => {
    const { manifest, bytes } = await exported('a.pdf', 'pdf');
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    expect(manifest).toMatchObject({ records: 1, bytes: bytes.length, checkpoint: { size: expect.any(String) } });
    // S72: nothing in it is active.
    expect(bytes.toString('latin1')).not.toMatch(/\/(JS|JavaScript|Launch|URI)\b/);
    expect((await exported('b.pdf', 'pdf', { redact: ['reviewer'] })).bytes.length).toBeGreaterThan(1000);
  });

  it('says when it was escalated, which the decided record no longer does', async () => {
    const id = await desk.record('E-3');
    const { timestamp, escalation_event_id } = (await desk.client.escalation.get({ tenant: TENANT, id })).escalation
      .record;
    clock.pass(3_600_000);
    await desk.client.decision.decide(await desk.rejecting(id));
    const text = pageTexts((await exported('c.pdf', 'pdf')).bytes).join('\n');
    expect(text).toContain(`Escalated\n${moment(timestamp)}, event ${escalation_event_id}`);
  });

  it('CloudEvents are one event a line, from the tenant’s uid', async () => {
    const { bytes, manifest } = await exported('a.jsonl', 'cloudevents');
    const lines = bytes
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { uid } = await desk.desk.main.store.logHead(TENANT);
    expect(lines.map(({ type }) => type)).toEqual(['review-desk.decision.v1', 'review-desk.escalation.v1']);
    expect(lines[0]).toMatchObject({ specversion: '1.0', source: `urn:vex-review-desk:${uid}` });
    expect(manifest).toMatchObject({ records: 2, checkpoint: { note: expect.stringContaining(uid) } });
  });

  it.each(['vex-json', 'vex-db', 'jsonl', 'csv'] as const)(
    '%s states the head of the log in its manifest',
    async (format) => {
      const { manifest } = await exported('out', format);
      const [newest] = await desk.desk.main.store.checkpoints(TENANT, 1);
      expect(manifest.checkpoint).toMatchObject({ size: String(newest?.size), note: newest?.note });
    },
  );
});
