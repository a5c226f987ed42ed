import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { FIXTURES, openTransferDesk, type TransferDesk } from './transfer-desk.ts';

const ledgers = join(FIXTURES, 'fixtures', 'ledgers');
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** A copy of a fixture in the desk's own folder: nothing is ever opened where the fixtures lie. */
function fixture(desk: TransferDesk, name: string, files: readonly string[] = ['vex.db']): string {
  const folder = join(desk.folder, name);
  mkdirSync(folder);
  for (const file of files) copyFileSync(join(ledgers, name, file), join(folder, file));
  return join(folder, 'vex.db');
}

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
  const index = json(ledgers, 'demo', 'index.json') as Entry[];

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

describe('the odd ledger, row by row (docs/formats/import.md, Codes)', () => {
  interface Row {
    key: string;
    expect: 'accept' | 'accept-with-finding' | 'refuse' | 'ignore';
    finding: string | null;
    what: string;
  }
  const expected = json(ledgers, 'odd', 'expected.json') as { known_tenants: string[]; rows: Row[] };
  const codes = json(FIXTURES, 'import-codes.json') as Record<string, { code: string; severity: string }>;
  const codesOf = ({ finding }: Row) =>
    (finding ?? '')
      .split('; ')
      .filter(Boolean)
      .map((text) => codes[text]?.code ?? text);
  const COUNTED = ['OTHER_TENANT', 'FOREIGN_KEY'];

  test('every row is taken, taken with its finding, refused or passed over as expected.json says', async () => {
    await using desk = await openTransferDesk();
    const result = await desk.imported(fixture(desk, 'odd'), { tenants: expected.known_tenants });
    const kept = new Set<string>();
    for (const tenant of await desk.store.tenants()) {
      for (const { record } of await desk.all(tenant))
        kept.add(`coordination:tenant:${tenant}:record:${record.escalation_id}`);
    }
    for (const row of expected.rows) {
      // No row of this ledger has an audit event, so that each record says so.
      const said = result.findings.filter(({ locator, code }) => locator === row.key && code !== 'EVENT_ABSENT');
      const wanted = codesOf(row).filter((code) => !COUNTED.includes(code));
      expect([row.what, [...new Set(said.map(({ code }) => code))].sort()]).toEqual([
        row.what,
        [...new Set(wanted)].sort(),
      ]);
      for (const { code, severity } of said) {
        expect(severity).toBe(Object.values(codes).find((known) => known.code === code)?.severity);
      }
      if (row.key.includes(':record:'))
        expect([row.what, kept.has(row.key)]).toEqual([row.what, row.expect.startsWith('accept')]);
    }
    const counted = (code: string) => expected.rows.filter((row) => codesOf(row).includes(code)).length;
    expect(result.rows).toMatchObject({ OTHER_TENANT: counted('OTHER_TENANT'), FOREIGN_KEY: counted('FOREIGN_KEY') });
    expect(result.read).toBe(result.imported + result.refused);
    expect(result.imported).toBe(kept.size);
  });

  test('a refused row is kept as text in the report, refused rows first', async () => {
    await using desk = await openTransferDesk();
    const job = await desk.import(fixture(desk, 'odd'), { tenants: expected.known_tenants });
    const { report } = await import('../../../electron/features/transfer/handlers.ts');
    const rows = [];
    let after = 0;
    for (let page = 0; page < 100; page += 1) {
      const { rows: some, next_after } = await report(desk.context, { job_id: job.job_id, after, limit: 7 });
      rows.push(...some);
      if (next_after === null) break;
      after = next_after;
    }
    expect(rows).toHaveLength(job.import_result?.findings_total ?? -1);
    const severities = rows.map(({ severity }) => severity);
    expect(severities).toEqual(
      [...severities].sort(
        (a, b) => ['refused', 'finding', 'info'].indexOf(a) - ['refused', 'finding', 'info'].indexOf(b),
      ),
    );
    expect(rows.find(({ locator }) => locator.endsWith(':record:not-json'))?.text).toBe('{"escalation_id":');
    expect(rows.find(({ locator }) => locator.endsWith(':record:bad-utf8'))?.text).toBe('{"\ufffd"}');
  });

  test('without --tenant the tenants that lists and chains name are taken', async () => {
    await using desk = await openTransferDesk();
    const { tenants } = await desk.imported(fixture(desk, 'odd'));
    // A record whose id is `active` has the key of a list, and names no tenant.
    expect(new Set(tenants)).toEqual(new Set([...expected.known_tenants, 'stranger-tenant', 'x']));
  });
});

describe('a ledger whose last commits are only in its log', () => {
  const expected = json(ledgers, 'wal', 'expected.json') as {
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
    copyFileSync(join(ledgers, 'wal', 'vex.db-wal'), join(desk.folder, 'wal', 'vex.db-wal'));
    expect(await desk.imported(join(desk.folder, 'wal', 'vex.db'))).toMatchObject({
      conflicts: 0,
      updated: 1,
      imported: 5,
    });
    expect(await ids(desk, 'resolved')).toEqual(expected.resolved_with_wal);
  });
});
