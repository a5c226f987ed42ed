import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { fixture, LEDGERS, openTransferDesk, type TransferDesk } from './transfer-desk.ts';

const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

const TENANTS = ['acme-payments', 'clinic-research', 'northwind-ops'];

describe('the demo ledger', () => {
  interface Entry {
    tenant: string;
    escalation_id: string;
    audit_event: string;
    kind: string;
    status: string;
    timestamp: string;
    hostile_text: string | null;
    packet_sha256: string | null;
    token: unknown;
  }
  const index = json(LEDGERS, 'demo', 'index.json') as Entry[];

  const all = new Map<string, Escalation>();
  let demo: TransferDesk;

  beforeAll(async () => {
    demo = await openTransferDesk();
    await demo.imported(fixture(demo, 'demo'));
    for (const tenant of TENANTS) {
      for (const escalation of await demo.all(tenant))
        all.set(`${tenant} ${escalation.record.escalation_id}`, escalation);
    }
  });
  afterAll(() => demo[Symbol.asyncDispose]());

  test('gives every escalation with its request, packet, token and outcome', async () => {
    expect(all.size).toBe(120);
    for (const entry of index) {
      const escalation = all.get(`${entry.tenant} ${entry.escalation_id}`);
      if (escalation === undefined) throw new Error(`${entry.escalation_id} is not there`);
      const { record, request, evidence, findings } = escalation;
      expect(record).toMatchObject({ status: entry.status, timestamp: entry.timestamp });
      const direct = entry.kind.endsWith('-direct');
      expect(request?.source_hash).toBe(direct ? undefined : 'ok');
      expect(findings.some(({ code }) => code === 'EVENT_ABSENT')).toBe(direct);
      if (!direct) expect(request?.event_id).toBe(entry.audit_event);
      const packets = evidence.filter(({ kind, role }) => kind === 'vep' && role === 'escalation');
      expect(packets.map(({ sha256 }) => sha256)).toEqual(entry.packet_sha256 === null ? [] : [entry.packet_sha256]);
      expect(record.continuation_token !== undefined).toBe(entry.token !== null);
      expect(evidence.some(({ kind }) => kind === 'token')).toBe(entry.token !== null);
    }
  });

  test('keeps a resolution’s event, packet and outcome; nothing is outcome unknown that its event tells', async () => {
    const resolved = [...all.values()].filter(({ record }) => record.status === 'RESOLVED');
    const withPacket = resolved.filter(({ evidence }) =>
      evidence.some(({ kind, role }) => kind === 'vep' && role === 'resolution'),
    );
    expect(resolved).toHaveLength(38);
    expect(withPacket).toHaveLength(29);
    const hashed = withPacket.filter(({ record, evidence }) =>
      evidence.some(({ sha256, role }) => role === 'resolution' && sha256 === record.resolution_vep_hash),
    );
    expect(hashed).toHaveLength(26);
    for (const { decision, findings } of resolved) {
      expect(decision).toMatchObject({ source: 'upstream', signed: false, sealed: false });
      const rejected = decision?.outcome === 'rejected';
      expect(findings.some(({ code }) => code === 'EVENT_SAYS_REJECTED')).toBe(rejected);
    }
    expect(new Set(withPacket.map(({ decision }) => decision?.outcome))).toEqual(new Set(['approved', 'rejected']));
  });

  test('keeps the exact bytes of each row, and the hash of an event’s packet', async () => {
    for (const { tenant, evidence } of all.values()) {
      for (const { sha256, bytes } of evidence) {
        const kept = await demo.store.evidenceBytes(tenant, sha256);
        expect(kept?.length).toBe(bytes);
        expect(
          createHash('sha256')
            .update(kept ?? '')
            .digest('hex'),
        ).toBe(sha256);
      }
    }
  });

  test('flags every text that index.json calls hostile', async () => {
    const hostile = index.filter(({ hostile_text }) => hostile_text !== null);
    const flagged = hostile.filter((entry) => all.get(`${entry.tenant} ${entry.escalation_id}`)?.findings.length);
    // Markup, formulas and letters of two directions are plain characters: shown as such they need no word.
    const plain = hostile.filter((entry) => !flagged.includes(entry)).map(({ hostile_text }) => hostile_text);
    expect(plain.filter((kind) => !/html|formula|csv|spreadsheet|sql|mixed-rtl/i.test(kind ?? ''))).toEqual([]);
  });

  test('again is unchanged, and a dry run stores nothing', async () => {
    await using desk = await openTransferDesk();
    const path = fixture(desk, 'demo');
    expect(await desk.imported(path, { dryRun: true })).toMatchObject({
      read: 120,
      imported: 120,
      evidence: 121,
      dry_run: true,
    });
    expect(await desk.store.tenants()).toEqual([]);
    expect(await desk.imported(path)).toMatchObject({
      read: 120,
      imported: 120,
      unchanged: 0,
      refused: 0,
      evidence: 121,
      tenants: TENANTS,
    });
    expect(await desk.imported(path)).toMatchObject({
      read: 120,
      imported: 0,
      unchanged: 120,
      conflicts: 0,
      evidence: 0,
    });
  });

  test('I5: --tenant takes one tenant; the others are counted, not named', async () => {
    await using desk = await openTransferDesk();
    const result = await desk.imported(fixture(desk, 'demo'), { tenants: ['clinic-research'] });
    expect(result).toMatchObject({ read: 40, imported: 40, tenants: ['clinic-research'] });
    expect(result.rows.OTHER_TENANT).toBe(567 - 40 - 1 - 49 * 3 - 2);
    expect(await desk.store.tenants()).toEqual(['clinic-research']);
    expect(JSON.stringify(result)).not.toMatch(/acme|northwind/);
  });

  test('is a job that tells how far it is', async () => {
    await using desk = await openTransferDesk();
    const job = await desk.import(fixture(desk, 'demo'));
    expect(job).toMatchObject({ kind: 'import', state: 'done', title: 'Import: vex.db', error: null });
    expect(job.progress).toEqual({ done: 567, total: 567, unit: 'rows' });
  });

  test('S47: leaves the source as it was and nothing beside it', async () => {
    await using desk = await openTransferDesk();
    const path = fixture(desk, 'demo');
    const before = [readFileSync(path), statSync(path).mtimeMs];
    await desk.imported(path);
    expect(readdirSync(join(path, '..'))).toEqual(['vex.db']);
    expect([readFileSync(path), statSync(path).mtimeMs]).toEqual(before);
    expect(readdirSync(join(desk.folder, 'home'))).toEqual([]);
  });
});

describe('a ledger whose last commits are only in its log', () => {
  const expected = json(LEDGERS, 'wal', 'expected.json') as {
    tenant: string;
    active_with_wal: string[];
    active_if_wal_is_ignored: number;
    resolved_with_wal: string[];
  };
  const ids = async (desk: TransferDesk, status: 'active' | 'resolved') => {
    const found: string[] = [];
    for await (const batch of desk.store.exportBatches({ tenant: expected.tenant, status, now: desk.clock.now() })) {
      found.push(...batch.map(({ escalation }) => escalation.record.escalation_id));
    }
    return found;
  };

  test('S47: the log beside it is read', async () => {
    await using desk = await openTransferDesk();
    await desk.imported(fixture(desk, 'wal', ['vex.db', 'vex.db-wal']));
    expect(await ids(desk, 'active')).toEqual(expected.active_with_wal);
    expect(await ids(desk, 'resolved')).toEqual(expected.resolved_with_wal);
    expect(readdirSync(join(desk.folder, 'wal'))).toEqual(['vex.db', 'vex.db-wal']);
  });

  test('without the log its file alone is what it says', async () => {
    await using desk = await openTransferDesk();
    await desk.imported(fixture(desk, 'wal'));
    expect(await ids(desk, 'active')).toHaveLength(expected.active_if_wal_is_ignored);
  });

  test('later commits update what is active, and nothing that was decided (I8)', async () => {
    await using desk = await openTransferDesk();
    await desk.imported(fixture(desk, 'wal'));
    copyFileSync(join(LEDGERS, 'wal', 'vex.db-wal'), join(desk.folder, 'wal', 'vex.db-wal'));
    expect(await desk.imported(join(desk.folder, 'wal', 'vex.db'))).toMatchObject({
      conflicts: 0,
      updated: 1,
      imported: 5,
    });
    expect(await ids(desk, 'resolved')).toEqual(expected.resolved_with_wal);
  });
});
